"""What must hold of the printed pages of any workbook of a set and of the words on them, as its archive has them.

Belongs here: where pages begin, and whether words and numbers have room. Letters are measured by the tables of Adobe's
Helvetica, which Arial is as wide as, and not by the writer's own. Not here: paper and footers (`rules_of_sheets`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import matplotlib

from tests.exports.archive import Book, S, SheetPart, letters
from tests.exports.rule_parts import NOTES_HEADINGS, Rule, tables_of

_ACROSS = {"portrait": 527.6, "landscape": 774.2}
_DOWN = {"portrait": 748.3, "landscape": 501.7}
"""A4 within the margins of `rules_of_sheets`, in points."""
_POINTS_PER_UNIT = 5.25
_LONGEST = 28.0
"""A word wider than this many digits may be broken."""
_MARGIN = 0.7
"""Of a column's width, the room left and right of its words."""


def pages_that_go_on_with_a_table_show_its_header(book: Book) -> Iterator[str]:
    """A page ends within a table only where the table is the sheet's last and its header is repeated."""
    titles = _print_titles(book)
    for number, sheet in enumerate(book.sheets):
        for table in sheet.tables:
            cut = [row for row in _breaks(sheet) if table.top <= row < table.bottom]
            is_last = table is sheet.tables[-1]
            if cut and not (is_last and titles.get(number) == (table.top, table.top)):
                yield table.name


def pages_end_where_the_sheet_says(book: Book) -> Iterator[str]:
    """Between two breaks no more rows than a page holds, so that no other page begins where a table goes on."""
    titles = _print_titles(book)
    for number, sheet in enumerate(book.sheets):
        setup = sheet.root.find(f"{S}pageSetup")
        assert setup is not None
        turned = setup.attrib["orientation"]
        across = _POINTS_PER_UNIT * sum(_widths(sheet).values())
        page = _DOWN[turned] * max(1.0, across / _ACROSS[turned])
        heights = {
            int(row.attrib["r"]): float(row.attrib.get("ht", "15"))
            for row in sheet.root.iter(f"{S}row")
        }
        repeated = titles.get(number, (1, 0))
        again = sum(heights.get(row, 15.0) for row in range(repeated[0], repeated[1] + 1))
        ends = [0, *_breaks(sheet), max(heights)]
        for before, end in itertools.pairwise(ends):
            used = sum(heights.get(row, 15.0) for row in range(before + 1, end + 1))
            if used + (again if before >= repeated[1] else 0.0) > page:
                yield f"{sheet.name}: rows {before + 1} to {end}"


def words_and_numbers_have_room(book: Book) -> Iterator[str]:
    """No word of a table is wider than its column, so none is broken, and no number stands as `###`."""
    for sheet, table in tables_of(book):
        widths = _widths(sheet)
        for row in range(table.top, table.bottom + 1):
            for column in range(table.left, table.right + 1):
                cell = sheet.cells.get((row, column))
                if cell is None:
                    continue
                words = _words(cell.value)
                widest = max((_width(word, row == table.top) for word in words), default=0.0)
                if min(widest, _LONGEST) + _MARGIN > widths[column]:
                    yield f"{sheet.name}!{letters(column)}{row}: {cell.value}"


def notes_stand_with_what_they_explain(book: Book) -> Iterator[str]:
    """The page the notes begin on holds the end of a table or a chart too: none has notes alone, or a header over them."""
    for sheet in book.sheets:
        for (row, column), cell in sheet.cells.items():
            if column != 1 or cell.value not in NOTES_HEADINGS:
                continue
            begins = max((end for end in _breaks(sheet) if end < row), default=0) + 1
            ends = [*(t.bottom for t in sheet.tables), *(f.last_row for f in sheet.frames)]
            if not any(begins <= end < row for end in ends):
                yield f"{sheet.name}: row {row}"


RULES: tuple[Rule, ...] = (
    pages_that_go_on_with_a_table_show_its_header,
    notes_stand_with_what_they_explain,
    pages_end_where_the_sheet_says,
    words_and_numbers_have_room,
)


def _words(value: str | float) -> list[str]:
    if isinstance(value, str):
        return re.split(r"(?<=[-–])|\s", value)
    return [f"{value:,.0f}"]


def _print_titles(book: Book) -> dict[int, tuple[int, int]]:
    """The rows repeated on every page by the sheet's number."""
    return {
        int(name.attrib["localSheetId"]): (int(found[1]), int(found[2]))
        for name in book.workbook.iter(f"{S}definedName")
        if name.attrib["name"] == "_xlnm.Print_Titles"
        for found in [re.search(r"\$(\d+):\$(\d+)$", name.text or "")]
        if found is not None
    }


def _breaks(sheet: SheetPart) -> list[int]:
    """The rows that end a page."""
    return [int(one.attrib["id"]) for one in sheet.root.iter(f"{S}brk")]


def _widths(sheet: SheetPart) -> dict[int, float]:
    return {
        number: float(one.attrib["width"])
        for one in sheet.root.iter(f"{S}col")
        for number in range(int(one.attrib["min"]), int(one.attrib["max"]) + 1)
    }


def _width(word: str, bold: bool) -> float:
    """In digits."""
    table = _letters("phvb8a" if bold else "phvr8a")
    return sum(table.get(letter, 556.0) for letter in word) / 556.0


@cache
def _letters(font: str) -> dict[str, float]:
    names = {"ae": "æ", "AE": "Æ", "oslash": "ø", "Oslash": "Ø", "aring": "å", "Aring": "Å"}
    text = (Path(matplotlib.get_data_path()) / "fonts" / "afm" / f"{font}.afm").read_text("latin-1")
    found = re.findall(r"^C (-?\d+) ; WX (\d+) ; N (\w+)", text, re.MULTILINE)
    return {
        names.get(name, chr(int(code)) if int(code) > 0 else ""): float(width)
        for code, width, name in found
    }
