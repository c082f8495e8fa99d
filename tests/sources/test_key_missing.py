"""DREAM by serial number waits for nothing: it is refused without a key, and read when the key has come."""

from __future__ import annotations

from pathlib import Path

from expectations.contract import load
from sources.intake import Installation, judge, take_in
from sources.record import Delivery

from .making import KEY, NOW, deliver, lines, number

SERIALS = lines("lobenr;y_1952;branche_2019_12", ["17;111;", "18;;651200"])
KEYS = lines("lobenr;cpr", [f"17;{number(0)}", f"18;{number(1)}"])


def take(tmp_path: Path, source: str) -> list[Delivery]:
    """Take in a source once; what was judged."""
    home = tmp_path / "home"
    return take_in(load(source), tmp_path / "in", home, KEY, Installation(), NOW).new


def test_refused_without_a_key_and_read_with_one(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "dream", "dream_202001.csv", SERIALS)
    (refused,) = take(tmp_path, "dream")
    assert (refused.verdict, refused.code) == ("rejected", "key_missing")
    assert "dream_key" in refused.sentence
    assert take(tmp_path, "dream") == []
    deliver(tmp_path / "in", "dream_key", "dream_key_202001.csv", KEYS)
    assert take(tmp_path, "dream_key")[0].in_force
    (read,) = take(tmp_path, "dream")
    assert (read.verdict, read.used, read.id) == ("accepted", 2, f"{refused.id}-2")
    assert take(tmp_path, "dream") == []


def test_trying_a_key_and_dream_together(tmp_path: Path) -> None:
    def tried() -> list[str]:
        found = judge(load("dream"), tmp_path / "in", tmp_path / "home", KEY, Installation(), NOW)
        return [entry.code for entry in found.new]

    deliver(tmp_path / "in", "dream", "dream_202001.csv", SERIALS)
    assert tried() == ["key_missing"]
    deliver(tmp_path / "in", "dream_key", "dream_key_202001.csv", KEYS)
    assert tried() == ["accepted"]
