"""Another time zone, locale, umask, hash seed, order of rows and of listings; no network: the same bytes, private files."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest

from tests.whole.faults.history import History, House
from tests.whole.faults.invariants import converges, hold, internal, modes_are_private

SURROUNDINGS: Mapping[str, Mapping[str, str]] = {
    "time zone": {"TZ": "Pacific/Auckland"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "hash seed": {"PYTHONHASHSEED": "4711"},
}


@pytest.mark.long
def test_all_of_them_at_once(house: House, history: History) -> None:
    """One night under all of them, with shuffled listings: what is published does not show it."""
    more = {name: value for own in SURROUNDINGS.values() for name, value in own.items()}
    ended = house.night("listings_are_shuffled", more)
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()
    assert internal(house.home) == internal(history.second.home)
    hold(house, ended)
    modes_are_private(house)


@pytest.mark.long
def test_shuffled_rows_give_the_same_figures(house: House, history: History) -> None:
    """Other bytes are another delivery, so manifests differ; the figures and the workbook's figures do not."""
    path = house.inbox / "population" / "population_202007.csv"
    head, *rows = path.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(rows)
    path.write_bytes(b"".join([head, *rows]))
    ended = house.night()
    assert ended.code == 0, ended.said
    figures = {
        name: content
        for name, content in house.published().items()
        if name.endswith("indicators.csv")
    }
    expected = history.second.published()
    assert figures == {name: expected[name] for name in figures}
    assert internal(house.home) == internal(history.second.home)


@pytest.mark.long
def test_no_network_and_nobody_asks_for_it(house: House, history: History) -> None:
    ended = house.night("tells_of_connections")
    assert ended.code == 0, ended.said
    assert not (house.temporary / "connections.txt").exists()
    assert house.published() == history.second.published()


@pytest.mark.long
def test_a_wide_umask(
    house: House, history: History, monkeypatch: pytest.MonkeyPatch, umask: Callable[[int], None]
) -> None:
    umask(0o022)
    converges(house, history)
