"""The glance after every night sees a number wherever it was written, though it passes over what it has seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.canaries import CANARIES
from tests.whole.faults.history import House
from tests.whole.faults.invariants import PIECE, no_number_lies_bare


@pytest.mark.parametrize("before", [0, PIECE - 4, 2 * PIECE - 10, 2 * PIECE])
def test_a_number_written_into_a_file_that_was_looked_in_is_seen(
    before: int, tmp_path: Path
) -> None:
    house = House(tmp_path)
    path = tmp_path / "home" / "index.db"
    path.parent.mkdir()
    content = bytearray(3 * PIECE)
    path.write_bytes(content)
    looked_at: dict[Path, tuple[int, int, int]] = {}
    searched: set[bytes] = set()
    no_number_lies_bare(house, looked_at, searched)
    number = CANARIES[0].encode()
    content[before : before + len(number)] = number
    path.write_bytes(content)
    looked_at.clear()
    for _ in range(2):
        with pytest.raises(AssertionError):
            no_number_lies_bare(house, looked_at, searched)
        looked_at.clear()
