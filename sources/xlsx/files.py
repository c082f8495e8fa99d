"""XLSX deliveries as raw tables.

Belongs here: which sheet is the table, where it ends, and its rows in batches. Does not belong
here: the archive (`xlsx.archive`), going through a sheet (`xlsx.sheet`), which row is the header
(`xlsx.header`), what the cells mean.

The table ends at the first wholly empty row. What stands below is footnotes, unless it fills the
table's columns: then the table was split by an empty row, and half of it must not be lost
silently, so the delivery is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from expectations.contract import Contract, Table
from sources.cells import mixed
from sources.headers import fold_header
from sources.raw import RawBatch
from sources.rejection import Rejection
from sources.values import fold
from sources.xlsx.archive import open_archive
from sources.xlsx.cells import key_text, read
from sources.xlsx.header import Header, find_header, looks_like_data, touches
from sources.xlsx.sheet import Row, pieces
from sources.xlsx.workbook import Sheet, Workbook

_CELLS_A_BATCH = 4_000_000
_MOST_ROWS_A_BATCH = 65_536
_GUIDES = frozenset({"vejledning", "lister"})
"""Sheets of the workbook the system hands out that hold no register."""
_CLOSING = frozenset({"i alt", "total", "sum"})


class XlsxTable:
    """The table of one sheet. Rows are numbered as in the sheet."""

    encoding = ""
    delimiter = ""

    def __init__(
        self, book: Workbook, sheet: Sheet, table: Table, left_out: tuple[str, ...] = ()
    ) -> None:
        self._book = book
        self._sheet = sheet
        self.left_out = left_out
        self._found: Header = find_header(book, sheet, table)
        self.header: tuple[str, ...] = self._found.names

    @property
    def header_row(self) -> int:
        """Which row of the sheet the header is; titles may stand above it."""
        return self._found.row

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order; Rejection at a formula, a merged area in the table, or rows of data
        below an empty row.
        """
        size = _CELLS_A_BATCH // max(len(wanted), 1)
        pending = _Pending(self, wanted, min(max(size, 1), _MOST_ROWS_A_BATCH))
        last = self._found.row
        held: Row | None = None
        stopped = False
        for piece in pieces(self._book, self._sheet.part):
            for row in piece.rows:
                if row.number <= self._found.row:
                    continue
                stopped = stopped or row.number > last + 1
                if stopped:
                    self._refuse_data(row, last + 1)
                    continue
                last = row.number
                if held is not None:
                    if pending.full:
                        yield pending.take()
                    pending.add(held)
                held = row
            if piece.merged:
                # Merged areas stand after all rows; that of a closing row is not in the table.
                end = last - 1 if held is not None and self._closes(held) else last
                for area in piece.merged:
                    self._refuse_merged(area, end)
        if held is not None and not self._closes(held):
            if pending.full:
                yield pending.take()
            pending.add(held)
        yield pending.take()

    def column(self, at: int, keys: Sequence[str]) -> tuple[list[str], list[int]]:
        """Texts and forms of the distinct cells of a column."""
        column = self._found.columns.get(at)
        months = column is not None and column.kind == "month"
        percent = column is not None and column.unit == "pct."
        return read(keys, self._book, months=months, percent=percent)

    def _closes(self, row: Row) -> bool:
        """Whether a last row is the sum of the others."""
        first = key_text(row.cells[0][1], self._book)
        return fold(first).rstrip(" :.") in _CLOSING

    def _refuse_data(self, row: Row, empty: int) -> None:
        if not self._closes(row) and looks_like_data(row, self._found, self._book):
            raise Rejection(
                "rows_after_blank",
                f"Tabellen er delt af en tom række (række {empty}), og der står data under den.",
                "Slet de tomme rækker, og levér filen igen.",
            )

    def _refuse_merged(self, area: str, last: int) -> None:
        if touches(area, self._found.row, last, len(self.header)):
            raise Rejection(
                "merged_cells",
                f"Tabellen har flettede celler ({area[:20]}), så felterne ikke kan kendes fra "
                "hinanden.",
                "Ophæv fletningen, udfyld hvert felt, og levér filen igen.",
            )


