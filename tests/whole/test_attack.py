"""A set as a night publishes it, attacked by a reader who knows the published description alone.

They get at no small count, and at no figure that is hidden. A row is blank as a whole where one of its numbers must be: what
is over or under its line may stand elsewhere in the set, or follow from what does, and be nobody's secret.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from exports.stranger.proof import worked_out
from exports.stranger.tidy_file import as_rows, read_rows
from exports.tidy import as_published, write_tidy
from plans.loading import plan_ids
from tests.attack.attacker import SMALL, Notes, told_to_insiders, worked_through, written_down
from tests.attack.readings import OVERLAPPING, Key
from tests.whole.conftest import MONTH, Place


@dataclass(frozen=True)
class Attacked:
    """What the reader of a set has come to, and the count each of their names has in truth."""

    notes: Notes
    true: dict[Key, int]

    def hidden(self, least: int, most: int) -> list[Key]:
        """The hidden counts that are so large in truth."""
        return [key for key in self.notes.hidden if least <= self.true.get(key, -1) <= most]


@pytest.fixture(scope="module")
def true(good_night: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, int]:
    """Every count of the unprotected table under the name the reader gives it."""
    folder = tmp_path_factory.mktemp("true")
    (folder / "data").mkdir()
    table = pd.read_parquet(good_night.home / "internal" / MONTH / "indicators.parquet")
    write_tidy(as_published(table), folder / "data" / "indicators.csv")
    return written_down(folder).known


@pytest.fixture(scope="module")
def attacked(good_night: Place, true: dict[Key, int]) -> Attacked:
    latest = (good_night.home / "published" / plan_ids()[0] / MONTH / "latest").resolve()
    nobody = {key for key in written_down(latest).hidden if true.get(key) == 0}
    return Attacked(worked_through(latest, nobody=nobody), true)


def test_every_plans_table_is_the_same(good_night: Place) -> None:
    """So that the attack on one is an attack on all."""
    tables = (good_night.home / "published").glob(f"*/{MONTH}/latest/data/indicators.csv")
    contents = [path.read_bytes() for path in tables]
    assert len(contents) == len(plan_ids())
    assert len(set(contents)) == 1


def test_there_is_much_to_find(attacked: Attacked) -> None:
    assert len(attacked.hidden(1, SMALL - 1)) > 1000
    assert len(attacked.notes.known) > 10_000


def test_what_the_reader_narrows_is_true(attacked: Attacked) -> None:
    """Else that they get at nothing would say nothing of the hiding."""
    narrow = attacked.notes.narrow
    for key in attacked.notes.hidden & attacked.true.keys():
        assert narrow.least.get(key, 0) <= attacked.true[key] <= narrow.most.get(key, 1e9), key


def test_no_small_count_is_computed(attacked: Attacked) -> None:
    found = attacked.notes.found()
    assert {key: number for key, number in found.items() if 0 < number < SMALL} == {}


def test_no_hidden_figure_is_worked_out(attacked: Attacked) -> None:
    """Neither a small one nor one hidden for another's sake."""
    assert len(attacked.notes.figures) > 10_000
    assert attacked.notes.figures_found() == set()


def test_only_zeros_and_what_is_under_a_line_is_computed(attacked: Attacked) -> None:
    """Of numbers that are hidden: the part of a zero that is shown, and how many people a hidden share is of."""
    found = attacked.notes.found()
    of = {figure.under for figure in attacked.notes.figures}
    assert {key for key in found.keys() - attacked.notes.known.keys() if found[key]} - of == set()


def test_nobody_is_certainly_one_of_few(attacked: Attacked) -> None:
    assert attacked.notes.small() == set()


def test_of_no_small_count_more_is_known_than_hiding_can_keep(good_night: Place) -> None:
    """Neither how large nor how small it can be; the gate asks the first alone."""
    table = pd.read_parquet(good_night.home / "internal" / MONTH / "indicators.parquet")
    latest = (good_night.home / "published" / plan_ids()[0] / MONTH / "latest").resolve()
    published = read_rows(latest / "data" / "indicators.csv")
    assert worked_out(published, SMALL, as_rows(table), downwards=True) == []


def test_whoever_is_a_count_of_one_learns_of_nobody_else(attacked: Attacked) -> None:
    """They know their own count under all its names; what would be another's is a count of two to four, or one of the same
    breakdown."""
    told = told_to_insiders(attacked.notes, attacked.hidden(1, 1))
    assert len(told) > 100
    others = {
        (one, key)
        for one, keys in told.items()
        for key in keys
        if 1 < attacked.true[key] < SMALL or (attacked.true[key] == 1 and _apart(one, key))
    }
    assert others == set()


def _apart(one: Key, other: Key) -> bool:
    """Whether nobody can be in both: they differ in the group alone, or in the category of one dimension."""
    differ = [
        at for at, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs
    ]
    if len(differ) != 1 or one[4] in OVERLAPPING or one[6] in OVERLAPPING:
        return False
    return differ[0] in (5, 7) or {one[3], other[3]} == {"T", "R"}
