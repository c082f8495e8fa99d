"""What the daemon watches: the inbox for new contents, and runs for what is to be said of them.

Belongs here: the sensors. Not here: what is new (`sources.news`), what is said (`aftermath`).
"""

from datetime import UTC, datetime

import dagster as dg

from assets.resources import House
from assets.settings import installation_of
from pipelines.jobs import nightly
from pipelines.schedules import month_to_report, now_here

EVERY_MINUTE = 60


@dg.sensor(
    job=nightly,
    minimum_interval_seconds=EVERY_MINUTE,
    description="Starter en kørsel for seneste afsluttede måned, når indbakken får nyt indhold, der ligger stille.",
)
def inbox_watch(context: dg.SensorEvaluationContext, house: House) -> dg.SensorResult:
    """One run for each new content of the inbox, keyed on it: a file renamed, touched or delivered twice starts nothing."""
    from sources.inbox import InboxAwayError
    from sources.news import Watched, name_of, news

    rest = installation_of(house.settings()).rest
    watched = Watched.read(context.cursor)
    try:
        inbox = house.inbox_at_hand()
    except InboxAwayError as away:
        # The scheduled night tells it by a notice; a sensor that looks every minute would tell it every minute.
        return dg.SensorResult(skip_reason=str(away), cursor=context.cursor)
    found, watched = news(inbox, house.path, rest, watched, datetime.now(UTC))
    cursor = watched.written()
    if not found:
        return dg.SensorResult(skip_reason="Intet nyt i indbakken.", cursor=cursor)
    request = dg.RunRequest(
        run_key=f"inbox-{name_of(found)}",
        partition_key=month_to_report(now_here()),
        tags={"nyt_fra": ", ".join(sorted(found))},
    )
    return dg.SensorResult(run_requests=[request], cursor=cursor)


@dg.sensor(
    minimum_interval_seconds=EVERY_MINUTE,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Skriver status og sender varsler om kørsler og leverancer; starter aldrig noget.",
)
def after_runs(context: dg.SensorEvaluationContext, house: House) -> dg.SkipReason:
    """Notices, status page and dead runs, every minute."""
    from pipelines.aftermath import settled

    unsettled = settled(context.instance, house.path, datetime.now(UTC))
    return dg.SkipReason(unsettled or "Status er skrevet.")
