"""A night killed: at any moment, with its whole tree, between write and rename, between directory and pointer, between the
record and the ledger; told to end while it publishes; and one that comes back from the dead."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.whole.faults.history import MONTH, PLAN, History, House
from tests.whole.faults.invariants import converges, hold, watched

KILLS = 10


@pytest.mark.long
def test_ten_kills_at_random_moments_then_a_plain_night(house: House, history: History) -> None:
    """Every other takes the whole process tree. The moments are drawn over the length of a whole night."""
    whole = history.seconds
    drawn = random.Random(20200630)
    before, after = house.published(), history.second.published()
    with watched(house):
        for number in range(KILLS):
            ended = house.killed_after(drawn.uniform(0.05, 1.0) * whole, whole_tree=number % 2 == 1)
            assert ended.code in (0, -signal.SIGKILL), ended.said
            assert set(house.published()) in (set(before), set(after))
            hold(house, ended)
        converges(house, history)


@pytest.mark.long
@pytest.mark.parametrize(
    ("plant", "directory_is_there"),
    [
        ("killed_before_the_rename", False),
        ("killed_before_the_pointer", True),
        ("killed_before_the_ledger", False),
    ],
)
def test_a_kill_between_two_steps(
    plant: str, directory_is_there: bool, house: House, history: History
) -> None:
    before = house.published()
    with watched(house):
        ended = house.night(plant)
        assert ended.code == -signal.SIGKILL
        assert (house.home / "published" / PLAN / MONTH / "v002").exists() == directory_is_there
        pointer = house.home / "published" / PLAN / MONTH / "latest"
        assert pointer.readlink() == Path("v001")
        for name, content in before.items():
            assert house.published()[name] == content
        hold(house, ended)
        converges(house, history)


@pytest.mark.long
def test_told_to_end_while_it_publishes(house: House, history: History) -> None:
    before = house.published()
    process = house.start("stopped_before_publication")
    _wait_until_stopped(process.pid)
    os.kill(process.pid, signal.SIGTERM)
    os.kill(process.pid, signal.SIGCONT)
    code = process.wait(60)
    assert code != 0
    assert house.published() == before
    hold(house)
    converges(house, history)


@pytest.mark.long
def test_an_orphan_that_finishes_late_cannot_promote(house: House, history: History) -> None:
    """It stands still before it publishes, and its lock is lost; the night is run again by another, and then it goes on."""
    orphan = house.start("its_turn_is_lost,stopped_before_publication")
    _wait_until_stopped(orphan.pid)
    converges(house, history)
    after = house.published()
    os.kill(orphan.pid, signal.SIGCONT)
    assert orphan.wait(60) == 30
    assert "nyere kørsel" in house.said.read_text("utf-8")
    assert house.published() == after
    hold(house)
    converges(house, history)


def _wait_until_stopped(pid: int, seconds: float = 300) -> None:
    over = time.monotonic() + seconds
    state = Path(f"/proc/{pid}/stat")
    while time.monotonic() < over:
        if state.read_text().rpartition(")")[2].split()[0] == "T":
            return
        time.sleep(0.05)
    raise AssertionError("the night never came to its publication")
