"""What builds up, and what is too much: a year of nights on one home, and a whole town in little memory.

MIDTVEJS_YEAR: nights of the year (365). MIDTVEJS_TOWN: people of the town (450000).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from exports.published_sets import POINTER, verify_set
from synthetic.generator import generate
from tests.whole.faults.history import KEPT, MONTH, PLAN, House, corrected
from tests.whole.faults.invariants import Tried

NIGHTS = int(os.environ.get("MIDTVEJS_YEAR", "365"))
TOWN = int(os.environ.get("MIDTVEJS_TOWN", "450000"))
MEMORY = 1_500_000_000
GROWS = ("raw", "deliveries", "published", "registers", "statistics")
"""What every delivery adds to; the rest of the home is what nights add to."""


def size(folder: Path, *left_out: str) -> int:
    """Bytes of the files below a folder."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in left_out
    )


@pytest.mark.long
def test_a_year_of_nights_stays_flat_and_can_be_pruned(house: Tried) -> None:
    """A night adds as much at the end of the year as at its beginning, give or take a fifth. Every thirtieth has something
    new to read: the corrections that `test_many_nights` begins with, which leave room to hide in so small a town."""
    house.other_bytes = True
    population = house.newest("population").read_bytes()
    quiet = []
    for number in range(1, NIGHTS + 1):
        correction, rest = divmod(number, 30)
        news = rest == 0
        if news:
            name = f"population_9{number:05}.csv"
            house.deliver("population", corrected(population, correction), name)
        before = size(house.home, *GROWS)
        ended = house.night()
        assert ended.code == 0, (number, ended.said)
        grown = size(house.home, *GROWS) - before
        if not news:
            quiet.append(grown)
    quarter = len(quiet) // 4
    first, last = sum(quiet[1:quarter]), sum(quiet[-quarter + 1 :])
    assert 0.8 * first <= last <= 1.2 * first
    before = size(house.home / "dagster")
    subprocess.run(
        [sys.executable, "-m", "pipelines", "prune", "--home", str(house.home)],
        check=True,
        env={**os.environ, "MIDTVEJS_RETENTION_RUNS": "0"},
        stdout=subprocess.DEVNULL,
    )
    assert size(house.home / "dagster") < before / 2


@pytest.mark.long
def test_a_town_in_little_memory_is_done_or_ends_in_order(shelf: Path) -> None:
    house = House(Path(tempfile.mkdtemp(dir=shelf)))
    generate(house.inbox, TOWN, "2018-01", MONTH, 7)
    for folder in house.inbox.iterdir():
        if folder.name not in KEPT:
            shutil.rmtree(folder)
    ended = house.night(memory=MEMORY)
    assert ended.code in (0, 30), ended.said
    assert "Traceback" not in ended.said
    month = house.home / "published" / PLAN / MONTH
    assert month.exists() == (ended.code == 0)
    if ended.code == 0:
        assert verify_set(month / POINTER) == ()
    shutil.rmtree(house.root)
