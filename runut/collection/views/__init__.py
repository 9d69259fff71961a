"""Pages of this room: periods, sheets, reviews, figures."""
