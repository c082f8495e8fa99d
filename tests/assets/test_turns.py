"""The number of a turn on a home: it grows, whatever the clock and the file say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assets.alive import working


@pytest.mark.parametrize(
    ("left", "clock", "turn"),
    [
        ("", 1_000, 1_000),
        ("900\n", 1_000, 1_000),
        ("1000\n", 1_000, 1_001),
        ("5000\n", 1_000, 5_001),
        ("spoiled", 1_000, 1_000),
    ],
    ids=["the first", "later", "at once", "the clock was put back", "half written"],
)
def test_the_number_grows_in_every_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str, clock: int, turn: int
) -> None:
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "working").write_text(left)
    monkeypatch.setattr("assets.alive.time.time_ns", lambda: clock * 1_000_000)
    with working(tmp_path, 1) as number:
        assert number == turn
    with working(tmp_path, 1) as number:
        assert number == turn + 1


def test_numbers_come_in_the_order_of_the_turns(tmp_path: Path) -> None:
    turns: list[int] = []

    def take(_: int) -> None:
        with working(tmp_path, 30) as number:
            turns.append(number)

    with ThreadPoolExecutor(8) as runs:
        list(runs.map(take, range(40)))
    assert turns == sorted(set(turns))
    assert len(turns) == 40
