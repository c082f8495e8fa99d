"""The schedule under a clock that is set: daylight saving, nights that never came, week 53, leap days, new year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster import DagsterInstance
from dagster._core.test_utils import freeze_time

from indicators.calendar import (
    date_of,
    last_day,
    parse_month,
    parse_week,
    reference_week,
    week_name,
)
from pipelines.schedules import REPORTED, every_night, month_to_report, next_tick

HERE = ZoneInfo("Europe/Copenhagen")


def at(local: str) -> datetime:
    """A moment by the clock on the wall."""
    return datetime.fromisoformat(local).replace(tzinfo=HERE)


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[DagsterInstance]:
    with DagsterInstance.local_temp(str(tmp_path)) as made:
        yield made


def asked(instance: DagsterInstance, tick: datetime, now: datetime) -> list[tuple[str, str]]:
    """Run key and month of each run that a tick asks for when it is evaluated at `now`."""
    with freeze_time(now):
        context = dg.build_schedule_context(instance, scheduled_execution_time=tick)
        answer = every_night(context)
    requests = answer if isinstance(answer, list) else []
    return [(str(one.run_key), str(one.partition_key)) for one in requests]


def reported(instance: DagsterInstance, *months: str) -> None:
    """Let months have been reported."""
    for month in months:
        instance.report_runless_asset_event(dg.AssetMaterialization(REPORTED, partition=month))


def ticks(after: datetime, until: datetime) -> list[datetime]:
    """Every tick of the schedule in a span."""
    found = [next_tick(after)]
    while found[-1] < until:
        found.append(next_tick(found[-1] + timedelta(minutes=1)))
    return [one for one in found if one < until]


@pytest.mark.parametrize(
    ("first", "days", "why"),
    [
        ("2026-03-27", 5, "29 March has no 02:30"),
        ("2026-10-23", 5, "25 October has 02:30 twice"),
        ("2028-02-27", 4, "29 February"),
        ("2026-12-26", 12, "week 53, and a new year"),
    ],
)
def test_one_tick_a_local_day_at_half_past_four(first: str, days: int, why: str) -> None:
    start = at(f"{first}T00:00")
    found = [one.astimezone(HERE) for one in ticks(start, at(_plus(first, days) + "T00:00"))]
    assert [f"{one:%Y-%m-%d %H:%M}" for one in found] == [
        f"{_plus(first, day)} 04:30" for day in range(days)
    ], why


@pytest.mark.parametrize(
    ("local_night", "month"),
    [
        ("2026-01-01", "2025-12"),
        ("2026-03-29", "2026-02"),
        ("2026-10-25", "2026-09"),
        ("2026-10-31", "2026-09"),
        ("2026-11-01", "2026-10"),
        ("2028-03-01", "2028-02"),
        ("2027-01-03", "2026-12"),
    ],
)
def test_a_night_is_about_the_last_whole_month(
    instance: DagsterInstance, local_night: str, month: str
) -> None:
    tick = at(f"{local_night}T04:30")
    assert asked(instance, tick, tick) == [(local_night, month)]
    assert month_to_report(tick) == month


@pytest.mark.parametrize(
    ("back_at", "nights", "known", "runs", "why"),
    [
        (
            "2026-05-10T07:40",
            ["2026-05-10"],
            ["2026-04"],
            [("2026-05-10", "2026-04")],
            "three hours late",
        ),
        (
            "2026-05-12T09:00",
            ["2026-05-10", "2026-05-11", "2026-05-12"],
            ["2026-04"],
            [("2026-05-12", "2026-04")],
            "three days late: one run, not three",
        ),
        (
            "2026-05-02T09:00",
            ["2026-04-30", "2026-05-01", "2026-05-02"],
            ["2026-03"],
            [("2026-05-02", "2026-04")],
            "three days over the turn of a month",
        ),
        (
            "2026-05-02T09:00",
            ["2026-05-01", "2026-05-02"],
            ["2026-01"],
            [
                ("missed-2026-02", "2026-02"),
                ("missed-2026-03", "2026-03"),
                ("2026-05-02", "2026-04"),
            ],
            "a quarter late: each missed month once",
        ),
        (
            "2026-05-02T09:00",
            ["2026-05-02"],
            ["2020-06"],
            [("2026-05-02", "2026-04")],
            "an old demonstration is not made up for",
        ),
        (
            "2026-05-02T09:00",
            ["2026-05-02"],
            [],
            [("2026-05-02", "2026-04")],
            "the first night of all",
        ),
    ],
)
def test_nights_that_never_came(
    instance: DagsterInstance,
    back_at: str,
    nights: Sequence[str],
    known: Sequence[str],
    runs: Sequence[tuple[str, str]],
    why: str,
) -> None:
    reported(instance, *known)
    found = [run for night in nights for run in asked(instance, at(f"{night}T04:30"), at(back_at))]
    assert found == list(runs), why


@pytest.mark.parametrize(
    ("month", "last", "first_unfinished", "why"),
    [
        ("2026-12", "2026-12-31", "2026-W53", "week 53 ends in the new year"),
        ("2027-01", "2027-01-31", "2027-W05", "the month ends on the Sunday of week 4"),
        ("2028-02", "2028-02-29", "2028-W09", "a leap day is the Tuesday of week 9"),
        ("2025-12", "2025-12-31", "2026-W01", "the last days of 2025 are of 2026"),
    ],
)
def test_months_end_where_the_calendar_says(
    month: str, last: str, first_unfinished: str, why: str
) -> None:
    day = last_day(parse_month(month))
    assert date_of(day) == date.fromisoformat(last), why
    assert week_name(parse_week(first_unfinished)) == first_unfinished
    assert reference_week(day) == parse_week(first_unfinished) - 1, why


def _plus(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
