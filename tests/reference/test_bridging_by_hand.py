"""Bridged unemployment on people worked out by hand.

The register runs from 2018-W01 to 2019-W26 with a degree column for every month. W(d) is 2019-W13
throughout, so W14 of 2018 is the 52nd week counted back. By Thursdays October 2018 has W40-W43,
November W44-W48, December W49-W52.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .bridging import run_length
from .figures import figures
from .model import Data, Month, Week
from .people_by_hand import at, delivered, dream, home, impaired

OCTOBER, NOVEMBER = (2018, 10), (2018, 11)
W: Week = (2019, 13)
D = date(2019, 3, 31)


def wages(month: Month, hours: float | None, kind: str = "ordinær") -> dict[str, Any]:
    """An income row of the person."""
    return {"cpr": "a", "maaned": month, "loentimer": hours, "ansaettelsesform": kind}


def one(
    pause: tuple[int, int],
    degrees: dict[Month, float] | None = None,
    income: tuple[dict[str, Any], ...] = (),
    begins: Week = (2018, 14),
    code: str | None = None,
) -> Data:
    """Somebody unemployed from a week on, but for the weeks of a pause in 2018."""
    row = dream("a", {(begins, (2019, 26)): "111"})
    for week in range(pause[0], pause[1] + 1):
        row[f"y_18{week:02d}"] = code
    for (year, month), degree in (degrees or {}).items():
        row[f"grad_{year}_{month:02d}"] = degree
    return delivered([home("a")], [impaired("a")], [row], income=income)


# why, data, weeks in the run that ends with 2019-W13
TABLE: list[tuple[str, Data, int]] = [
    ("no break: W14 of 2018 to W13 of 2019", one((1, 0)), 52),
    ("four blank weeks, degree blank, are bridged", one((40, 43)), 52),
    ("five are not: the run begins in W45", one((40, 44)), 21),
    ("one week as well", one((43, 43)), 52),
    ("a degree of exactly 6 is bridged", one((40, 43), {OCTOBER: 6.0}), 52),
    ("a degree of 6.1 is not: the run begins in W44", one((40, 43), {OCTOBER: 6.1}), 22),
    ("a break over two months asks both", one((42, 45), {NOVEMBER: 80.0}), 20),
    ("... and not the months around them", one((42, 45), {(2018, 9): 80.0, (2018, 12): 80.0}), 52),
    ("ten hours, whatever the degree", one((40, 43), {OCTOBER: 80.0}, (wages(OCTOBER, 10.0),)), 52),
    ("ten and a hundredth", one((40, 43), {}, (wages(OCTOBER, 10.01),)), 22),
    (
        "hours of two employers are summed",
        one((40, 43), {}, (wages(OCTOBER, 4.0), wages(OCTOBER, 6.5))),
        22,
    ),
    (
        "9.7 + 0.2 + 0.1 is ten, though floats say a hair more",
        one((40, 43), {}, tuple(wages(OCTOBER, hours) for hours in (9.7, 0.2, 0.1))),
        52,
    ),
    (
        "only ordinary hours count: 120 hours of skånejob are nought",
        one((40, 43), {OCTOBER: 80.0}, (wages(OCTOBER, 120.0, "skånejob"),)),
        52,
    ),
    ("blank hours are nought", one((40, 43), {OCTOBER: 80.0}, (wages(OCTOBER, None),)), 52),
    (
        "an income row of another month leaves the degree to decide",
        one((40, 43), {OCTOBER: 80.0}, (wages(NOVEMBER, 0.0),)),
        22,
    ),
    ("a break on sickness benefit is a break like others", one((40, 43), code="890"), 52),
    (
        "kontanthjælp (aktivitetsparat) is not unemployed in narrow",
        one((40, 44), code="730"),
        21,
    ),
    ("nothing unemployed behind the break: it is no part of the run", one((14, 17)), 48),
    ("the run goes on behind the 52 weeks", one((1, 0), begins=(2018, 1)), 65),
    ("... and counts from the register's first week", one((2, 5), begins=(2018, 1)), 65),
    ("blank in the register's first week: not bridged", one((1, 1), begins=(2018, 1)), 64),
]


@pytest.mark.parametrize(("why", "data", "weeks"), TABLE, ids=[row[0] for row in TABLE])
def test_run_length(why: str, data: Data, weeks: int) -> None:
    assert run_length(data, data.people[0], W, "narrow") == weeks, why


def test_wide_goes_on_where_narrow_breaks() -> None:
    data = one((30, 44), code="730")
    assert run_length(data, data.people[0], W, "wide") == 52
    assert run_length(data, data.people[0], W, "narrow") == 21


@pytest.mark.parametrize(
    ("degree", "industry", "weeks"),
    [
        (True, "862100", 52),  # the degree is delivered for October, and blank
        (False, "862100", 22),  # an industry alone says that there was work
        (False, None, 52),
    ],
)
def test_industry_decides_where_no_degree_is_delivered(
    degree: bool, industry: str | None, weeks: int
) -> None:
    row = dream("a", {((2018, 14), (2018, 39)): "111", ((2018, 44), (2019, 26)): "111"})
    row["branche_2018_10"] = industry
    if not degree:
        del row["grad_2018_10"]
    data = delivered([home("a")], [impaired("a")], [row])
    assert run_length(data, data.people[0], W, "narrow") == weeks


def test_ltu_52_counts_those_of_at_least_52_weeks() -> None:
    spans = {
        "52 weeks": {((2018, 14), (2019, 26)): "111"},
        "51 weeks": {((2018, 15), (2019, 26)): "111"},
        "bridged": {((2018, 10), (2018, 20)): "111", ((2018, 25), (2019, 26)): "124"},
        "not now": {((2018, 1), (2019, 12)): "111"},
        "wide": {((2018, 1), (2019, 26)): "730"},
        "outside T": {((2018, 1), (2019, 26)): "111"},
    }
    data = delivered(
        [home(name) for name in spans],
        [impaired(name) for name in spans if name != "outside T"],
        [dream(name, of) for name, of in spans.items()],
    )
    rows = figures(data, [(2018, 11), (2018, 12), (2019, 3)])
    assert at(rows, "ltu_52", "narrow", "2019-03", "T").value == 2
    assert at(rows, "ltu_52", "wide", "2019-03", "T").value == 3
    assert at(rows, "ltu_52", "narrow", "2019-03", "T", "sex", "K").value == 0
    group = ("2019-03", "T", "benefit_group")
    assert at(rows, "ltu_52", "narrow", *group, "feriedagpenge_ledig").value == 1
    # 52 weeks are delivered up to 2018-W52 ("not now" and "wide" have them), 47 up to 2018-W47.
    assert at(rows, "ltu_52", "wide", "2018-12", "T").value == 2
    assert at(rows, "ltu_52", "wide", "2018-11", "T").flag == "not_computed"
