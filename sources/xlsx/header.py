"""Which row of a sheet is the header, and what belongs to the table below it.

Belongs here: finding the row among the first twenty (case systems put a title and a date above
it), and telling rows of data from footnotes. Does not belong here: matching columns (`headers`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from expectations.contract import Column, Table
from sources.rejection import Rejection
from sources.values import fold
from sources.xlsx.cells import read
from sources.xlsx.sheet import Row, column_number, pieces
from sources.xlsx.workbook import Sheet, Workbook

_FIRST_ROWS = 20
_DIGITS_OF_A_PERSON = 9
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII)


class Header(NamedTuple):
    """`row`: its number in the sheet. `names`: from the first column, blank where there is none.
    `columns`: position to the contract's column.
    """

    row: int
    names: tuple[str, ...]
    columns: dict[int, Column]


class _Wanted:
    """The agreed names, as they are compared."""

    def __init__(self, table: Table) -> None:
        self._named = {fold_name(c.name): c for c in table.columns if not c.pattern}
        self._patterns = [(re.compile(c.pattern), c) for c in table.columns if c.pattern]
        self.required = {name for name, c in self._named.items() if not c.optional}
        self._weeks = [c for _, c in self._patterns if c.kind == "week_code"]

    def column(self, name: str) -> Column | None:
        """The contract's column of a folded name."""
        if name in self._named:
            return self._named[name]
        return next((c for pattern, c in self._patterns if pattern.fullmatch(name)), None)

    def share(self, names: Sequence[str]) -> float:
        """How much of what a header must hold these folded names hold: 1.0 is all."""
        weeks = sum(any(self.column(name) is week for name in names) for week in self._weeks)
        required = len(self.required) + len(self._weeks)
        held = len(self.required & set(names)) + weeks
        if held == required:
            return 1.0
        # The name that is missing may be the only one that is required: then the others tell.
        known = len(self._named.keys() & set(names)) + weeks
        return max(held / required, known / (len(self._named) + len(self._weeks)))


def find_header(book: Workbook, sheet: Sheet, table: Table) -> Header:
    """The first of the first twenty rows that holds all required columns.

    Where none does, the row with at least half of them is taken for the header, so that the
    missing one is named; Rejection when there is no such row.
    """
    wanted = _Wanted(table)
    best: tuple[float, Header] | None = None
    rows = chain.from_iterable(piece.rows for piece in pieces(book, sheet.part))
    for row in takewhile(lambda row: row.number <= _FIRST_ROWS, rows):
        names = _names(row, book)
        folded = [fold_name(name) if name else "" for name in names]
        share = wanted.share(folded)
        if best is None or share > best[0]:
            found = {at: wanted.column(name) for at, name in enumerate(folded) if name}
            columns = {at: column for at, column in found.items() if column is not None}
            best = share, Header(row.number, tuple(names), columns)
        if share == 1.0:
            break
    if best is None:
        raise Rejection("empty_file", "Regnearket er tomt.", "Levér filen igen.")
    share, header = best
    if share < 0.5:
        raise Rejection(
            "no_header",
            f"Ingen af arkets første {_FIRST_ROWS} rækker indeholder de aftalte kolonnenavne.",
            "Levér filen igen med kolonnenavne over tabellen.",
        )
    if share < 1.0:
        _refuse_merged_header(book, sheet, header)
    return header


def looks_like_data(row: Row, header: Header, book: Workbook) -> bool:
    """Whether a row fills at least half of the columns that every row must fill.

    A personal number counts when it has nine digits, so that a footnote in the first column does
    not.
    """
    needed = {at: column for at, column in header.columns.items() if column.required}
    cells = [(at, key) for at, key in row.cells if at in needed]
    texts, _ = read([key for _, key in cells], book)
    given = 0
    for (at, _), text in zip(cells, texts, strict=True):
        digits = sum(map(str.isdigit, text))
        given += needed[at].kind != "cpr" or digits >= _DIGITS_OF_A_PERSON
    return given > 0 and 2 * given >= len(needed)


def touches(area: str, first: int, last: int, width: int) -> bool:
    """Whether a merged area has cells in the rows `first` to `last` and the first `width` columns."""
    found = _AREA.fullmatch(area)
    if found is None or found[3] is None:
        return False
    top, bottom = int(found[2]), int(found[4])
    return top <= last and bottom >= first and column_number(found[1]) < width


def fold_name(name: str) -> str:
    """A header as it is compared; `headers.fold_header` for a text that is clean already."""
    return re.sub(r"[\s_-]", "_", fold(name))


def _names(row: Row, book: Workbook) -> list[str]:
    texts, _ = read([key for _, key in row.cells], book)
    names = [""] * (row.cells[-1][0] + 1)
    for (at, _), text in zip(row.cells, texts, strict=True):
        names[at] = text
    return names


def _refuse_merged_header(book: Workbook, sheet: Sheet, header: Header) -> None:
    """A merged header hides the names of the other columns, which would only seem to be missing."""
    for piece in pieces(book, sheet.part):
        for area in piece.merged:
            if touches(area, header.row, header.row, len(header.names)):
                raise Rejection(
                    "merged_cells",
                    f"Kolonnenavnene står i flettede celler ({area[:20]}).",
                    "Ophæv fletningen, skriv hvert kolonnenavn i sin celle, og levér filen igen.",
                )
