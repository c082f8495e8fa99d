"""Records put aside while a delivery is read, and taken back in the order of their pseudonyms.

Belongs here: where they lie meanwhile, so that memory does not grow with the delivery. Does not belong
here: what is stored of them (`dream.storing`).
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from expectations.contract import PERSON
from sources.dream.rows import PIECE, ROW, Records

_BITS = 8
TRAYS = 1 << _BITS
"""Records that share the top bits of their pseudonyms share a tray."""

_MOST_HELD = 512 << 20
"""Bytes of records that stay in memory; a register of 450,000 people x 260 weeks does."""


class _Batch(NamedTuple):
    """Some records: `before[tray]` of them lie in earlier trays when taken in `order`. They are in
    memory as they came, or, `records` being None, in the file in that order from byte `at` on.
    """

    before: list[int]
    order: npt.NDArray[np.int64]
    records: Records | None
    at: int


class Spill:
    """Records in trays; several threads may add at once. Its file has no name, so that a run that is
    killed leaves nothing behind.
    """

    def __init__(self, folder: Path, record: np.dtype[np.void]) -> None:
        self._record = record
        path = folder / "spill"
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        path.unlink()
        self._lock = threading.Lock()
        self._held = 0
        self._end = 0
        self._batches: list[_Batch] = []
        self.count = 0

    def add(self, records: Records) -> None:
        """Put records aside."""
        tray = (records[PERSON] >> np.uint64(64 - _BITS)).astype(np.uint16)
        order = np.argsort(tray, kind="stable")
        before = np.searchsorted(tray[order], np.arange(TRAYS + 1)).tolist()
        with self._lock:
            held = self._held + records.nbytes <= _MOST_HELD
            at = self._end
            self._batches.append(_Batch(before, order, records if held else None, at))
            self._held += records.nbytes if held else 0
            self._end += 0 if held else records.nbytes
            self.count += len(records)
        if not held:
            content = memoryview(records.take(order).view(np.uint8).data)
            while len(content):
                done = os.pwrite(self._file, content, at)
                content, at = content[done:], at + done

    def take(self, trays: range) -> tuple[Records, npt.NDArray[np.int64]]:
        """The records of some trays, and their order by pseudonym, piece and row."""
        bounds = [(batch.before[trays.start], batch.before[trays.stop]) for batch in self._batches]
        found = np.empty(sum(end - first for first, end in bounds), dtype=self._record)
        place = 0
        for batch, (first, end) in zip(self._batches, bounds, strict=True):
            part = found[place : place + end - first]
            place += end - first
            if batch.records is not None:
                part[:] = batch.records.take(batch.order[first:end])
            elif len(part):
                self._read(part, batch.at + first * self._record.itemsize)
        order = np.argsort(found[PERSON])
        ordered = found[PERSON][order]
        if (ordered[1:] == ordered[:-1]).any():
            order = np.lexsort((found[ROW], found[PIECE], found[PERSON]))
        return found, order

    def _read(self, into: Records, at: int) -> None:
        content = memoryview(into.view(np.uint8).data)
        while len(content):
            done = os.preadv(self._file, [content], at)
            if not done:
                raise OSError("records put aside could not be read back")
            content, at = content[done:], at + done

    def close(self) -> None:
        """Let go of the records."""
        os.close(self._file)
