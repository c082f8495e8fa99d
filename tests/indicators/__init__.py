"""Each statistic on a table of people, and the tools it leans on."""
