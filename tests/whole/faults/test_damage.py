"""One byte turned in what is stored: found by its checksum, then made anew or refused, never used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exports.ledger import verify
from exports.published_sets import verify_set
from exports.verification import check
from tests.whole.faults.history import MONTH, PLAN, History, House
from tests.whole.faults.invariants import Tried
from tests.whole.faults.storage import turn, turned


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(pattern), key=lambda path: path.stat().st_mtime)


def a_block(house: House) -> Path:
    return newest(house.home / "registers" / "weeks", "*/*.parquet")


def kept_figures(house: House) -> Path:
    return newest(house.home / "statistics" / "employment", "*/figures.parquet")


def protected_figures(house: House) -> Path:
    return newest(house.home / "statistics" / "indicators", "*/figures.parquet")


def a_delivery(house: House) -> Path:
    return newest(house.home / "deliveries" / "target_group", "*/target_group.parquet")


@pytest.mark.long
@pytest.mark.parametrize("place", [a_block, kept_figures, protected_figures, a_delivery])
def test_a_stored_table(place: Callable[[House], Path], house: Tried, history: History) -> None:
    """The night stops with a sentence or makes the table anew; with the byte turned back it converges."""
    with turned(place(house)):
        ended = house.night()
    assert ended.code in (0, 30), ended.said
    if ended.code == 30:
        assert "beskadiget" in ended.said or "passer ikke" in ended.said
    else:
        assert house.published() == history.second.published()


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["data/indicators.csv", f"midtvejsstatus_{PLAN}_{MONTH}.xlsx", "manifest.json"]
)
def test_a_published_file_is_named_and_a_new_version_made(
    name: str, house: Tried, history: History
) -> None:
    """The new set does not build on the damaged one, and so lists no revisions since."""
    house.other_bytes = True
    folder = house.home / "published" / PLAN / MONTH / "v001"
    with house.tree_away():
        turn(folder / name)
        assert any(name in problem for problem in check(folder).problems)
        ended = house.night()
        turn(folder / name)
    assert ended.code == 0, ended.said
    newest_set = (house.home / "published" / PLAN / MONTH / "latest").resolve()
    assert newest_set.name == "v002"
    assert verify_set(newest_set) == ()
    expected = history.second.home / "published" / PLAN / MONTH / "v002" / "data" / "indicators.csv"
    assert (newest_set / "data" / "indicators.csv").read_bytes() == expected.read_bytes()


def test_a_line_of_the_ledger(house: Tried) -> None:
    """What can still be read is named by `verify`."""
    path = house.home / "ledger.jsonl"
    turn(path)
    assert verify(house.home).problems != ()
    turn(path)


def test_a_line_of_the_ledger_that_cannot_be_read(house: Tried) -> None:
    """The night, which asks the ledger what it says already, stops with a sentence."""
    path = house.home / "ledger.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"facts"', b'"facts#', 1))
    ended = house.night()
    assert ended.code == 30
    assert ended.said.count("Hovedbogens linje 1 kan ikke læses") == 1, ended.said
    path.write_bytes(whole)
