"""Rows of a text table that have more or fewer cells than the header.

Belongs here: collecting them while the CSV reader runs ahead, repairing those that only lack or have
blank cells at the end, and the row numbers of the others. Does not belong here: reading the table
(`text.files`).
"""

from __future__ import annotations

import bisect

import numpy as np
import numpy.typing as npt
import pyarrow.csv as pa_csv

from sources.text.head import split_cells

_MOST_LINES_IN_A_ROW = 20
_MOST_RAGGED = 500_000


class OddRow:
    """A row whose number of cells is not the expected one; `cells` when it can be repaired."""

    def __init__(self, number: int, short: bool, text: str, delimiter: str, width: int) -> None:
        self.number = number
        self.short = short
        found = split_cells(text, delimiter)
        beyond = found[width:]
        self.blank = not any(cell.strip() for cell in found)
        whole = len(found) >= width and not any(cell.strip() for cell in beyond)
        self.cells = found[:width] if whole and not self.blank else None

    def cell(self, index: int) -> str:
        """The cell at a column position; blank beyond the named columns."""
        return self.cells[index] if self.cells is not None and index < len(self.cells) else ""


class Ragged:
    """Collects odd rows while the reader runs ahead, and gives row numbers to the others."""

    def __init__(self, width: int, delimiter: str) -> None:
        self._width = width
        self._delimiter = delimiter
        self._rows: list[OddRow] = []

    def add(self, row: pa_csv.InvalidRow) -> str:
        """The reader's handler: keep what is needed and let it go on."""
        lines = row.text.count("\n")
        short = row.actual_columns < self._width
        kept = OddRow(row.number, short, row.text, self._delimiter, self._width)
        if lines > _MOST_LINES_IN_A_ROW or len(self._rows) >= _MOST_RAGGED:
            return "error"
        self._rows.append(kept)
        return "skip"

    def numbers_of(self, first: int, count: int) -> npt.NDArray[np.int64]:
        """The numbers of the next `count` regular rows, from `first` on."""
        odd = {row.number for row in self._rows}
        candidates = np.arange(first, first + count + len(odd), dtype=np.int64)
        if odd:
            candidates = candidates[~np.isin(candidates, list(odd))]
        return candidates[:count]

    def take_before(self, number: int | None) -> list[OddRow]:
        """Hand over the odd rows numbered below `number` (all of them when None)."""
        at = (
            len(self._rows)
            if number is None
            else bisect.bisect_left([row.number for row in self._rows], number)
        )
        taken, self._rows = self._rows[:at], self._rows[at:]
        return taken
