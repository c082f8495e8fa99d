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
from sources.faults import NUMBER
from sources.file_form import FileForm, Seen
from sources.located import Lengths, Positions, Text
from sources.values import parse

BAD_CODE = 65_535
LONGEST = 8
"""Bytes of a cell that a memory holds."""

_CODE = re.compile(r"[0-9]{3}", re.ASCII)
_EXACT = 3
_SLOT_BITS = 8 * _EXACT
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MOST_KNOWN = 65_000
_BYTES = np.array([*((1 << 8 * n) - 1 for n in range(LONGEST + 1)), 0], dtype=np.uint64)
"""Which bytes of a number belong to a cell of 0, 1, ... bytes; none of one that is too long."""

Numbers = npt.NDArray[Any]


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
    """Reads located cells by looking them up; a cell met for the first time is read by `read`.

    A cell of up to eight bytes is taken as a number. Up to three bytes that number is the slot its
    value is found through; a longer one's slot is a hash of it, and the cell found there is
    compared. So nothing here knows what a good cell is. Several threads may share a memory.
    """

    def __init__(self, read: Callable[[list[str]], Answer], kind: npt.DTypeLike) -> None:
        self._read = read
        self._learning = threading.Lock()
        self._slots = {exact: np.zeros(1 << _SLOT_BITS, dtype=np.uint16) for exact in (True, False)}
        # What the slots point at, from 1 on; 0 is a cell not met yet.
        self._known = 1
        self._cells: Numbers = np.zeros(_MOST_KNOWN, dtype=np.uint64)
        self._values: npt.NDArray[Any] = np.zeros(_MOST_KNOWN, dtype=kind)
        self._good = np.zeros(_MOST_KNOWN, dtype=bool)

    def values(
        self, text: Text, ends: Positions, lengths: Lengths
    ) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
        """The value of each filled cell; and which must be read with care, None when none must."""
        longest = int(lengths.max(initial=0))
        exact = longest <= _EXACT
        cells = _as_numbers(text, ends, lengths, min(longest, LONGEST))
        found = self._look_up(cells, exact)
        if not found.all():
            self._learn(np.unique(cells[found == 0]), exact)
            found = self._look_up(cells, exact)
        care = ~self._good.take(found)
        if longest > LONGEST:
            care |= lengths > LONGEST
        return self._values.take(found), care if care.any() else None

    def _look_up(self, cells: Numbers, exact: bool) -> npt.NDArray[np.uint16]:
        found = self._slots[exact].take(_slot(cells, exact))
        if not exact:
            found[self._cells.take(found) != cells] = 0
        return found

    def _learn(self, cells: Numbers, exact: bool) -> None:
        cells = cells[: _MOST_KNOWN - self._known]
        texts = [cell.to_bytes(LONGEST, "big").lstrip(b"\0").decode() for cell in cells.tolist()]
        answer = self._read(texts)
        slots = self._slots[exact]
        with self._learning:
            for place, slot in enumerate(_slot(cells, exact).tolist()):
                if slots[slot] or self._known == _MOST_KNOWN:
                    continue
                self._cells[self._known] = cells[place]
                self._values[self._known] = answer.values[place]
                self._good[self._known] = answer.good[place]
                slots[slot] = self._known
                self._known += 1


def _as_numbers(text: Text, ends: Positions, lengths: Lengths, longest: int) -> Numbers:
    """The bytes of each cell as one number, its last byte the lowest; 0 for one beyond LONGEST."""
    kind: Any = np.uint32 if longest <= _EXACT else np.uint64
    at = ends - 1
    numbers = text.take(at).astype(kind)
    for byte in range(1, longest):
        at -= 1
        # Clipped where the text begins: what is read there stands before the cell.
        numbers |= text.take(at, mode="clip").astype(kind) << kind(8 * byte)
    if int(lengths.min(initial=longest)) < longest or int(lengths.max(initial=0)) > LONGEST:
        numbers &= _BYTES.astype(kind).take(lengths, mode="clip")
    return numbers


def _slot(cells: Numbers, exact: bool) -> npt.NDArray[np.int64]:
    if exact:
        return cells.astype(np.int64)
    return ((cells * _SPREAD) >> np.uint64(64 - _SLOT_BITS)).view(np.int64)


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
