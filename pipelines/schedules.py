"""When the night runs: 04:30 Danish time, clear of the hour that daylight saving repeats or skips.

Belongs here: the schedule; it is the only place that turns a moment into a month. Not here: what runs (`jobs`).
"""

from datetime import datetime

import dagster as dg
from dagster._utils.schedules import schedule_execution_time_iterator

from assets.periods import monthly
from pipelines.jobs import nightly

CRON, TIME_ZONE = "30 4 * * *", "Europe/Copenhagen"


def next_tick(after: datetime) -> datetime:
    """The next time the schedule ticks at or after a moment."""
    ticks = schedule_execution_time_iterator(after.timestamp(), CRON, TIME_ZONE, ascending=True)
    return next(ticks)


def month_to_report(at: datetime) -> str:
    """The last month that is over at a moment."""
    last = at.year * 12 + at.month - 2
    return f"{last // 12:04d}-{last % 12 + 1:02d}"


@dg.schedule(
    job=nightly,
    cron_schedule=CRON,
    execution_timezone=TIME_ZONE,
    description="Hver nat kl. 04.30: den seneste afsluttede måned.",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One run a local day for the last whole month."""
    at = context.scheduled_execution_time
    month = month_to_report(at)
    assert month in monthly.get_partition_keys(current_time=at)
    return dg.RunRequest(run_key=f"{at:%Y-%m-%d}", partition_key=month)
