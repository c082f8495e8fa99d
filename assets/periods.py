"""The months statistics and reports are made for, as Dagster partitions.

Belongs here: the partitions. Not here: month arithmetic (`indicators.calendar`).
"""

import warnings

import dagster as dg

# Single-run backfills are marked beta in dagster 1.13; the decision to use them is in docs/adr.
warnings.filterwarnings("ignore", message=".*backfill_policy.*", category=dg.BetaWarning)

FIRST_MONTH = "2009-01"
"""The first month of the oldest plan."""

monthly = dg.MonthlyPartitionsDefinition(
    start_date=FIRST_MONTH, fmt="%Y-%m", timezone="Europe/Copenhagen", end_offset=0
)

one_run = dg.BackfillPolicy.single_run()
"""Many months asked for together are one run, since the statistics take them in one pass."""
