"""Filling in the handed-out workbook as another program would, and reading it through the intake.

Belongs here: values for every column, and the way from a file to stored rows. Not here: tests.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import Column, Table
from sources.intake import take_in
from sources.record import Delivery, DeliveryRecord
from tests.registers.sheets import CONTRACT, PLANS
from tests.sources.making import AT_ONCE, KEY, NOW

Value = str | int | float | bool | date | None
ROWS = 3
TEXTS = ("=1+1", "+45 i alt", "-ikke nu", "@kontoret", "Rådhuset, æøå", '1.1 "citat"', "0012")


def value(table: Table, column: Column, row: int) -> Value:
    """A value that keeps the contract, and the rules across a row: later columns hold later dates
    and smaller counts. Texts begin with every sign that makes a formula.
    """
    at = table.columns.index(column)
    match column.kind:
        case "date":
            return date(2019, 1, 1) + timedelta(days=31 * at + row)
        case "yes_no":
            return row % 2 == 0
        case "code":
            return column.values[row % len(column.values)]
        case "integer":
            least = column.minimum if isinstance(column.minimum, int) else 0
            return least + 20 - at + row
        case "number":
            return 10.5 + row
    if column.name == "plan":
        return PLANS[0].id
    return f"{TEXTS[(row + at) % len(TEXTS)]} {row}"


def typed(shown: Value) -> str | int | float | datetime | None:
    """A value as somebody types it: ja and nej, and a day is a date cell."""
    if isinstance(shown, bool):
        return "ja" if shown else "nej"
    if isinstance(shown, date):
        return datetime(shown.year, shown.month, shown.day)
    return shown


def write(sheet: Worksheet, row: int, column: int, shown: Value) -> None:
    """Type a value into a cell that takes it as what it is."""
    cell = sheet.cell(row, column)
    cell.value = typed(shown)
    if isinstance(shown, str):
        # Cells of text columns hold what is typed; the library alone would make a formula of it.
        cell.data_type = "s"


def first_free(sheet: Worksheet) -> int:
    """The first row below those handed out."""
    row = 2
    while sheet.cell(row, 1).value is not None:
        row += 1
    return row


def fill(path: Path, target: Path, rows: int = ROWS) -> dict[str, list[dict[str, Value]]]:
    """Fill in every column of every sheet below the rows handed out, by openpyxl, and save anew.

    Returns what each sheet holds then, row by row.
    """
    book = openpyxl.load_workbook(path)
    held: dict[str, list[dict[str, Value]]] = {}
    for table in CONTRACT.tables:
        sheet = book[table.name]
        first = first_free(sheet)
        held[table.name] = [
            {c.name: sheet.cell(at, n).value for n, c in enumerate(table.columns, start=1)}
            for at in range(2, first)
        ]
        for row in range(rows):
            held[table.name].append({c.name: value(table, c, row) for c in table.columns})
            for number, column in enumerate(table.columns, start=1):
                write(sheet, first + row, number, value(table, column, row))
    book.save(target)
    return held


def deliver(home: Path, file: Path) -> Delivery:
    """Put the file in the inbox as the source `registers` and take it in."""
    inbox = home / "inbox" / "registers"
    inbox.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, inbox / "registers.xlsx")
    (inbox / "registers.xlsx.done").touch()
    (delivery,) = take_in(CONTRACT, home / "inbox", home, KEY, AT_ONCE, NOW).new
    return delivery


def stored(home: Path, delivery: Delivery) -> dict[str, list[dict[str, Value]]]:
    """The rows the record keeps, sheet by sheet."""
    record = DeliveryRecord(home)
    return {
        name: pq.read_table(record.table_path(delivery, name)).to_pylist()
        for name in delivery.tables
    }
