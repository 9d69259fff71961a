"""Pages of this room: reports, cases, orders, plans, examinations, meetings."""
