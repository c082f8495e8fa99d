"""`retention`, `sustained_3` and `_6`: who has a job again a year, or so many weeks, later."""

from __future__ import annotations

from datetime import date

import pytest

from indicators.calendar import month_name, parse_month
from tests.indicators.town import Town

YEARS = [month_name(month) for month in range(parse_month("2018-01"), parse_month("2020-01"))]
# December 2018: the reference week is 2018-W52. A year later it is 2019-W52.
LAST = "2019-12"


def degrees(*lacking: str) -> dict[str, float]:
    return {month: 50.0 for month in YEARS if month not in lacking}


def test_of_those_with_a_job_a_year_before() -> None:
    town = Town()
    town.person(1, degrees=degrees())
    town.person(2, degrees=degrees("2019-12"))
    town.person(3, degrees=degrees("2018-12"))
    # A supported job is a job, then and now; a gap between is not asked about.
    town.person(4, [(52, 771), (30, 890), (22, 771)])
    town.person(5, target=False, degrees=degrees())
    figures = town.figures("employment", LAST)
    assert figures.parts("retention/any/T", LAST) == (2, 3)
    assert figures.parts("retention/any/R", LAST) == (1, 1)
    assert figures.flag("retention/any/T", LAST, "sex", "M") == "missing"


@pytest.mark.parametrize(("without", "flag"), [((), ""), (("2018-12",), "not_computed")])
def test_both_weeks_need_wages(without: tuple[str, ...], flag: str) -> None:
    town = Town(without_grad=without)
    town.person(1, degrees=degrees())
    figures = town.figures("employment", LAST)
    assert figures.flag("retention/any/T", LAST) == flag
    assert figures.flag("employment_rate/any/T", LAST) == ""


# Unemployed to 2018-W09; a job from W10, whose month is March. Thirteen weeks later is W23, on 7 June.
@pytest.mark.parametrize(
    ("later", "kept"),
    [
        ({}, 0),
        ({"2018-06": 30.0}, 1),
        # In May and July, but not in the week that is asked about.
        ({"2018-05": 30.0, "2018-07": 30.0}, 0),
    ],
)
def test_exactly_the_thirteenth_week(later: dict[str, float], kept: int) -> None:
    town = Town()
    town.person(1, [(9, 111)], degrees={"2018-03": 30.0, "2018-04": 30.0, **later})
    figures = town.figures("exits", "2018-06")
    assert figures.parts("sustained_3/narrow|any/T", "2018-06") == (kept, 1)


def test_a_supported_job_is_a_job_but_not_an_ordinary_one() -> None:
    town = Town()
    town.person(1, [(9, 111), (8, 0), (80, 771)], degrees={"2018-03": 30.0, "2018-04": 30.0})
    figures = town.figures("exits", "2018-06", "2018-09")
    assert figures.parts("sustained_3/narrow|any/T", "2018-06") == (1, 1)
    assert figures.parts("sustained_3/wide|ordinary/T", "2018-06") == (0, 1)
    # Half a year after an exit in March is counted in September.
    assert figures.parts("sustained_6/narrow|any/T", "2018-09") == (1, 1)
    assert figures.flag("sustained_6/narrow|any/T", "2018-06") == "not_computed"


def test_the_group_is_that_of_the_exit() -> None:
    town = Town()
    town.person(1, [(9, 111)], target=False, degrees=degrees())
    registered = {"funktionsnedsaettelse": "syn", "primaer": True, "jobcenter": "Nord"}
    town.add("impairments", person=1, fra=date(2018, 4, 1), **registered)
    town.person(2, [(9, 111)], degrees=degrees())
    figures = town.figures("exits", "2018-06")
    assert figures.parts("sustained_3/narrow|any/T", "2018-06") == (1, 1)


@pytest.mark.parametrize(("weeks", "flag"), [(26, ""), (25, "not_computed")])
def test_every_week_of_the_month_must_be_followed_to_its_thirteenth(weeks: int, flag: str) -> None:
    # The last week of March 2018 is W13, on the 29th: thirteen weeks later is the register's 26th.
    town = Town(weeks=weeks)
    town.person(1, [(9, 111)], degrees=degrees())
    figures = town.figures("exits", "2018-06")
    assert figures.flag("sustained_3/narrow|any/T", "2018-06") == flag
