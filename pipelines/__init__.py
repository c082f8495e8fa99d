"""How is it wired? Definitions, jobs, schedules and the command line."""
