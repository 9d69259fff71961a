"""Pages of this room: the dictionary of indicators, plans, activities, the register."""
