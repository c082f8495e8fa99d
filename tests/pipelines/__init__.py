"""How is it wired? Definitions, schedule, command line."""
