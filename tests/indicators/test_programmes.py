"""Persons in courses: which months a course is in, and that a person counts once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.indicators.town import Town

JUNE = "2019-06"


def course(town: Town, number: int, start: date, end: date | None = None, **of: object) -> None:
    ordinary = {"indsats": "afklaring", "gennemfoert": None}
    town.add("courses", person=number, start=start, slut=end, **{**ordinary, **of})


@pytest.mark.parametrize(
    ("start", "month", "twelve", "year"),
    [
        (date(2018, 6, 30), 0, 0, 0),
        (date(2018, 7, 1), 0, 1, 0),
        (date(2018, 12, 31), 0, 1, 0),
        (date(2019, 1, 1), 0, 1, 1),
        (date(2019, 5, 31), 0, 1, 1),
        (date(2019, 6, 1), 1, 1, 1),
        (date(2019, 6, 30), 1, 1, 1),
        (date(2019, 7, 1), 0, 0, 0),
    ],
)
def test_a_start_is_in_the_windows_that_hold_its_day(
    start: date, month: int, twelve: int, year: int
) -> None:
    town = Town()
    town.person(1)
    course(town, 1, start)
    figures = town.figures("programmes", JUNE)
    found = [figures.value(f"course_starts/{of}/", JUNE) for of in ("", "12m", "year")]
    assert found == [month, twelve, year]


@pytest.mark.parametrize(
    ("start", "end", "active"),
    [
        (date(2019, 5, 1), date(2019, 5, 31), 0),
        (date(2019, 5, 1), date(2019, 6, 1), 1),
        (date(2019, 6, 30), date(2019, 9, 1), 1),
        (date(2019, 7, 1), date(2019, 9, 1), 0),
        (date(2010, 1, 1), None, 1),
        (date(2019, 6, 10), date(2019, 6, 10), 1),
    ],
)
def test_a_course_is_active_in_every_month_it_has_a_day_in(
    start: date, end: date | None, active: int
) -> None:
    town = Town()
    town.person(1)
    course(town, 1, start, end)
    assert town.figures("programmes", JUNE).value("course_active//", JUNE) == active


@pytest.mark.parametrize(("completed", "n"), [(True, 1), (False, 0), (None, 0)])
def test_completed_is_told_not_guessed(completed: bool | None, n: int) -> None:
    town = Town()
    town.person(1)
    course(town, 1, date(2019, 1, 1), date(2019, 6, 30), gennemfoert=completed)
    figures = town.figures("programmes", "2019-05", JUNE)
    assert figures.value("course_completed//", "2019-05") == 0
    assert figures.value("course_completed//", JUNE) == n


def test_a_person_counts_once_in_each_category() -> None:
    town = Town()
    town.person(1)
    day = date(2019, 6, 3)
    course(town, 1, day, undergruppe="kort")
    course(town, 1, day, undergruppe="kort")  # once more of the same
    course(town, 1, day)  # without a sub-group
    course(town, 1, day, indsats="ips", undergruppe="kort")
    course(town, 99, day)  # nobody the population register knows
    figures = town.figures("programmes", JUNE)
    place = "course_starts//"
    assert figures.value(place, JUNE) == 2
    assert figures.value(place, JUNE, "programme", "afklaring") == 2
    assert figures.value(place, JUNE, "programme", "ips") == 1
    assert figures.value(place, JUNE, "programme", "jobklub") == 0
    assert figures.value(place, JUNE, "subgroup", "afklaring: kort") == 1
    assert figures.value(place, JUNE, "subgroup", "ips: kort") == 1


def test_twelve_months_are_not_the_sum_of_the_months() -> None:
    town = Town()
    town.person(1)
    course(town, 1, date(2019, 2, 1))
    course(town, 1, date(2019, 6, 1))
    figures = town.figures("programmes", "2019-02", JUNE)
    assert figures.value("course_starts//", "2019-02") == 1
    assert figures.value("course_starts//", JUNE) == 1
    assert figures.value("course_starts/12m/", JUNE) == 1


def test_nothing_is_computed_of_a_source_never_delivered() -> None:
    town = Town()
    town.person(1)
    figures = town.figures("programmes", JUNE)
    assert set(figures.table["flag"]) == {"not_computed"}
    # Three windows of three counts; two variants, compared and not, of two outcomes.
    assert len(figures.table) == 9 + 8
