"""How old the data are: measured on the period in the data, never on when they came or were last read.

Belongs here: the age at the day a report is about, and the check that shows it. Not here: how old data may be (the
contracts), how the age is shown in the workbook (`exports`).
"""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets.resources import House
from expectations.contract import SOURCES, load
from indicators.calendar import date_of, last_day, parse_month, parse_week
from sources.record import Delivery

CHECK = "data_naar_til_maaneden"
DESCRIPTION = "Hver kildes data når så tæt på opgørelsesdagen, som dens kontrakt siger."
CHECK_SPEC = dg.AssetCheckSpec(CHECK, asset="report_indicators", description=DESCRIPTION)


def age_days(delivery: Delivery | None, month: int) -> int:
    """Days from the end of the newest period in the data to the last day of the month, never below 0."""
    if delivery is None or not delivery.period_to:
        return 0
    text = delivery.period_to
    if "W" in text:
        end = parse_week(text) * 7 + 3
    elif len(text) == len("2020-06"):
        end = last_day(parse_month(text))
    else:
        end = (date.fromisoformat(text) - date_of(0)).days
    return max(0, last_day(month) - end)


def freshness(house: House, month: int) -> dg.AssetCheckResult:
    """Whether the data in force reach the month; a warning, for the report says itself how old they are."""
    late, lines = [], ["| kilde | data til | dage | højst |", "|---|---|---:|---:|"]
    for title, delivery, allowed in _in_force(house):
        age = age_days(delivery, month)
        lines.append(f"| {title} | {delivery.period_to} | {age} | {allowed} |")
        if age > allowed:
            late.append(f"{title} når kun til {delivery.period_to}")
    return dg.AssetCheckResult(
        check_name=CHECK,
        passed=not late,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{'; '.join(late)}." if late else DESCRIPTION,
        metadata={"alder": dg.MetadataValue.md("\n".join(lines))},
    )


def _in_force(house: House) -> Iterator[tuple[str, Delivery, int]]:
    for source in SOURCES:
        contract, in_force = load(source), house.record().in_force(source)
        if contract.latency is not None and in_force:
            # Of a source that adds, the delivery that reaches longest says how far it goes.
            newest = max(in_force, key=lambda entry: entry.period_to)
            yield contract.title, newest, contract.latency
