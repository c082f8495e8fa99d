"""Rows kept out of a delivery, and the list of them the supplier can act on.

Belongs here: counting them, masking what is shown, and writing the list. Does not belong here:
deciding that a row is faulty. The list shows file, row, column, rule and a masked value, never a
personal number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from expectations.contract import Column, Table
from sources.cpr import mask as mask_cpr
from sources.faults import advice, words
from sources.files import write_whole

LONGEST_LIST = 10_000
_DATE_OR_NUMBER = re.compile(r"[0-9.,/-]{1,12}", re.ASCII)
_SHOWN_KINDS = frozenset({"date", "month", "number", "integer", "week_code", "yes_no"})


class FaultyRow(NamedTuple):
    """One row in quarantine: its number (header = row 1), its first faulty column, the fault's code
    and the value as it may be shown.
    """

    row: int
    column: str
    code: str
    shown: str


class Quarantine:
    """The rows of one table that were kept out; all are counted, the first ones listed.

    `places`: what each piece of the table is called in the list, the file and, in a workbook, the
    sheet.
    """

    def __init__(self, table: Table, places: Sequence[str]) -> None:
        self.count = 0
        self.by_code: dict[str, int] = {}
        self._table = table
        self._places = tuple(places)
        self._listed: list[tuple[int, FaultyRow]] = []

    def add(self, rows: Iterable[FaultyRow], piece: int = 0) -> None:
        """Count rows of the piece numbered `piece`, and list them as long as there is room."""
        for row in rows:
            self.count += 1
            self.by_code[row.code] = self.by_code.get(row.code, 0) + 1
            if len(self._listed) < LONGEST_LIST:
                self._listed.append((piece, row))

    def lines(self) -> list[tuple[str | int, ...]]:
        """The list in the order of pieces and rows: place, row, column, rule, what is wrong and allowed, value."""
        table = self._table
        lines: list[tuple[str | int, ...]] = [
            (
                self._places[piece],
                row.row,
                row.column,
                row.code,
                words(table, row.code) + advice(table, row.column, row.code),
                row.shown,
            )
            for piece, row in sorted(self._listed)
        ]
        if rest := self.count - len(self._listed):
            lines.append((self._places[0], "", "", "", f"og {rest} rækker mere", ""))
        return lines


def write_list(path: Path, quarantines: Iterable[Quarantine]) -> None:
    """Write the list of a delivery as CSV (`;`, UTF-8 with BOM so that Excel reads it)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["fil", "raekke", "kolonne", "regel", "forklaring", "vaerdi"])
    for quarantine in quarantines:
        writer.writerows([_inert(cell) for cell in line] for line in quarantine.lines())
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _inert(cell: str | int) -> str | int:
    """A cell that a spreadsheet takes for text, whatever a file is called; figures stay figures."""
    text = str(cell)
    runs = text.startswith(("=", "+", "-", "@")) and not _DATE_OR_NUMBER.fullmatch(text)
    return f"'{text}" if runs else cell


def shown_value(column: Column, text: str) -> str:
    """A cell as it may be shown: a masked number, a short date or figure, otherwise only its shape.

    A shifted row can put a name or a personal number in any column, so letters and long runs of
    digits are never shown, whatever the column.
    """
    if column.kind == "cpr":
        return mask_cpr(text)
    if not text:
        return ""
    if column.personal:
        return "***"
    digits = sum(char.isdigit() for char in text)
    harmless = digits <= 8 and not re.search(r"\d{6}", text)
    if column.kind in _SHOWN_KINDS and harmless and _DATE_OR_NUMBER.fullmatch(text):
        return text
    shape = re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "x", text))
    kept = "".join(char if char in "9x .,/-" else "?" for char in shape)
    return kept if len(kept) <= 20 else kept[:19] + "…"
