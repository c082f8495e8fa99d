"""Dates, intervals and membership of the reference, on cases worked out by hand or published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .dates import age, last_day, reference_week, weeks_later, weeks_of
from .groups import categories, in_population, in_target_group
from .intervals import poisson, wilson
from .model import Case, Figure
from .people_by_hand import delivered, home, impaired
from .tables import share

D = date(2019, 3, 31)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1988, 2, 29), date(2018, 2, 28), 29),
        (date(1988, 2, 29), date(2018, 3, 1), 30),
        (date(2004, 2, 29), date(2020, 2, 29), 16),
        (date(2003, 3, 31), D, 16),
        (date(2003, 4, 1), D, 15),
    ],
)
def test_age(born: date, day: date, years: int) -> None:
    assert age(born, day) == years


def test_weeks_and_months() -> None:
    assert reference_week(D) == (2019, 13)  # a Sunday is the end of its own week
    assert reference_week(date(2018, 12, 31)) == (2018, 52)  # a Monday is not
    assert reference_week(date(2021, 1, 9)) == (2020, 53)
    assert weeks_later((2020, 53), 1) == (2021, 1)
    assert weeks_of((2020, 12)) == [(2020, week) for week in (49, 50, 51, 52, 53)]
    assert last_day((2020, 2)) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe (1998), method 3, as printed there to four decimals.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)],
)
def test_wilson(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of)[0] == pytest.approx(low, abs=5e-5)
    assert wilson(count, of)[1] == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.6889), (10, 4.7954, 18.3904)])
def test_poisson(count: int, low: float, high: float) -> None:
    assert poisson(count)[0] == pytest.approx(low, abs=5e-5)
    assert poisson(count)[1] == pytest.approx(high, abs=5e-5)


def test_wilson_ends_are_exact() -> None:
    assert [wilson(0, of)[0] for of in range(1, 40)] == [0.0] * 39
    assert [wilson(of, of)[1] for of in range(1, 40)] == [1.0] * 39


def test_a_share_of_nobody_is_missing_and_one_above_1_has_no_interval() -> None:
    assert share(0, 0) == Figure(0, 0, None, None, None, "missing")
    assert share(3, 2) == Figure(3, 2, 1.5, None, None, "")


@pytest.mark.parametrize(
    ("changes", "inside"),
    [
        ({}, True),
        ({"doedsdato": D}, False),
        ({"doedsdato": date(2019, 4, 1)}, True),
        ({"til": D}, True),
        ({"til": date(2019, 3, 30)}, False),
        ({"fra": D}, True),
        ({"fra": date(2019, 4, 1)}, False),
        ({"kommunekode": 147}, False),
        ({"foedselsdato": date(1954, 4, 1)}, True),  # 64 until tomorrow
        ({"foedselsdato": date(1954, 3, 31)}, False),  # 65 today
    ],
)
def test_population(changes: dict[str, Any], inside: bool) -> None:
    data = delivered([home("a", **changes)])
    assert in_population(data, data.people[0], D) is inside


def test_the_spell_begun_last_decides_where_two_cover_the_day() -> None:
    data = delivered([home("a", fra=date(2019, 3, 1), bydel="Vanløse"), home("a")])
    assert categories(data, data.people[0], D)["district"] == "Vanløse"
    data = delivered([home("a", fra=date(2019, 3, 1), kommunekode=147), home("a")])
    assert not in_population(data, data.people[0], D)


@pytest.mark.parametrize(
    ("has_impairment", "granted_until", "rules"),
    [
        (True, None, {"registered-impairment v1", "either v1"}),
        (False, D, {"granted-compensation v1", "either v1"}),  # its last day
        (False, date(2019, 3, 30), set()),
        (True, D, {"registered-impairment v1", "granted-compensation v1", "either v1"}),
    ],
)
def test_rules_of_the_target_group(
    has_impairment: bool, granted_until: date | None, rules: set[str]
) -> None:
    data = delivered([home("a")], [impaired("a")] if has_impairment else [])
    if granted_until is not None:
        when = date(2018, 5, 1)
        grant = Case("mentor", when, when, "bevilget", when, granted_until, None)
        data.people[0].cases.append(grant)
    inside = set()
    for rule in ("registered-impairment v1", "granted-compensation v1", "either v1"):
        data.target_group_rule = rule
        if in_target_group(data, data.people[0], D):
            inside.add(rule)
    assert inside == rules


@pytest.mark.parametrize(
    ("marks", "starts", "expected"),
    [
        ((False, True), (2010, 2012), "fysisk"),  # the marked one, though it is later
        ((True, True), (2012, 2010), "fysisk"),  # two marked: the earlier
        ((False, False), (2012, 2010), "fysisk"),  # none marked: the earliest
        ((False, False), (2010, 2010), "fysisk"),  # tie: first in the page's list
        ((True, False), (2012, 2010), "syn"),
    ],
)
def test_primary_impairment(
    marks: tuple[bool, bool], starts: tuple[int, int], expected: str
) -> None:
    registrations = [
        impaired(
            "a",
            funktionsnedsaettelse=kind,
            primaer=mark,
            fra=date(start, 6, 1),
            jobcenter=kind,
            synlig=None,
        )
        for kind, mark, start in zip(("syn", "fysisk"), marks, starts, strict=True)
    ]
    data = delivered([home("a")], registrations)
    found = categories(data, data.people[0], D)
    assert (found["impairment"], found["job_centre"]) == (expected, expected)
    assert found["visibility"] == "uoplyst"
