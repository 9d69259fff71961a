"""Publishing, and what everybody may read."""
