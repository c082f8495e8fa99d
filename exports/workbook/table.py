"""A table with a slot for everything a reader needs, so that none can be forgotten.

Belongs here: the table as data, and writing it as a real Excel table. Not here: which tables there
are (`sheets`), and how they follow each other on a sheet (`page`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from exports.workbook import theme
from exports.workbook.cells import put, put_link
from exports.workbook.figures import Reading
from exports.workbook.measures import broken, longest_word, text_width
from exports.workbook.values import Link, Quantity, Value, Verdict, words_of

_WIDEST_WORD = 30.0
"""Wider than the longest Danish words; what is longer is broken."""
_NAME = re.compile(r"[A-Za-z]+(_[A-Za-z0-9]+)+")


@dataclass(frozen=True)
class Column:
    """A column: its header (with the unit, where columns differ) and what it holds."""

    header: str
    kind: theme.Kind

    @property
    def is_text(self) -> bool:
        """Whether it holds words, which may be broken into lines, and not numbers."""
        return self.kind in ("text", "verdict", "link")


@dataclass(frozen=True)
class Table:
    """One table. `name` is unique in the workbook, ASCII with an underscore, so that it is never a
    cell reference.

    `unit` and `source` are the lines above it; `notes` are sentences written once at the foot of
    the sheet and referred to by number. `emphasis` counts the rows at the top that stand out. Every
    row has a value a column; None is a true blank. Raises `ValueError` for a bad name, headers that
    are blank or not unique, no rows, or a row of another width.
    """

    name: str
    title: str
    unit: str
    source: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    notes: tuple[str, ...] = ()
    emphasis: int = 0

    def __post_init__(self) -> None:
        headers = [column.header for column in self.columns]
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} does not do as a table name")
        if len({header.casefold() for header in headers}) != len(headers) or not all(headers):
            raise ValueError(f"{self.name}: headers must be there and differ")
        if not self.rows or any(len(row) != len(headers) for row in self.rows):
            raise ValueError(f"{self.name}: needs rows, each as wide as the header")


def no_rows(words: str, columns: int) -> tuple[Value, ...]:
    """The row of a table that has none: why, and `intet` in the other columns, for a dash would read as a zero."""
    return (words, *["intet"] * (columns - 1))


def write_table(sheet: Worksheet, table: Table, top: int, widths: Sequence[float]) -> int:
    """Write the header at row `top` and the rows below it; returns the last row used."""
    for index, column in enumerate(table.columns, start=1):
        put(
            sheet,
            top,
            index,
            column.header,
            theme.HEADER,
            _text_header(index) if column.is_text else theme.NUMBER_HEADER,
            fill=theme.HEADER_FILL,
            border=theme.HEADER_RULE if index > 1 else None,
        )
    heights = row_heights(table, widths)
    for offset, height in enumerate(heights):
        sheet.row_dimensions[top + offset].height = height
    for offset, values in enumerate(table.rows, start=1):
        for index, (column, value) in enumerate(zip(table.columns, values, strict=True), start=1):
            _write_value(sheet, top + offset, index, column, value, offset <= table.emphasis)
    bottom = top + len(table.rows)
    sheet.add_table(_excel_table(table, f"A{top}:{get_column_letter(len(table.columns))}{bottom}"))
    return bottom


def row_heights(table: Table, widths: Sequence[float]) -> list[float]:
    """The heights in points of the header and of every row, tall enough for wrapped text."""
    header = _height(_header_words(table), widths) + 4
    return [header, *(_height(_words(table, at), widths) for at in range(len(table.rows)))]


def least_widths(table: Table) -> list[float]:
    """How wide each column has to be, so that no number is cut and no word broken, unless it is one that fits nowhere."""
    rows = [_header_words(table), *(_words(table, at) for at in range(len(table.rows)))]
    return [max(words.least_width for words in column) for column in zip(*rows, strict=True)]


@dataclass(frozen=True)
class _Words:
    """What a cell shows, and how: `whole` where it stands on one line; `inset` is the room at its edges."""

    text: str
    bold: bool
    inset: float
    whole: bool

    @property
    def least_width(self) -> float:
        needed = text_width if self.whole else longest_word
        return min(needed(self.text, self.bold) + self.inset, _WIDEST_WORD)

    def lines(self, width: float) -> int:
        return 1 if self.whole else len(broken(self.text, width - self.inset, self.bold))


def _height(cells: Sequence[_Words], widths: Sequence[float]) -> float:
    lines = max(words.lines(width) for words, width in zip(cells, widths, strict=False))
    return min(max(theme.ROW_HEIGHT, lines * theme.LINE_HEIGHT + 2), theme.TALLEST_ROW)


def _header_words(table: Table) -> list[_Words]:
    return [
        _Words(column.header, True, _inset(column, index), False)
        for index, column in enumerate(table.columns)
    ]


def _words(table: Table, at: int) -> list[_Words]:
    """The words of a row; `at` counts from the first below the header."""
    return [
        _Words(
            words_of(value, column.kind),
            at < table.emphasis or isinstance(value, Verdict),
            _inset(column, index),
            not column.is_text,
        )
        for index, (column, value) in enumerate(zip(table.columns, table.rows[at], strict=True))
    ]


def _inset(column: Column, index: int) -> float:
    return theme.EDGES + (theme.INSET if column.is_text and index else 0.0)


def _text_header(index: int) -> Alignment:
    """A text beside a right-aligned number needs air between them."""
    return theme.TEXT_HEADER if index == 1 else theme.TEXT_HEADER_INSET


def _text_cell(index: int) -> Alignment:
    return theme.TEXT_CELL if index == 1 else theme.TEXT_CELL_INSET


def _write_value(
    sheet: Worksheet, row: int, index: int, column: Column, value: Value, strong: bool
) -> None:
    if isinstance(value, Reading):
        value = value.shown
    font = theme.STRONG if strong else theme.BODY
    fill = theme.EMPHASIS_FILL if strong else None
    alignment = _text_cell(index) if column.is_text else theme.NUMBER_CELL
    if isinstance(value, Verdict):
        style = theme.VERDICTS[value.code]
        words, font, fill = (
            f"{style.symbol} {value.word}",
            theme.verdict_font(style),
            theme.fill_of(style.fill),
        )
        put(sheet, row, index, words, font, alignment, fill=fill, border=theme.ROW_RULE)
    elif isinstance(value, Link):
        cell = put(sheet, row, index, value.text, theme.LINK, alignment, border=theme.ROW_RULE)
        put_link(cell, value.sheet, theme.LINK)
    elif isinstance(value, Quantity):
        put(
            sheet,
            row,
            index,
            value.number,
            font,
            alignment,
            value.number_format,
            fill,
            theme.ROW_RULE,
        )
    else:
        number_format = theme.FORMATS.get(column.kind, "General")
        put(sheet, row, index, value, font, alignment, number_format, fill, theme.ROW_RULE)


def _excel_table(table: Table, reference: str) -> ExcelTable:
    excel = ExcelTable(displayName=table.name, name=table.name, ref=reference)
    excel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    excel.tableColumns = [
        TableColumn(id=index, name=column.header)
        for index, column in enumerate(table.columns, start=1)
    ]
    # Without this every header gets a filter button that hides the words.
    excel.autoFilter = None
    excel.comment = f"{table.title}. {table.unit}"[:255]
    return excel
