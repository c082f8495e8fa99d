"""One cell of a written workbook, read back.

Belongs here: what a reader sees in it. Not here: what it means (`exports.explanation`).
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook


def cell_value(path: Path, sheet: str, cell: str) -> str | float | None:
    """The text or number of a cell, None for a blank one; raises `KeyError` for a sheet that is not there."""
    book = load_workbook(path, read_only=True)
    try:
        value = book[sheet][cell].value
    finally:
        book.close()
    return value if isinstance(value, int | float) or value is None else str(value)
