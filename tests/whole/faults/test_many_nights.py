"""A long row of nights, each with a delivery and a mishap drawn by chance; after each a plain night leaves the bytes of a
house where nothing ever went wrong.

MIDTVEJS_NIGHTS: how many mishaps (200). MIDTVEJS_SEED: another draw. What happened to each is written out.

A hundred and fifty people, twenty of them moved every night, of one month two hundred times: at times there is no room left
beside what was published, and a faultless night is refused (40), for as long as somebody stays who would be told of
(ADR 0039). Nothing is done to such a night, and the other house must be refused as well; it counts for none of the row.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from exports.published_sets import verify_set
from tests.whole.faults.history import MONTH, PLAN, History, House, corrected
from tests.whole.faults.invariants import Tried, chain_holds, no_number_is_shown, rows_add_up
from tests.whole.faults.mishaps import dealt

NIGHTS = int(os.environ.get("MIDTVEJS_NIGHTS", "200"))
SEED = int(os.environ.get("MIDTVEJS_SEED", "1"))
REFUSED = NIGHTS // 10
"""Nights that may be refused before the row is given up: a house that publishes nothing shows nothing."""
SEARCHED_EVERY = 20
"""Nights between two searches of everything: what is packed is opened then, in a home that grows."""


@dataclass(frozen=True)
class Night:
    """What a faultless night left, and how long it took."""

    code: int
    published: dict[str, bytes]
    internal: bytes
    seconds: float


def deliver(house: House, population: bytes, number: int) -> None:
    house.deliver("population", corrected(population, number), f"population_9{number:05}.csv")


def faultless_night(house: House, population: bytes, number: int) -> Night:
    deliver(house, population, number)
    began = time.monotonic()
    ended = house.night()
    assert ended.code in (0, 40), (number, ended.said)
    return Night(ended.code, house.published(), house.internal(), time.monotonic() - began)


@pytest.mark.long
def test_every_night_after_a_mishap_is_as_if_it_had_not_been(
    house: Tried, history: History, shelf: Path
) -> None:
    """The faultless house is always a night ahead, in a process beside the other's."""
    house.other_bytes = True
    faultless = House(Path(tempfile.mkdtemp(dir=shelf)))
    history.first.copy_to(faultless)
    random_numbers = random.Random(SEED)
    population = house.newest("population").read_bytes()
    # What has been delivered before is no news, and a night without news publishes nothing.
    nights = range(1 + NIGHTS + REFUSED + 1)
    assert len({corrected(population, number) for number in nights}) == len(nights)
    mishaps = dealt(random_numbers)
    met: Counter[str] = Counter()
    refused = 0
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(faultless_night, faultless, population, 1)
        for number in count(1):
            expected = ahead.result()
            ahead = beside.submit(faultless_night, faultless, population, number + 1)
            deliver(house, population, number)
            name = "refused"
            if expected.code == 0:
                name, mishap = next(mishaps)
                met[name] += 1
                mishap(house, random_numbers, expected.seconds)
            ended = house.night()
            refused += ended.code == 40
            assert refused <= REFUSED
            assert ended.code == expected.code, (number, name, ended.said)
            assert house.published() == expected.published, (number, name)
            assert house.internal() == expected.internal, (number, name)
            newest = (house.home / "published" / PLAN / MONTH / "latest").resolve()
            assert verify_set(newest) == ()
            sys.stdout.write(f"{number} {name}\n")
            sys.stdout.flush()
            if number % SEARCHED_EVERY == 0:
                rows_add_up(house)
                chain_holds(house)
                no_number_is_shown(house, history)
            if met.total() == NIGHTS:
                break
    sys.stdout.write(f"{met}, {refused} refused\n")
    house.notices = range(NIGHTS + refused + 1)
