"""A workbook of registers in memory, so that judging it is tested without a file format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from expectations.contract import load
from sources import judging
from sources.judging import Judgement
from sources.pieces import Piece
from sources.raw import RawBatch
from sources.record import Delivery

from .making import KEY

Sheets = Mapping[str, Sequence[str]]
"""Each sheet's lines: the header, then the rows, cells parted by `;`."""


class Sheet:
    """One sheet as a raw table."""

    encoding = ""
    delimiter = ""

    def __init__(self, lines: Sequence[str]) -> None:
        self.header = tuple(lines[0].split(";"))
        self._rows = [line.split(";") for line in lines[1:]]

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """All rows at once; none when there are none."""
        if self._rows:
            cells = {index: pa.array([row[index] for row in self._rows]) for index in wanted}
            yield RawBatch(cells, np.arange(2, 2 + len(self._rows)))


def judge_sheets(
    monkeypatch: pytest.MonkeyPatch, work: Path, sheets: Sheets, previous: Delivery | None = None
) -> Judgement:
    """Judge a workbook of these sheets, leaving what is kept in `work`."""
    opened = {name: Sheet(lines) for name, lines in sheets.items()}
    monkeypatch.setattr(judging, "open_tables", lambda *_: opened)
    work.mkdir(parents=True)
    pieces = [Piece(work / "registers.xlsx", ".xlsx", "registers.xlsx")]
    return judging.judge(load("registers"), pieces, KEY, work, previous, lambda _: None)


def as_delivery(judgement: Judgement) -> Delivery:
    """The judgement as the record would hold it."""
    kept = {name: getattr(judgement, name) for name in vars(judgement)}
    return Delivery("registers-1", "registers", "", "", 0, 0, 1, received_at="", **kept)
