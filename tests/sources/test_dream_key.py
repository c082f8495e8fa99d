"""The key to DREAM's serial numbers: one to one, or the rows are kept out."""

from __future__ import annotations

from pathlib import Path

import pytest

from .making import lines, number, quarantined, read

A, B, C = number(0), number(1), number(2)


@pytest.mark.parametrize(
    ("rows", "used", "twice", "refused"),
    [
        ([f"1;{A}", f"2;{B}"], 2, 0, []),
        ([f"1;{A}", f"01;{A}"], 1, 1, []),
        ([f"1;{A}", f"1;{B}", f"3;{C}"], 1, 0, ["2", "3"]),
        ([f"1;{A}", f"2;{A}", f"3;{C}"], 1, 0, ["2", "3"]),
        ([f"1;{A}", f"1;{A}", f"2;{A}"], 0, 0, ["2", "3", "4"]),
        ([f"1;{A}", f"2;{A}", f"2;{B}", f"3;{C}", f"3;{C}"], 1, 1, ["2", "3", "4"]),
    ],
)
def test_one_number_to_one_person(
    tmp_path: Path, rows: list[str], used: int, twice: int, refused: list[str]
) -> None:
    loaded, stored = read("dream_key", tmp_path, lines("lobenr;cpr", rows))
    assert (loaded.rows_in, loaded.used, loaded.duplicates) == (len(rows), used, twice)
    assert len(stored) == used
    listed = quarantined(loaded, tmp_path)
    assert [row[0] for row in listed] == refused
    assert {row[2] for row in listed} <= {"key_conflict"}
