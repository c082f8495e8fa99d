"""Another time zone, locale, umask, hash seed, order of rows and of listings; no network: the same bytes, private files."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.whole.faults.history import History
from tests.whole.faults.invariants import Tried

SURROUNDINGS: Mapping[str, str] = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
}


def test_another_zone_locale_seed_and_order_of_listings(house: Tried, history: History) -> None:
    ended = house.night("listings_are_shuffled", more=SURROUNDINGS, anew=True)
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()
    assert house.internal() == history.second.internal()


def test_shuffled_rows_give_the_same_figures(house: Tried, history: History) -> None:
    """Other bytes are another delivery, so manifests differ; the figures do not."""
    house.other_bytes = True
    path = house.newest("population")
    head, *rows = path.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(rows)
    path.write_bytes(b"".join([head, *rows]))
    ended = house.night()
    assert ended.code == 0, ended.said
    expected, published = history.second.published(), house.published()
    assert published.keys() == expected.keys()
    figures = [name for name in expected if name.endswith("indicators.csv")]
    assert {name: published[name] for name in figures} == {name: expected[name] for name in figures}
    assert house.internal() == history.second.internal()


def test_no_network_and_nobody_asks_for_it(house: Tried, history: History) -> None:
    ended = house.night("no_network")
    assert ended.code == 0, ended.said
    assert not (house.temporary / "connections.txt").exists()
    assert house.published() == history.second.published()


def test_the_ban_on_connections_is_one(house: Tried) -> None:
    """What the test above leans on: an attempt is refused and written down."""
    assert house.night("no_network", "calls_out").code == 30
    assert (house.temporary / "connections.txt").read_text()


def test_a_wide_umask(house: Tried) -> None:
    """The modes are looked at when it is over."""
    assert house.night(umask=0o000).code == 0
