"""One cell of a written workbook, read back.

Belongs here: what a reader sees in it. Not here: what it means (`exports.explanation`).
"""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException


class NoWorkbook(ValueError):  # noqa: N818
    """A file that is no workbook."""


def cell_value(path: Path, sheet: str, cell: str) -> str | float | None:
    """The text or number of a cell, None for a blank one; raises `KeyError` for a sheet that is not there, `NoWorkbook`."""
    try:
        book = load_workbook(path, read_only=True)
    except (InvalidFileException, BadZipFile):
        raise NoWorkbook(path.name) from None
    try:
        value = book[sheet][cell].value
    finally:
        book.close()
    return value if isinstance(value, int | float) or value is None else str(value)
