"""Which figure each number of the workbook shows: `data/cells.csv`, which `midtvejs explain` and a
reader with a spreadsheet follow back to `data/indicators.csv`.

Belongs here: walking the tables as they were written. Not here: writing them (`table`), telling
about one cell (`exports.explanation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace

from openpyxl.utils import get_column_letter

from exports.csv_text import csv_bytes, safe_text
from exports.target_group import qualified
from exports.workbook.figures import Mark, Origin, Reading
from exports.workbook.table import Table
from exports.workbook.values import Link, Quantity, Value, Verdict

OWN_SOURCE = "Kilde"
"""The column of a table whose rows each have their own source."""


@dataclass(frozen=True)
class PlacedTable:
    """A table as it was written: on which sheet, and at which row its header stands."""

    sheet: str
    top: int
    table: Table


@dataclass(frozen=True)
class Entry:
    """One number (or the mark in its place): where it stands, and which figure it shows.

    `row` and `column` are the words at the head of its row and column. The fields from `indicator`
    to `value2` are the key of the figure in `indicators.csv` and `part` the column it is read from;
    they are blank for a number of another origin, such as the counts of a delivery, which `source`
    names. `compared_with` is the period subtracted from it, where the cell shows a change.
    """

    sheet: str
    cell: str
    table: str
    row: str
    column: str
    indicator: str = ""
    variant: str = ""
    period: str = ""
    group: str = ""
    dim1: str = ""
    value1: str = ""
    dim2: str = ""
    value2: str = ""
    part: str = ""
    compared_with: str = ""
    source: str = ""


ENTRY_COLUMNS = tuple(field.name for field in fields(Entry))


def entries(placed: Sequence[PlacedTable]) -> Iterator[Entry]:
    """Every number of the tables, in the order of sheets, rows and columns."""
    for one in placed:
        headers = [column.header for column in one.table.columns]
        for offset, values in enumerate(one.table.rows, start=1):
            label = _words(values[0])
            for index, (header, value) in enumerate(zip(headers, values, strict=True), start=1):
                if _is_number(value):
                    cell = f"{get_column_letter(index)}{one.top + offset}"
                    place = (one.sheet, cell, one.table.name, label, header)
                    yield _entry(place, _origin(value), _source(one.table, values))


def cell_map_bytes(placed: Sequence[PlacedTable], rule: str) -> bytes:
    """The CSV of `entries`, with the variants as `indicators.csv` has them under the target-group rule."""
    named = (
        replace(entry, variant=qualified(entry.variant, entry.group, rule))
        for entry in entries(placed)
    )
    rows = ([safe_text(text) for text in astuple(entry)] for entry in named)
    return csv_bytes(ENTRY_COLUMNS, rows)


def _entry(place: tuple[str, str, str, str, str], origin: Origin | None, source: str) -> Entry:
    return Entry(*place, source=source) if origin is None else Entry(*place, *astuple(origin))


def _source(table: Table, row: Sequence[Value]) -> str:
    """Where a number of no indicator is from: what its row says where each has its own source, else what the table says."""
    headers = [column.header for column in table.columns]
    return _words(row[headers.index(OWN_SOURCE)]) if OWN_SOURCE in headers[1:] else table.source


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return False
    return isinstance(value, int | float | Reading | Quantity | Mark)


def _origin(value: Value) -> Origin | None:
    return value.origin if isinstance(value, Reading | Quantity) else None


def _words(value: Value) -> str:
    if isinstance(value, Link):
        return value.text
    if isinstance(value, Verdict):
        return value.word
    return value if isinstance(value, str) else ""
