"""The rows of one sheet, streamed: which cells stand where, still as the file writes them.

Belongs here: going through the sheet's part cell by cell, and refusing formulas. Does not belong
here: which row is the header, what a cell's number means. Hidden rows and columns are rows and
columns like the others, so nothing here looks at what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sources.rejection import Rejection
from sources.xlsx.answers import unreadable
from sources.xlsx.workbook import NUMBER, Workbook, plain_text

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_MOST_PIECES = 4_096

SHARED, TEXT, BOOLEAN, ERROR, ISO = "s", "t", "b", "e", "i"
"""What a cell holds, beside the kinds of number in `xlsx.workbook`: the first sign of its key."""

_TYPES = {"s": SHARED, "str": TEXT, "inlineStr": TEXT, "b": BOOLEAN, "e": ERROR, "d": ISO}


class Row(NamedTuple):
    """A row: its number in the sheet, and its filled cells as (column from 0, key).

    A key is one sign for what the cell holds and then the text of the file, so that equal cells
    have equal keys and each distinct one is read once.
    """

    number: int
    cells: list[tuple[int, str]]


class Piece(NamedTuple):
    """Some rows in order, and the merged areas (`A1:C1`) met meanwhile."""

    rows: list[Row]
    merged: list[str]


def column_number(letters: str) -> int:
    """The column's number from 0; Rejection when there is no such column."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise unreadable()
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= LAST_COLUMN:
        raise unreadable()
    return number - 1


def pieces(book: Workbook, part: str) -> Iterator[Piece]:
    """Go through a sheet once; Rejection at the first formula, or when it is not a sheet."""
    rows: list[Row] = []
    merged: list[str] = []
    text: list[str] = []
    start, end = _handlers(book, rows, merged, text)
    for _ in book.archive.parse(part, start, end, text.append):
        if len(text) > _MOST_PIECES:
            raise unreadable()
        if rows or merged:
            yield Piece(rows.copy(), merged.copy())
            rows.clear()
            merged.clear()


def _handlers(
    book: Workbook, rows: list[Row], merged: list[str], text: list[str]
) -> tuple[Callable[[str, Mapping[str, str]], None], Callable[[str], None]]:
    """The parser's handlers. They are called some ten million times for a large sheet: hence one
    function with its own variables, and whole names compared instead of parts of names.
    """
    formats: dict[str | None, str] = {str(i): kind for i, kind in enumerate(book.formats)}
    formats[None] = book.formats[0] if book.formats else NUMBER
    blank = book.blank_strings
    columns: dict[str, int] = {}
    c = v = t = row = guide = inline = formula = merge = ""
    cells: list[tuple[int, str]] = []
    runs: list[str] = []
    number, column, kind, value, in_guide = 0, -1, NUMBER, "", False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal c, v, t, row, guide, inline, formula, merge
        nonlocal number, column, kind, value, in_guide
        text.clear()
        if name == c:
            reference = attributes.get("r")
            if reference is None:
                at = column + 1
            else:
                letters = reference.rstrip("0123456789")
                at = columns.get(letters, -1)
                if at < 0:
                    at = columns[letters] = column_number(letters)
            if not column < at < LAST_COLUMN:
                raise unreadable()
            column = at
            stored = attributes.get("t", "n")
            kind = formats.get(attributes.get("s"), NUMBER) if stored == "n" else _TYPES[stored]
            value = ""
        elif name == row:
            place = attributes.get("r")
            following = number + 1 if place is None else int(place)
            if not number < following <= LAST_ROW:
                raise unreadable()
            number, column = following, -1
        elif name == formula:
            raise Rejection(
                "formula",
                f"Regnearket indeholder formler (den første i række {number}).",
                "Kopiér tabellen, indsæt den som værdier i et nyt ark, og levér det.",
            )
        elif name == inline:
            runs.clear()
        elif name == guide:
            in_guide = True
        elif name == merge:
            merged.append(attributes.get("ref", ""))
        elif not c:
            space, _, root = name.rpartition("}")
            if root != "worksheet":
                raise unreadable()
            c, v, t, row, guide, inline, formula, merge = (
                f"{space}}}{one}" for one in ("c", "v", "t", "row", "rPh", "is", "f", "mergeCell")
            )

    def end(name: str) -> None:
        nonlocal value, in_guide, cells
        if name == v:
            value = "".join(text)
        elif name == c:
            if value and not (kind == SHARED and value in blank):
                if kind == TEXT:
                    value = plain_text(value)
                if value.strip():
                    cells.append((column, kind + value))
        elif name == row:
            if cells:
                rows.append(Row(number, cells))
                cells = []
        elif name == t:
            if not in_guide:
                runs.append("".join(text))
        elif name == guide:
            in_guide = False
        elif name == inline:
            value = "".join(runs)

    return start, end
