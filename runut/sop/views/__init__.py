"""Pages of procedures and their runs, one file per noun."""
