"""Persons the population register does not know: counted once each, in what is in force, and never told one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.resources import House
from assets.strangers import protected, unknown_persons
from expectations.contract import load
from sources.intake import Installation, take_in
from tests.sources.making import INCOME, KEY, NOW, POPULATION, deliver, lines, number, residents

COURSES = "forloeb_id;cpr;indsats;undergruppe;start;slut;gennemfoert;leverandoer;timer"
SHARED = "cpr;forvaltning;fra;til"


def course(name: str, cpr: str) -> str:
    """A row of a course somebody takes part in."""
    return f"{name};{cpr};ips;;2020-01-01;;;;"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A home with six residents in force."""
    made = House(home=str(tmp_path / "home"))
    take(made, "population", "population_1.csv", POPULATION, residents(6))
    return made


def take(house: House, source: str, name: str, header: str, rows: list[str]) -> None:
    """Deliver rows and take them in."""
    inbox = house.path.parent / "in"
    deliver(inbox, source, name, lines(header, rows))
    found = take_in(load(source), inbox, house.path, KEY, Installation(), NOW)
    assert found.new[-1].in_force


def test_each_stranger_is_counted_once_in_all_deliveries_in_force(house: House) -> None:
    assert unknown_persons(house) == {}
    first = [course("a", number(0)), course("b", number(8)), course("c", number(8))]
    take(house, "courses", "courses_202001.csv", COURSES, first)
    assert unknown_persons(house) == {"courses": 1}
    later = [course("d", number(8)), course("e", number(9)), course("f", number(1))]
    take(house, "courses", "courses_202002.csv", COURSES, later)
    take(house, "shared_cases", "s.csv", SHARED, [f"{number(2)};SOF;2020-01-01;"])
    assert unknown_persons(house) == {"courses": 2, "shared_cases": 0}


def test_counts_kept_from_an_earlier_night_come_in_the_same_order(house: House) -> None:
    take(house, "courses", "c.csv", COURSES, [course("a", number(0))])
    take(house, "income", "i.csv", INCOME, [f"{number(0)};2020-06;10000001;1;2;ordinær"])
    counted = list(unknown_persons(house).items())
    assert counted == [("income", 0), ("courses", 0)]
    assert list(unknown_persons(house).items()) == counted


def test_a_replacement_number_is_a_stranger(house: House) -> None:
    date, serial = number(0)[:6], number(0)[6:]
    replaced = f"{int(date[0]) + 6}{date[1:]}{serial}"
    take(house, "courses", "courses_202001.csv", COURSES, [course("a", replaced)])
    assert unknown_persons(house) == {"courses": 1}


def test_somebody_who_moves_in_is_no_longer_a_stranger(house: House) -> None:
    take(house, "courses", "courses_202001.csv", COURSES, [course("a", number(6))])
    assert unknown_persons(house) == {"courses": 1}
    take(house, "population", "population_2.csv", POPULATION, residents(7))
    assert unknown_persons(house) == {"courses": 0}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (1_000, 1_000)])
def test_few_are_told_as_few(count: int, shown: int | None) -> None:
    assert protected({"x": count}, 5) == (("x", shown),)
