"""A table with a slot for everything a reader needs, so that none can be forgotten.

Belongs here: the table as data, and writing it as a real Excel table. Not here: which tables there
are (`sheets`), and how they follow each other on a sheet (`page`).
"""

from __future__ import annotations

import math
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
from exports.workbook.figures import Mark, Origin, Reading

_NAME = re.compile(r"[A-Za-z]+(_[A-Za-z0-9]+)+")


@dataclass(frozen=True)
class Column:
    """A column: its header (with the unit, where columns differ) and what it holds."""

    header: str
    kind: theme.Kind


@dataclass(frozen=True)
class Quantity:
    """A number with its own unit, for a column (`goal`) where each row has another; `origin` is the figure it shows."""

    number: float | Mark
    number_format: str
    origin: Origin | None = None


@dataclass(frozen=True)
class Verdict:
    """An assessment: the code that gives symbol and colour, and the Danish word."""

    code: str
    word: str


@dataclass(frozen=True)
class Link:
    """A text that leads to another sheet of the workbook."""

    text: str
    sheet: str


Value = str | float | Mark | Reading | Quantity | Verdict | Link | None


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


def write_table(sheet: Worksheet, table: Table, top: int, widths: Sequence[float]) -> int:
    """Write the header at row `top` and the rows below it; returns the last row used."""
    for index, column in enumerate(table.columns, start=1):
        is_text = column.kind in ("text", "verdict", "link")
        put(
            sheet,
            top,
            index,
            column.header,
            theme.HEADER,
            _text_header(index) if is_text else theme.NUMBER_HEADER,
            fill=theme.HEADER_FILL,
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
    header = _height([column.header for column in table.columns], widths) + 4
    return [header, *(_height([_printed(value) for value in row], widths) for row in table.rows)]


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of the width, a little on the safe side."""
    per_line = max(width - 1, 4)
    return sum(_wrapped_lines(part, per_line) for part in text.split("\n"))


def _wrapped_lines(text: str, per_line: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        if used and used + 1 + len(word) > per_line:
            lines, used = lines + 1, 0.0
        used += len(word) + (1 if used else 0)
        if used > per_line:
            extra = math.ceil(used / per_line) - 1
            lines, used = lines + extra, used - extra * per_line
    return lines


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    lines = max(lines_needed(text, width) for text, width in zip(texts, widths, strict=False))
    return max(theme.ROW_HEIGHT, lines * theme.LINE_HEIGHT + 2)


def _text_header(index: int) -> Alignment:
    """A text beside a right-aligned number needs air between them."""
    return theme.TEXT_HEADER if index == 1 else theme.TEXT_HEADER_INSET


def _text_cell(index: int) -> Alignment:
    return theme.TEXT_CELL if index == 1 else theme.TEXT_CELL_INSET


def _printed(value: Value) -> str:
    if isinstance(value, Verdict):
        return f"● {value.word}"
    if isinstance(value, Link):
        return value.text
    return value if isinstance(value, str) else ""


def _write_value(
    sheet: Worksheet, row: int, index: int, column: Column, value: Value, strong: bool
) -> None:
    if isinstance(value, Reading):
        value = value.shown
    font = theme.STRONG if strong else theme.BODY
    fill = theme.EMPHASIS_FILL if strong else None
    is_text = column.kind in ("text", "verdict", "link")
    alignment = _text_cell(index) if is_text else theme.NUMBER_CELL
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
