"""When an activity is late: both sides of every border of its period, and what is not settled."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plans.lateness import lateness
from plans.periods import Period

DAY = date(2020, 6, 30)


def period(**said: Any) -> Period:
    return Period(raw="som planen skriver", **said)


@pytest.mark.parametrize(
    ("said", "is_over", "is_begun", "used", "timing", "why"),
    [
        ({"end": "2020-06-29"}, False, True, None, "overdue", "slut dagen før"),
        ({"end": "2020-06-30"}, False, True, None, "in_time", "slut på dagen"),
        ({"end": "2020-06"}, False, True, None, "in_time", "en måned slutter med sin sidste dag"),
        ({"end": "2019"}, False, True, None, "overdue", "et år slutter 31. december"),
        ({"end": "2020"}, False, True, None, "in_time", "året er ikke omme"),
        ({"end": "2019"}, True, True, None, "in_time", "gennemført eller udgået er aldrig forfalden"),
        ({"end": "2019"}, False, False, None, "overdue", "ikke startet, og slut er passeret"),
        ({"end": "2019"}, False, None, None, "not_settled", "status er ikke oplyst"),
        ({}, False, True, None, "in_time", "uden slutdato"),
        ({"open_ended": True, "start": "2018"}, False, True, None, "in_time", "ingen slutdato"),
        ({"start": "2020-06-29"}, False, False, None, "not_begun", "skulle være begyndt i går"),
        ({"start": "2020-06-30"}, False, False, None, "in_time", "begynder i dag"),
        ({"start": "2018"}, False, None, None, "in_time", "status er ikke oplyst"),
        ({"start": "2018"}, False, True, None, "in_time", "begyndt"),
        ({"end": "2019-12", "option_until": "2020-12"}, False, True, True, "in_time", "optionen er brugt"),
        ({"end": "2019-12", "option_until": "2020-12"}, False, True, False, "overdue", "ikke brugt"),
        ({"end": "2019-12", "option_until": "2020-12"}, False, True, None, "not_settled", "ikke oplyst"),
        ({"end": "2018-12", "option_until": "2019-12"}, False, True, None, "overdue", "også med option"),
        ({"end": "2018-12", "option_until": "2019-12"}, False, True, True, "overdue", "også med option"),
        ({"end": "2019-12", "option_until": "2020-06"}, False, True, True, "in_time", "optionens sidste dag"),
    ],
)  # fmt: skip
def test_late(
    said: dict[str, Any],
    is_over: bool,
    is_begun: bool | None,
    used: bool | None,
    timing: str,
    why: str,
) -> None:
    found = lateness(period(**said), DAY, is_over=is_over, is_begun=is_begun, option_used=used)
    assert found.timing == timing, why
    assert bool(found.reason) == bool(found.word)


def test_the_reason_names_the_day_that_counts() -> None:
    both = period(end="2018-12", option_until="2019-12")
    told = [
        lateness(both, DAY, is_over=False, is_begun=True, option_used=used).reason
        for used in (True, False)
    ]
    assert told == [
        "Skulle efter planen være slut 31.12.2019.",
        "Skulle efter planen være slut 31.12.2018.",
    ]


@pytest.mark.parametrize(
    ("timing", "overdue"),
    [("overdue", True), ("in_time", False), ("not_settled", None)],
)
def test_overdue_is_unknown_where_it_is_not_settled(timing: str, overdue: bool | None) -> None:
    begun = {"overdue": True, "in_time": True, "not_settled": None}[timing]
    end = "2021" if timing == "in_time" else "2019"
    found = lateness(period(end=end), DAY, is_over=False, is_begun=begun)
    assert found.is_overdue is overdue
