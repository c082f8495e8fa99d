"""The months statistics and reports are made for, as Dagster partitions.

Belongs here: the partitions. Not here: month arithmetic (`indicators.calendar`).
"""

import dagster as dg

FIRST_MONTH = "2009-01"
"""The first month of the oldest plan."""

monthly = dg.MonthlyPartitionsDefinition(
    start_date=FIRST_MONTH, fmt="%Y-%m", timezone="Europe/Copenhagen", end_offset=0
)
