"""What may happen to a night, by name, for a long row of nights.

Belongs here: one function a mishap, handed the house, a generator of random numbers and how long a night takes. Not here:
the row (`test_many_nights`), one mishap looked at closely (the other tests).
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from tests.whole.faults.invariants import Tried
from tests.whole.faults.stopping import wait_until_stopped
from tests.whole.faults.storage import locked, turned

Mishap = Callable[[Tried, Random, float], None]


def _ends(house: Tried, code: int, *plants: str, **how: Any) -> None:
    ended = house.night(*plants, **how)
    assert ended.code == code, (plants, ended.said)


def killed(house: Tried, random: Random, seconds: float) -> None:
    house.killed_after(random.uniform(0, 1) * seconds)


def killed_with_its_tree(house: Tried, random: Random, seconds: float) -> None:
    house.killed_after(random.uniform(0, 1) * seconds, whole_tree=True)


def killed_between_two_steps(house: Tried, random: Random, seconds: float) -> None:
    steps = ("killed_before_the_rename", "killed_before_the_pointer", "killed_before_the_ledger")
    _ends(house, -signal.SIGKILL, random.choice(steps))


def told_to_end(house: Tried, random: Random, seconds: float) -> None:
    night = house.start("stopped_before_publication")
    wait_until_stopped(night.pid)
    os.kill(night.pid, signal.SIGTERM)
    os.kill(night.pid, signal.SIGCONT)
    assert night.wait(60) != 0


def refused_by_the_gate(house: Tried, random: Random, seconds: float) -> None:
    _ends(house, 40, "nothing_is_hidden")


def below_the_floor(house: Tried, random: Random, seconds: float) -> None:
    _ends(house, 30, more={"MIDTVEJS_DISK_FLOOR_MB": "900000000"})


def pages_in_the_way(house: Tried, random: Random, seconds: float) -> None:
    pages = house.home / "data_docs"
    shutil.rmtree(pages)
    pages.write_text("in the way")
    _ends(house, 0)
    pages.unlink()


def a_byte_turned(house: Tried, random: Random, seconds: float) -> None:
    folders = ("registers/weeks", "statistics/employment", "statistics/indicators")
    stored = sorted((house.home / random.choice(folders)).glob("*/*.parquet"))
    with turned(random.choice(stored)):
        assert house.night().code in (0, 30)


def storage_locked(house: Tried, random: Random, seconds: float) -> None:
    night = house.start()
    if night.poll(random.uniform(0, 1) * seconds) is None:
        with locked(house):
            night.poll(5)
    assert night.wait(300) == 0


def taken_away_while_judged(house: Tried, random: Random, seconds: float) -> None:
    _ends(house, 0, "file_is_gone_once_copied")


def listed_otherwise_for_everybody(house: Tried, random: Random, seconds: float) -> None:
    _ends(house, 0, "listings_are_shuffled", "no_network", umask=0)


MISHAPS: Mapping[str, Mishap] = {
    mishap.__name__: mishap
    for mishap in (
        *(killed, killed_with_its_tree, killed_between_two_steps, told_to_end),
        *(refused_by_the_gate, below_the_floor, pages_in_the_way, a_byte_turned),
        *(storage_locked, taken_away_while_judged, listed_otherwise_for_everybody),
    )
}


def dealt(random: Random) -> Iterator[tuple[str, Mishap]]:
    """All of them in an order of chance, then all in another, and so on: none waits long for its turn."""
    while True:
        for name in random.sample(sorted(MISHAPS), len(MISHAPS)):
            yield name, MISHAPS[name]
