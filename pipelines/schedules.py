"""When the night runs: 04:30 Danish time, clear of the hour that daylight saving repeats or skips.

Belongs here: the schedule; it is the only place that turns a moment into a month. Not here: what runs (`jobs`).
"""

import os
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._time import get_current_datetime
from dagster._utils.schedules import schedule_execution_time_iterator

from assets.periods import monthly
from assets.resources import House
from assets.settings import SettingsError
from indicators.calendar import parse_month
from pipelines.jobs import LOOK, nightly
from plans.loading import plan_ids

CRON, TIME_ZONE = "30 4 * * *", "Europe/Copenhagen"
REPORTED = dg.AssetKey("report_indicators")
MOST_MISSED = 12
"""Months of nights that never came are made up for; an installation left for longer is started anew by hand."""


def now_here() -> datetime:
    """The moment, as the clock on the wall in Denmark shows it."""
    return get_current_datetime().astimezone(ZoneInfo(TIME_ZONE))


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
def every_night(
    context: dg.ScheduleEvaluationContext,
) -> list[dg.RunRequest] | dg.SkipReason:
    """One run a local day for the last whole month, and one for each month whose nights never came.

    After days without a daemon Dagster makes up for every tick; only the newest of them runs anything.
    A night that would change nothing looks in the inbox alone.
    """
    at = context.scheduled_execution_time
    after = datetime.fromtimestamp(at.timestamp() + 60, at.tzinfo)
    if next_tick(after) <= get_current_datetime():
        return dg.SkipReason("En senere nat er allerede nået og tager det hele med.")
    month = month_to_report(at)
    keys = monthly.get_partition_keys(current_time=at)
    assert month in keys
    missed = _missed(context.instance, keys[: keys.index(month)])
    return [
        *(dg.RunRequest(run_key=f"missed-{key}", partition_key=key) for key in missed),
        dg.RunRequest(
            run_key=f"{at:%Y-%m-%d}", partition_key=month, asset_selection=_selection(month)
        ),
    ]


def _missed(instance: dg.DagsterInstance, before: Sequence[str]) -> Sequence[str]:
    """The months after the last one that was reported, when that is not long ago."""
    recent = before[-MOST_MISSED:]
    reported = instance.get_materialized_partitions(REPORTED)
    last = max((at for at, key in enumerate(recent) if key in reported), default=None)
    return [] if last is None else recent[last + 1 :]


def _selection(month: str) -> list[dg.AssetKey] | None:
    """The look in the inbox alone where a night would change nothing; everything where it may, or where nobody can tell."""
    from assets.unchanged import is_unchanged

    home = os.environ.get("MIDTVEJS_HOME")
    try:
        if home and is_unchanged(House(home=home), parse_month(month), plan_ids()):
            return [dg.AssetKey(LOOK)]
    except (OSError, SettingsError):
        # The run that follows tells what is wrong.
        return None
    return None
