"""What a cell of a table may hold, and the words a reader sees of it.

Belongs here: the forms of a value, and how a number reads in Danish. Not here: tables (`table`), writing a cell (`cells`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.workbook import theme
from exports.workbook.figures import Mark, Origin, Reading
from exports.workbook.labels import danish

_WHOLE = ("count", "number", "amount")


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


def number_words(number: float, column_kind: theme.Kind, number_format: str = "") -> str:
    """A number as the workbook shows it: Danish, rounded, a true zero as a dash."""
    if number == 0:
        return "–"
    if number_format:
        decimals = max(map(len, re.findall(r"0\.(0+)", number_format)), default=0)
        unit = re.search(r'" ([^"]+)"', number_format)
        sign = "+" if "+" in number_format and number > 0 else ""
        return f"{sign}{danish(number, decimals)}{f' {unit[1]}' if unit else ''}"
    return danish(number, 0 if column_kind in _WHOLE else 2 if column_kind == "score" else 1)


def words_of(value: Value, column_kind: theme.Kind) -> str:
    """What a reader sees of a value in a column of the kind; nothing of a blank."""
    number_format = ""
    if isinstance(value, Verdict):
        return f"{theme.VERDICTS[value.code].symbol} {value.word}"
    if isinstance(value, Link):
        return value.text
    if isinstance(value, Quantity):
        number_format, value = value.number_format, value.number
    elif isinstance(value, Reading):
        value = value.shown
    if isinstance(value, Mark):
        return value.value
    if value is None or isinstance(value, str):
        return value or ""
    return number_words(value, column_kind, number_format)