class _Pending:
    """Rows collected until they make a batch."""

    def __init__(self, table: XlsxTable, wanted: Sequence[int], size: int) -> None:
        self._table = table
        self._wanted = wanted
        self._size = size
        self._clear()

    def _clear(self) -> None:
        self._numbers: list[int] = []
        self._codes: dict[int, dict[str, int]] = {at: {} for at in self._wanted}
        self._index: dict[int, list[int]] = {at: [-1] * self._size for at in self._wanted}

    @property
    def full(self) -> bool:
        """True when no row more fits."""
        return len(self._numbers) >= self._size

    def add(self, row: Row) -> None:
        """Put a row at the end."""
        place = len(self._numbers)
        self._numbers.append(row.number)
        for at, key in row.cells:
            codes = self._codes.get(at)
            if codes is not None:
                self._index[at][place] = codes.setdefault(key, len(codes))

    def take(self) -> RawBatch:
        """The rows as a batch; the next ones begin another."""
        count = len(self._numbers)
        cells = {}
        for at in self._wanted:
            index: npt.NDArray[np.int32] = np.array(self._index[at][:count], dtype=np.int32)
            texts, forms = self._table.column(at, list(self._codes[at]))
            cells[at] = mixed(texts, forms, index)
        batch = RawBatch(cells, np.array(self._numbers, dtype=np.int64))
        self._clear()
        return batch


def open_xlsx(path: Path, table: Table) -> XlsxTable:
    """Open an XLSX delivery of one table; Rejection when the file or the sheet is not what was
    agreed.
    """
    book = Workbook(open_archive(path))
    return XlsxTable(book, _choose(book, table.name), table, _others(book, [table]))


def open_workbook(path: Path, contract: Contract) -> dict[str, XlsxTable]:
    """Open a workbook with a sheet a table; a sheet that is missing or empty is left out.

    Rejection when no sheet is one of the tables, or a sheet of a table is not what was agreed.
    """
    book = Workbook(open_archive(path))
    found: dict[str, XlsxTable] = {}
    others = _others(book, contract.tables)
    for table in contract.tables:
        sheets = [sheet for sheet in _named(book, table.name) if _is_filled(book, sheet)]
        if len(sheets) > 1:
            raise Rejection(
                "sheet_choice",
                f"Projektmappen har {len(sheets)} ark, der hedder ”{table.name}”.",
                "Levér filen igen med hvert ark én gang.",
            )
        if sheets:
            found[table.name] = XlsxTable(book, sheets[0], table, others)
    if not found:
        raise Rejection(
            "no_header",
            "Projektmappen har ingen af de aftalte ark, eller de er tomme.",
            "Levér den projektmappe, systemet selv har udleveret.",
        )
    return found


def _choose(book: Workbook, name: str) -> Sheet:
    """The sheet named as the source, otherwise the only one that is not empty."""
    named = _named(book, name)
    filled = named or [sheet for sheet in book.sheets if _is_filled(book, sheet)]
    if not filled:
        raise Rejection("empty_file", "Regnearket er tomt.", "Levér filen igen.")
    if len(filled) > 1:
        raise Rejection(
            "sheet_choice",
            f"Filen har {len(filled)} ark med indhold, og det kan ikke ses, hvilket tabellen er.",
            f"Giv arket med tabellen navnet ”{name}”, og levér filen igen.",
        )
    return filled[0]


def _others(book: Workbook, tables: Sequence[Table]) -> tuple[str, ...]:
    """The sheets that are none of the tables and hold something, by name; only one sheet with
    content is the table whatever its name.
    """
    known = {fold_header(table.name) for table in tables} | _GUIDES
    if len(tables) == 1 and not _named(book, tables[0].name):
        return ()
    others = [sheet for sheet in book.sheets if fold_header(sheet.name) not in known]
    return tuple(sheet.name for sheet in others if _is_filled(book, sheet))


def _named(book: Workbook, name: str) -> list[Sheet]:
    wanted = fold_header(name)
    return [sheet for sheet in book.sheets if fold_header(sheet.name) == wanted]


def _is_filled(book: Workbook, sheet: Sheet) -> bool:
    try:
        return any(piece.rows for piece in pieces(book, sheet.part))
    except Rejection as answer:
        # A formula is content; whether the sheet is the table is decided elsewhere.
        if answer.code != "formula":
            raise
    return True
