"""Tables of sources without people as they are in force: corrected, and known by what is read of them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from assets.plain_tables import hashes, only_parts, tables_in_force
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


@pytest.mark.parametrize(
    ("plan", "part", "kept", "why"),
    [
        ("plan-a", "1.1.a", True, "an activity of the plan"),
        ("plan-a", "1.1", False, "an objective: an answer, no activity"),
        ("plan-a", "plan-a", False, "the plan as a whole"),
        ("plan-a", "2.a", False, "another plan's activity"),
        ("plan-b", "2.a", True, "that plan's own"),
        ("plan-c", "1.1.a", False, "a plan there is not"),
        ("plan-a", None, False, "nothing"),
    ],
)
def test_only_activities_are_counted_as_activities(
    plan: str, part: str | None, kept: bool, why: str
) -> None:
    table = pa.table({"plan": [plan], "aktivitet_id": pa.array([part], pa.string())})
    parts = {"plan-a": ["1.1.a"], "plan-b": ["2.a"]}
    assert len(only_parts(table, "aktivitet_id", parts)) == kept, why


def test_an_empty_register_of_activities_stays_empty() -> None:
    table = pa.table({"plan": pa.array([], pa.string()), "aktivitet_id": pa.array([], pa.string())})
    assert len(only_parts(table, "aktivitet_id", {"plan-a": ["1.1.a"]})) == 0
