"""The engine on a Spark cluster, held against the local one."""
