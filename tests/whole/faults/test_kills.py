"""A night killed: at any moment, with its whole tree, between write and rename, between directory and pointer, between the
record and the ledger; told to end while it publishes; and one that comes back from the dead."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.whole.faults.history import KEY, MONTH, PLAN, History
from tests.whole.faults.invariants import Tried, steps_begun
from tests.whole.faults.stopping import wait_until_stopped

KILLS = 10


@pytest.mark.long
def test_ten_kills_at_random_moments_then_a_plain_night(house: Tried, history: History) -> None:
    """Every other takes the whole process tree. Most moments are drawn over a night's steps; the last two, which it may
    outrun, over what comes after these: hiding and writing."""
    drawn = random.Random(20200630)
    steps = steps_begun(history.second.said.read_bytes())
    ends = []
    for number in range(KILLS):
        late = number >= KILLS - 2
        begun = steps if late else drawn.randrange(steps)
        after = drawn.uniform(0, 0.5 * history.seconds if late else 1.0)
        ends.append(house.killed_when_it_has_begun(begun, after, number % 2 == 1).code)
    assert ends.count(-signal.SIGKILL) >= KILLS - 2, ends
    # As long as nothing succeeds, one death after another is the same fault.
    house.notices = (1, 2)


@pytest.mark.parametrize(
    ("plant", "directory_is_there"),
    [
        ("killed_before_the_rename", False),
        ("killed_before_the_pointer", True),
        ("killed_before_the_ledger", False),
    ],
)
def test_a_kill_between_two_steps(plant: str, directory_is_there: bool, house: Tried) -> None:
    house.notices = (1,)
    assert house.night(plant).code == -signal.SIGKILL
    month = house.home / "published" / PLAN / MONTH
    assert (month / "v002").exists() == directory_is_there
    assert (month / "latest").readlink() == Path("v001")


def test_told_to_end_while_it_publishes(house: Tried) -> None:
    before = house.published()
    night = house.start("stopped_before_publication")
    wait_until_stopped(night.pid)
    os.kill(night.pid, signal.SIGTERM)
    os.kill(night.pid, signal.SIGCONT)
    ended = house.ended(night)
    assert ended.code != 0
    assert house.published() == before
    house.notices = (1,)


def test_doctor_shows_a_killed_run_and_clears_it(
    house: Tried, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house.notices = (1,)
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    night = house.start("stopped_before_publication")
    wait_until_stopped(night.pid)
    os.killpg(night.pid, signal.SIGKILL)
    assert night.wait(60) == -signal.SIGKILL
    main(["doctor", "--home", str(house.home)])
    assert "doctor --clear" in capsys.readouterr().out
    main(["doctor", "--home", str(house.home), "--clear"])
    assert "Ingen hænger" in capsys.readouterr().out


def test_an_orphan_that_finishes_late_cannot_promote(house: Tried, history: History) -> None:
    """It stands still before it publishes, and its lock is lost; the night is run again by another, and then it goes on."""
    orphan = house.start("its_turn_is_lost", "stopped_before_publication")
    wait_until_stopped(orphan.pid)
    house.converges(history)
    after = house.published()
    os.kill(orphan.pid, signal.SIGCONT)
    ended = house.ended(orphan)
    assert ended.code == 30, ended.said
    assert "nyere kørsel" in ended.said
    assert house.published() == after
    house.notices = (1,)
