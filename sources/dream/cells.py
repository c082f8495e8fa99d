"""What a cell of DREAM means, and a memory of cells already read.

Belongs here: week codes, degrees and industries, one definition for every way a file is read. Does
not belong here: columns, rows, files.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import Column
from sources.cells import Distinct, distinct
from sources.dream.line_kernel import KINDS, LONGEST, Memory, slot_of
from sources.faults import NUMBER
from sources.file_form import FileForm, Seen
from sources.values import parse

BAD_CODE = 65_535
_CODE = re.compile(r"[0-9]{3}", re.ASCII)
_MOST_KNOWN = 65_000
_SLOTS = 1 << 17


def week_codes(texts: Sequence[str | None]) -> npt.NDArray[np.uint16]:
    """The code of each cell, 0 when blank, BAD_CODE when it is not three digits."""
    return np.fromiter((_week_code(_plain(text)) for text in texts), np.uint16, len(texts))


def filled(texts: Sequence[str | None]) -> npt.NDArray[np.uint8]:
    """1 for each cell that holds something."""
    return np.array([_plain(text) not in ("", ".") for text in texts], dtype=np.uint8)


def degrees(
    column: Column, cells: Distinct, form: FileForm, seen: Seen
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """Degree in percent of each distinct cell (NaN when blank or faulty), and its fault."""
    parsed = parse(column, cells, form, seen)
    values = parsed.values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    if not np.isnan(values).all():
        seen.highest_degree = max(seen.highest_degree, float(np.nanmax(values)))
    if (parsed.fault == NUMBER["out_of_range"]).any():
        seen.highest_degree = max(seen.highest_degree, 100.0)
    scaled = values * 100.0 if form.degree_is_share else values
    return scaled.astype(np.float32), parsed.fault


class Answer(NamedTuple):
    """What was read of distinct cells: their values, and whether each is as it should be."""

    values: npt.NDArray[Any]
    good: npt.NDArray[np.bool_]


class CellMemory:
    """Cells already read, for `dream.line_kernel` to look up; one met for the first time is read by the
    function for its kind. So the kernel knows nothing of what a good cell is. Threads may share it.
    """

    def __init__(self, reads: Sequence[Callable[[list[str]], Answer]]) -> None:
        self._reads = reads
        self._learning = threading.Lock()
        self._known = [1] * KINDS
        self.held = Memory(
            np.zeros((KINDS, _SLOTS), dtype=np.uint16),
            np.zeros((KINDS, _MOST_KNOWN), dtype=np.uint64),
            np.zeros((KINDS, _MOST_KNOWN), dtype=np.float32),
            np.zeros((KINDS, _MOST_KNOWN), dtype=bool),
        )

    def learn(self, kinds: npt.NDArray[np.uint8], cells: npt.NDArray[np.uint64]) -> bool:
        """Read cells; whether any is known now."""
        found = [self._learn(kind, np.unique(cells[kinds == kind])) for kind in range(KINDS)]
        return any(found)

    def _learn(self, kind: int, cells: npt.NDArray[np.uint64]) -> bool:
        cells = cells[: _MOST_KNOWN - 1]
        if not len(cells):
            return False
        texts = [cell.to_bytes(LONGEST, "big").lstrip(b"\0").decode() for cell in cells.tolist()]
        answer = self._reads[kind](texts)
        slots, held, values, good = (array[kind] for array in self.held)
        known = False
        with self._learning:
            for cell, value, right in zip(cells, answer.values, answer.good, strict=True):
                slot = slot_of(self.held, kind, cell)
                place = self._known[kind]
                if not slots[slot] and place < _MOST_KNOWN:
                    held[place], values[place], good[place] = cell, value, right
                    # Last, since another thread may look for the cell meanwhile.
                    slots[slot] = place
                    self._known[kind] += 1
                known |= bool(slots[slot])
        return known


def _week_code(text: str) -> int:
    if text in ("", "."):
        return 0
    # 000 is no code of the register, and would be taken for a blank week.
    return int(text) if _CODE.fullmatch(text) and text != "000" else BAD_CODE


def _plain(text: str | None) -> str:
    if text is None or text == "":
        return ""
    if text.isascii():
        return text.strip()
    plain: str = distinct(pa.array([text], pa.string())).texts[0].as_py()
    return plain
