"""Workbooks of the kept registers, and judging them as deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from expectations.contract import load
from sources import judging
from sources.judging import Judgement
from sources.pieces import Piece
from sources.record import Delivery

from .making import KEY
from .xlsx_making import book

Sheets = Mapping[str, Sequence[str]]
"""Each sheet's lines: the header, then the rows, cells parted by `;`."""


def judge_sheets(work: Path, sheets: Sheets, previous: Delivery | None = None) -> Judgement:
    """Judge a workbook of these sheets, leaving what is kept in `work`."""
    work.mkdir(parents=True)
    path = work / "registers.xlsx"
    rows = {
        name: [[cell or None for cell in line.split(";")] for line in lines]
        for name, lines in sheets.items()
    }
    path.write_bytes(book(rows))
    pieces = [Piece(path, ".xlsx", path.name)]
    return judging.judge(load("registers"), pieces, KEY, work, previous, lambda _: None)


def as_delivery(judgement: Judgement) -> Delivery:
    """The judgement as the record would hold it."""
    kept = {name: getattr(judgement, name) for name in vars(judgement)}
    return Delivery("registers-1", "registers", "", "", 0, 0, 1, received_at="", **kept)
