"""How old the data are at the day of the report, whatever day it is today."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.freshness import age_days, freshness
from assets.resources import House
from expectations.contract import load
from indicators.calendar import parse_month
from sources.files import write_json
from sources.record import Delivery, DeliveryRecord

JUNE = parse_month("2020-06")


def delivery(source: str, period_to: str, sequence: int = 1) -> Delivery:
    """An accepted delivery whose data end there."""
    return Delivery(
        f"{source}-{sequence:012d}",
        *(source, "0" * 64, "a.csv", 1, 1, sequence),
        *("accepted", "", "", "2026-01-01T00:00:00+00:00"),
        period_to=period_to,
    )


@pytest.mark.parametrize(
    ("period_to", "days", "why"),
    [
        ("2020-06-30", 0, "to the day"),
        ("2020-06-20", 10, "a date"),
        ("2020-06", 0, "a month ends with its last day"),
        ("2020-05", 30, "a month earlier"),
        ("2020-W26", 2, "a week ends with its Sunday, 28 June"),
        ("2020-08", 0, "later than the report is not old"),
        ("", 0, "no period"),
    ],
)
def test_age_is_measured_on_the_period_of_the_data(period_to: str, days: int, why: str) -> None:
    assert age_days(delivery("dream", period_to), JUNE) == days, why


@pytest.mark.parametrize(
    ("periods", "passed", "says"),
    [
        ({"dream": ["2020-W26"], "income": ["2020-06"]}, True, "Hver kildes data"),
        ({"dream": ["2020-W20"], "income": ["2020-06"]}, False, "når kun til 2020-W20"),
        ({"income": ["2020-06", "2020-01"]}, True, "a correction of old months makes nothing old"),
        ({}, True, "what was never delivered is told elsewhere"),
    ],
)
def test_the_check_names_what_does_not_reach_the_month(
    tmp_path: Path, periods: dict[str, list[str]], passed: bool, says: str
) -> None:
    record = DeliveryRecord(tmp_path)
    for source, every in periods.items():
        for sequence, period_to in enumerate(every, start=1):
            made = delivery(source, period_to, sequence)
            write_json(record.folder(source) / made.id / "delivery.json", vars(made))
    result = freshness(House(home=str(tmp_path)), JUNE)
    assert result.passed is passed
    assert passed or says in str(result.description)


def test_every_source_with_a_period_says_how_old_it_may_be() -> None:
    assert load("dream").latency == 21
    assert load("dream_key").latency is None
