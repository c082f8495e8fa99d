"""Writing one cell: a text stays a text, a number a number, and nothing becomes a formula.

Belongs here: the only place where a value reaches openpyxl. Not here: where on the sheet it stands
(`page`, `table`).
"""

from __future__ import annotations

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exports.cpr_pattern import mask_cpr
from exports.workbook.figures import Mark

_LONGEST = 32_767
_FORMULA_SIGNS = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """A text from outside as a cell can hold it: no control characters, not longer than a cell, no
    CPR.
    """
    plain = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    masked = mask_cpr(plain)
    return masked if len(masked) <= _LONGEST else masked[: _LONGEST - 1] + "…"


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | float | Mark | None,
    font: Font,
    alignment: Alignment,
    number_format: str = "General",
    fill: PatternFill | None = None,
    border: Border | None = None,
) -> Cell:
    """Write a value with its style and return the cell; None leaves it a true blank."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "a merged cell is never written to"
    cell.font = font
    cell.alignment = alignment
    if fill is not None:
        cell.fill = fill
    if border is not None:
        cell.border = border
    if isinstance(value, Mark):
        value = value.value
    if isinstance(value, str):
        cell.value = clean(value)
        # openpyxl takes a text that begins with = for a formula and one like #N/A for an error.
        cell.data_type = "s"
        if value.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value
        cell.number_format = number_format
    return cell


def put_link(cell: Cell, sheet_title: str, font: Font) -> None:
    """Make a written text lead to the first cell of another sheet of the same workbook."""
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{sheet_title}'!A1", display=str(cell.value)
    )
    cell.font = font
