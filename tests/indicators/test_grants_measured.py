"""Hours of personal assistance, and growth in the use of the schemes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from indicators.calendar import parse_month
from tests.indicators.town import Town

JUNE = "2019-06"
MEAN = "comp_hours/personlig assistance|mean"


def grant(person: int, hours: float | None = 10.0, **changes: Any) -> dict[str, Any]:
    ordinary = {"ordning": "personlig assistance", "afgoerelse": "bevilget"}
    days = {"afgjort": date(2018, 12, 1), "bevilget_fra": date(2019, 1, 1)}
    return {"person": person, "timer_pr_uge": hours, **ordinary, **days, **changes}


def test_hours_of_active_grants_of_the_group() -> None:
    town = Town(weeks=80)
    town.person(1)
    town.person(2, target=False)
    for row in (
        grant(1, 10.0),
        grant(1, 5.0),  # a second grant of the same person
        grant(1, None),  # the hours are not told
        grant(1, 20.0, ordning="mentor"),
        grant(1, 37.0, bevilget_til=date(2019, 6, 29)),
        grant(1, 37.0, afgoerelse="afslag"),
        grant(2, 20.0),
        grant(99, 37.0),  # unknown to the population register
    ):
        town.add("compensation", **row)
    figures = town.figures("compensation", JUNE)
    assert figures.parts(f"{MEAN}/T", JUNE) == (15, 2)
    assert figures.value(f"{MEAN}/T", JUNE) == 7.5
    assert figures.parts(f"{MEAN}/P", JUNE) == (35, 3)
    assert figures.parts(f"{MEAN}/T", JUNE, "impairment", "syn") == (15, 2)
    assert figures.flag(f"{MEAN}/T", JUNE, "impairment", "hørelse") == "missing"
    table = figures.table[figures.table["indicator"] == "comp_hours"]
    dims = {group: set(rows["dim1"]) for group, rows in table.groupby("group")}
    assert dims["P"] == {"", "sex", "age_group", "district"}
    assert dims["T"] == dims["P"] | {"impairment"}


def test_sum_and_mean_are_rounded_once() -> None:
    """Three tenths added one by one in floating point are 0.30000000000000004, whatever is done with them after."""
    town = Town(weeks=80)
    town.person(1)
    for hours in (0.1, 0.1, 0.1, 7.3):
        town.add("compensation", **grant(1, hours))
    row = town.figures("compensation", JUNE).row(f"{MEAN}/T", JUNE)
    exact = 3 * Fraction(0.1) + Fraction(7.3)
    assert (row["numerator"], row["value"]) == (float(exact), float(exact / 4))


def growing() -> Town:
    town = Town(weeks=104)
    for number in range(1, 6):
        town.person(number)
    # June 2018: one; December 2018: two; June 2019: three.
    for number, since in ((1, date(2018, 1, 1)), (2, date(2018, 12, 31)), (3, date(2019, 6, 30))):
        town.add("compensation", **grant(number, bevilget_fra=since))
    return town


def test_against_a_year_before_and_a_baseline() -> None:
    months = [f"2018-{month:02d}" for month in range(6, 13)] + [
        f"2019-{m:02d}" for m in range(1, 7)
    ]
    baselines = [parse_month("2018-12"), parse_month("2018-05"), parse_month("2019-07")]
    figures = growing().figures("compensation", *months, baselines=baselines)
    growth = "comp_growth/personlig assistance"
    assert figures.parts(f"{growth}/P", JUNE) == (3, 1)
    assert figures.value(f"{growth}/P", JUNE) == 2
    assert figures.value(f"{growth}|2018-12/P", JUNE) == 0.5
    assert figures.value(f"{growth}|2018-12/P", "2018-12") == 0
    # The baseline is not reached yet; lies before the first month; is still to come.
    assert figures.flag(f"{growth}|2018-12/P", "2018-11") == "not_computed"
    assert figures.flag(f"{growth}|2018-05/P", JUNE) == "not_computed"
    assert figures.flag(f"{growth}|2019-07/P", JUNE) == "not_computed"
    assert figures.flag("comp_growth/mentor/P", JUNE) == "missing"
    assert figures.row("comp_growth/all/P", JUNE)["unit"] == "andel"


@pytest.mark.parametrize(("first", "flag"), [("2018-06", ""), ("2018-07", "not_computed")])
def test_the_year_before_must_be_among_the_months_asked_for(first: str, flag: str) -> None:
    months = [m for m in ("2018-06", "2018-07", "2019-05", JUNE) if m >= first]
    figures = growing().figures("compensation", *months)
    assert figures.flag("comp_growth/all/P", JUNE) == flag


@pytest.mark.parametrize(
    ("given", "month", "active"),
    [
        (None, "2019-12", 1),
        (None, "2020-01", 0),  # ended the day before the same date a year later
        (date(2019, 6, 30), "2019-06", 1),
        (date(2019, 6, 30), "2019-07", 0),
        (date(2020, 2, 29), "2020-02", 1),
    ],
)
def test_a_one_off_grant_lasts_a_year_unless_its_end_is_told(
    given: date | None, month: str, active: int
) -> None:
    town = Town(weeks=160)
    town.person(1)
    town.add("compensation", **grant(1, None, ordning="hjælpemidler", bevilget_til=given))
    assert town.figures("compensation", month).parts("comp_uptake/all/T", month)[0] == active
