"""Somebody who is left out of the next deliveries is gone, once what older ones held is pruned: number and pseudonym."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main
from sources.cpr import pseudonyms
from tests.whole.faults.history import KEPT, KEY, House, make_inbox
from tests.whole.searching import everything, found


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A home after one night on three sources."""
    made = House(tmp_path)
    make_inbox(made)
    ended = made.night()
    assert ended.code == 0, ended.said
    return made


def test_whoever_is_left_out_of_the_next_deliveries_is_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered = {source: house.newest(source).read_bytes().splitlines() for source in KEPT}
    in_all = set.intersection(
        *({row.split(b";")[0] for row in rows[1:]} for rows in delivered.values())
    )
    somebody = min(in_all)
    (hashed,) = pseudonyms([somebody.decode()], bytes.fromhex(KEY), "dream")
    assert _places(house, somebody, int(hashed)) == {"raw", "deliveries", "registers"}
    for source, rows in delivered.items():
        left = [row for row in rows if somebody not in row]
        house.deliver(source, b"\n".join(left) + b"\n")
    assert house.night().code == 0
    for kind in ("DELIVERIES", "VERSIONS"):
        monkeypatch.setenv(f"MIDTVEJS_RETENTION_{kind}", "0")
    assert main(["prune", "--home", str(house.home)]) == 0
    assert _places(house, somebody, int(hashed)) == set()


def _places(house: House, number: bytes, hashed: int) -> set[str]:
    """The folders of the home that hold a number or its pseudonym, in digits or packed."""
    forms = (str(hashed).encode(), hashed.to_bytes(8, "little"))
    searched = list(everything(house.home))
    names = {place for place, content in searched if any(form in content for form in forms)}
    names |= {place for place, _ in found(iter(searched), (number.decode(),), ())}
    return {name.removeprefix(f"{house.home}/").partition("/")[0] for name in names}
