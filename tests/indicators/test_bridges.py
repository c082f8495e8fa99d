"""`ltu_52`: a year of unemployment, short breaks bridged.

Report month December 2018: its reference week is 2018-W52, the register's 52nd. So a run counts only when it goes back to
the first week.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.indicators.town import Town

UNEMPLOYED, SICK = 111, 890
WIDE_ONLY = 730
DECEMBER = "2018-12"
# Weeks 21-24 of 2018 have their Thursdays on 24 May, 31 May, 7 June and 14 June: the break touches May and June.
BREAK = [(20, UNEMPLOYED), (4, 0), (28, UNEMPLOYED)]
JANUARY, MAY, JUNE = "2018-01", "2018-05", "2018-06"

CASES: dict[str, tuple[list[tuple[int, int]], dict[str, Any], int]] = {
    "52 weeks in a row": ([(52, UNEMPLOYED)], {}, 1),
    "the first week is another benefit": ([(1, SICK), (51, UNEMPLOYED)], {}, 0),
    "not unemployed in the reference week": ([(51, UNEMPLOYED), (1, SICK)], {}, 0),
    "a break of four weeks": (BREAK, {}, 1),
    "a break of five weeks": ([(20, UNEMPLOYED), (5, 0), (27, UNEMPLOYED)], {}, 0),
    "another benefit is a break too": ([(20, UNEMPLOYED), (4, SICK), (28, UNEMPLOYED)], {}, 1),
    "two short breaks": ([(9, 111), (4, 0), (1, 111), (4, 0), (34, 111)], {}, 1),
    "degree of 6 in both months": (BREAK, {"degrees": {MAY: 6.0, JUNE: 6.0}}, 1),
    "degree above 6 in one of them": (BREAK, {"degrees": {MAY: 6.0, JUNE: 6.1}}, 0),
    "degree above 6 in a month without a break": (BREAK, {"degrees": {"2018-07": 80.0}}, 1),
    "degree above 6 in the register's first month": (
        [(1, UNEMPLOYED), (3, 0), (48, UNEMPLOYED)],
        {"degrees": {"2018-01": 6.1}},
        0,
    ),
    "ten ordinary hours, whatever the degree": (
        BREAK,
        {"degrees": {MAY: 90.0}, "income": {MAY: (True, 10.0)}},
        1,
    ),
    "more than ten ordinary hours": (BREAK, {"income": {JUNE: (True, 10.25)}}, 0),
    "many hours, none ordinary": (BREAK, {"degrees": {MAY: 50}, "income": {MAY: (False, 0.0)}}, 1),
}


@pytest.mark.parametrize("why", CASES)
def test_a_year_with_its_breaks(why: str) -> None:
    runs, more, counted = CASES[why]
    town = Town()
    town.person(1, runs, **more)
    assert town.figures("unemployment", DECEMBER).value("ltu_52/narrow/T", DECEMBER) == counted


def test_without_degrees_an_industry_code_breaks_the_run() -> None:
    for industries, counted in (((MAY,), 0), ((), 1)):
        town = Town(without_grad=(MAY, JUNE), branche_months=(MAY, JUNE))
        town.person(1, BREAK, industries=industries)
        figures = town.figures("unemployment", DECEMBER)
        assert figures.value("ltu_52/narrow/T", DECEMBER) == counted
    town = Town(without_grad=(MAY, JUNE))
    town.person(1, BREAK)
    assert town.figures("unemployment", DECEMBER).value("ltu_52/narrow/T", DECEMBER) == 1


def test_an_industry_code_of_the_registers_first_month_breaks_the_run() -> None:
    for industries, counted in (((JANUARY,), 0), ((), 1)):
        town = Town(without_grad=(JANUARY,), branche_months=(JANUARY,))
        town.person(1, [(1, UNEMPLOYED), (3, 0), (48, UNEMPLOYED)], industries=industries)
        assert town.figures("unemployment", DECEMBER).value("ltu_52/narrow/T", DECEMBER) == counted


def test_a_degree_says_more_than_an_industry_code() -> None:
    town = Town(branche_months=(MAY, JUNE))
    town.person(1, BREAK, industries=(MAY, JUNE), degrees={MAY: 5.0, JUNE: 0.0})
    assert town.figures("unemployment", DECEMBER).value("ltu_52/narrow/T", DECEMBER) == 1


def test_a_break_before_the_first_unemployed_week_bridges_to_nothing() -> None:
    town = Town()
    town.person(1, [(2, 0), (102, UNEMPLOYED)])
    months = ("2018-12", "2019-01")
    figures = town.figures("unemployment", *months)
    # W52 of 2018 less W03, both counted, is 50 weeks; a month later the run is 54 weeks long.
    assert [figures.value("ltu_52/narrow/T", month) for month in months] == [0, 1]


def test_wide_takes_the_wide_weeks_along() -> None:
    town = Town()
    town.person(1, [(10, WIDE_ONLY), (42, UNEMPLOYED)])
    figures = town.figures("unemployment", DECEMBER)
    assert figures.value("ltu_52/narrow/T", DECEMBER) == 0
    assert figures.value("ltu_52/wide/T", DECEMBER) == 1
    assert figures.value("ltu_52/wide/T", DECEMBER, "sex", "K") == 1
    assert figures.value("ltu_52/wide/T", DECEMBER, "sex", "uoplyst") == 0


def test_a_year_must_be_delivered() -> None:
    town = Town()
    town.person(1, [(104, UNEMPLOYED)])
    # The reference week of November 2018 is W47 (its Sunday is the 25th); December's is the 52nd week.
    figures = town.figures("unemployment", "2018-11", DECEMBER)
    assert figures.flag("ltu_52/narrow/T", "2018-11") == "not_computed"
    assert figures.flag("unemployed/narrow/T", "2018-11") == ""
    assert figures.flag("ltu_52/narrow/T", DECEMBER) == ""


def test_the_unemployed_by_what_is_known_of_the_target_group_alone() -> None:
    town = Town()
    town.person(1, [(104, UNEMPLOYED)])
    town.person(2, [(104, SICK)])
    town.person(3, [(104, UNEMPLOYED)], impairment="hørelse")
    figures = town.figures("unemployment", DECEMBER)
    for dim, category, counted in (
        ("impairment", "syn", 1),
        ("impairment", "hørelse", 1),
        ("job_centre", "Nord", 2),
    ):
        assert figures.value("unemployed/narrow/T", DECEMBER, dim, category) == counted
