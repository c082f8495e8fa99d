"""Tables of sources without people as they are in force: corrected, and known by what is read of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.plain_tables import hashes, tables_in_force
from assets.resources import House
from expectations.contract import load
from sources.intake import Installation, take_in
from tests.sources.making import KEY, NOW, deliver, lines

STAFF = "maaned;forvaltning;ordning;antal"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(home=str(tmp_path / "home"))


def take(house: House, name: str, *rows: str) -> None:
    """Deliver rows of staff and take them in."""
    inbox = house.path.parent / "in"
    deliver(inbox, "staff", name, lines(STAFF, rows))
    found = take_in(load("staff"), inbox, house.path, KEY, Installation(), NOW)
    assert found.new[-1].in_force


def test_never_delivered(house: House) -> None:
    assert tables_in_force(house, "staff", ["staff"]) is None
    assert hashes(house, "staff", ["staff"]) == []


def test_a_later_delivery_corrects_and_adds(house: House) -> None:
    take(house, "staff_202001.csv", "2020-01;BIF;fleksjob;10", "2020-01;BUF;fleksjob;20")
    first = hashes(house, "staff", ["staff"])
    take(house, "staff_202002.csv", "2020-02;BIF;fleksjob;11", "2020-01;BUF;fleksjob;21")
    tables = tables_in_force(house, "staff", ["staff", "no such table"])
    assert tables is not None
    assert list(tables) == ["staff"]
    rows = [(row["forvaltning"], row["antal"]) for row in tables["staff"].to_pylist()]
    assert sorted(rows) == [("BIF", 10), ("BIF", 11), ("BUF", 21)]
    later = hashes(house, "staff", ["staff"])
    assert (later[:1], len(later)) == (first, 2)


def test_only_what_is_read_makes_a_difference(house: House) -> None:
    take(house, "staff_202001.csv", "2020-01;BIF;fleksjob;10")
    assert hashes(house, "staff", ["another"]) == [{"another": None}]
