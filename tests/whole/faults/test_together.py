"""Several at once on one home, and a database that is busy: queued, nothing lost, no hang."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.whole.faults.history import MONTH, History, House
from tests.whole.faults.invariants import chain_holds, converges, hold, watched

EARLIER = ("2020-05", "2020-04")


@pytest.mark.long
def test_eight_nights_at_once(house: House, history: History) -> None:
    months = [MONTH, *EARLIER] * 3
    with watched(house):
        processes = [house.start(month=month) for month in months[:8]]
        codes = [process.wait(600) for process in processes]
    assert codes == [0] * 8, house.said.read_text("utf-8")
    assert "locked" not in house.said.read_text("utf-8")
    expected = history.second.published()
    published = house.published()
    assert {name: published[name] for name in expected} == expected
    hold(house)
    chain_holds(house)


@pytest.mark.long
def test_dagsters_storage_is_locked_for_five_seconds(house: House, history: History) -> None:
    process = house.start()
    time.sleep(history.seconds / 3)
    with locked(house):
        time.sleep(5)
    assert process.wait(300) == 0, house.said.read_text("utf-8")
    assert house.published() == history.second.published()


@pytest.mark.long
def test_dagsters_storage_is_locked_for_a_minute(house: House, history: History) -> None:
    """A clean failure or a late success, and never a hang."""
    before = house.published()
    process = house.start()
    time.sleep(history.seconds / 3)
    with locked(house):
        time.sleep(60)
    code = process.wait(300)
    assert code in (0, 30), house.said.read_text("utf-8")
    if code == 30:
        assert house.published() == before
    hold(house)
    converges(house, history)


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Hold every database of Dagster's against all writers."""
    databases = sorted((house.home / "dagster").rglob("*.db"))
    assert databases
    connections = [sqlite3.connect(path, timeout=30, isolation_level=None) for path in databases]
    try:
        for connection in connections:
            connection.execute("begin immediate")
        yield
    finally:
        for connection in connections:
            connection.close()
