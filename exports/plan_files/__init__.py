"""The plan's own files of a set: goals, activities, money and revised figures."""
