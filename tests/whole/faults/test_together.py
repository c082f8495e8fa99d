"""Several at once on one home, a database that is busy, and what comes in while a night reads: queued, nothing lost, no
hang."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from exports.ledger import lines
from tests.whole.faults.history import MONTH, PLAN, History, House, corrected
from tests.whole.faults.invariants import Tried
from tests.whole.faults.stopping import wait_until_stopped
from tests.whole.faults.storage import locked

EARLIER = ("2020-04", "2020-02")
"""No neighbours: a set of one month tells how many were unemployed the month before, and beside that so small a town has no
room left for that month's own (ADR 0039)."""


@pytest.mark.long
def test_eight_nights_at_once(house: Tried, history: History, shelf: Path) -> None:
    """They leave what the months leave one after another, in the order they took: each set hides beside those before."""
    house.other_bytes = True
    before = len(lines(house.home))
    months = [MONTH, *EARLIER] * 3
    nights = [house.start(month=month) for month in months[:8]]
    assert [night.wait(600) for night in nights] == [0] * 8, house.said.read_text("utf-8")
    assert "locked" not in house.said.read_text("utf-8")
    alone = House(Path(tempfile.mkdtemp(dir=shelf)))
    history.first.copy_to(alone)
    order = [
        line.facts["month"] for line in lines(house.home)[before:] if line.kind == "publication"
    ]
    assert sorted(order) == sorted({*months})
    for month in order:
        assert alone.night(month=month).code == 0
    assert house.published() == alone.published()
    shutil.rmtree(alone.root)


def test_what_is_delivered_meanwhile_is_for_the_next_night(house: Tried, history: History) -> None:
    """A night has read what it publishes when something newer comes, and another night with it; the first one's set is of
    what the first one read."""
    house.other_bytes = True
    first = house.start("stopped_before_publication")
    wait_until_stopped(first.pid)
    newest = house.newest("population").read_bytes()
    house.deliver("population", corrected(newest, 1), "population_202008.csv")
    second = house.start()
    assert second.poll(history.seconds) is None, "the second did not wait for its turn"
    os.kill(first.pid, signal.SIGCONT)
    assert (first.wait(300), second.wait(300)) == (0, 0), house.said.read_text("utf-8")
    expected, published = history.second.published(), house.published()
    pointer = f"{PLAN}/{MONTH}/latest"
    assert {name: published[name] for name in expected if name != pointer} == {
        name: content for name, content in expected.items() if name != pointer
    }
    assert published[pointer] == b"v003"


def test_dagsters_storage_is_locked_for_five_seconds(house: Tried, history: History) -> None:
    night = house.start()
    time.sleep(history.seconds / 3)
    with locked(house):
        time.sleep(5)
    assert night.wait(300) == 0, house.said.read_text("utf-8")
    assert house.published() == history.second.published()


@pytest.mark.long
def test_dagsters_storage_is_locked_for_a_minute(house: Tried, history: History) -> None:
    """A clean failure or a late success, and never a hang."""
    before = house.published()
    night = house.start()
    time.sleep(history.seconds / 3)
    with locked(house):
        time.sleep(60)
    ended = house.ended(night)
    assert ended.code in (0, 30), ended.said
    assert "Traceback" not in ended.said
    if ended.code == 30:
        assert house.published() == before
    house.notices = (0, 1)
