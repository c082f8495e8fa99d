"""What must hold of the tables of any workbook of a set, as its archive has them.

Belongs here: names, headers, numbers and marks, notes. Not here: how they look (`rules_of_looks`).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from tests.exports.archive import Book, S, SheetPart, TablePart, letters
from tests.exports.rule_parts import (
    DATA_SHEET,
    Rule,
    foot_of,
    style_of,
    tables_of,
)

MARKS = ("..", "·")
WORDS_FOR_NUMBERS = ("ikke oplyst", "kan ikke vises", "ikke med", "vist", "intet beløb", "intet")
_FEW = re.compile(r"under \d+")


def tables_have_unique_names_and_one_header_row(book: Book) -> Iterator[str]:
    """Real tables, ASCII names that are no cell references, headers that differ, no filter buttons."""
    tables = list(tables_of(book))
    yield from (
        n for n, times in Counter(t.name.casefold() for _, t in tables).items() if times > 1
    )
    for sheet, table in tables:
        headers = [sheet.text(table.top, c) for c in range(table.left, table.right + 1)]
        stated = [one.attrib["name"] for one in table.root.iter(f"{S}tableColumn")]
        unique = len({header.casefold() for header in headers}) == len(headers)
        named = re.fullmatch(r"[A-Za-z]+(_[A-Za-z0-9]+)+", table.name)
        plain = table.root.attrib.get("headerRowCount", "1") == "1"
        plain = plain and table.root.find(f"{S}autoFilter") is None
        if headers != stated or not unique or not all(headers) or not named or not plain:
            yield table.name


def every_block_of_figures_is_a_table(book: Book) -> Iterator[str]:
    """No number stands outside a table."""
    for sheet in book.sheets:
        inside = {place for table in sheet.tables for place in table.body()}
        for place, cell in sheet.cells.items():
            if isinstance(cell.value, float) and place not in inside:
                yield f"{sheet.name}!{letters(place[1])}{place[0]}"


def tables_stand_at_the_left_edge_one_to_a_block(book: Book) -> Iterator[str]:
    """From column A, with an empty row before the next block, and nothing beside them."""
    for sheet in book.sheets:
        for table in sheet.tables:
            beside = any(
                row in range(table.top, table.bottom + 1) and column > table.right
                for row, column in sheet.cells
            )
            below = any(row == table.bottom + 1 for row, _ in sheet.cells)
            if table.left != 1 or beside or below:
                yield table.name
        for before, after in itertools.pairwise(sheet.tables):
            if after.top <= before.bottom + 3:
                yield after.name


def tables_have_no_blank_row_or_column(book: Book) -> Iterator[str]:
    """Every row has its label and every column something in it."""
    for sheet, table in tables_of(book):
        rows = range(table.top + 1, table.bottom + 1)
        if any((row, 1) not in sheet.cells for row in rows):
            yield f"{table.name}: a row without a label"
        for column in range(table.left, table.right + 1):
            # A series of which nothing can be shown is a column of blanks on the data sheet.
            if sheet.name != DATA_SHEET and not any((row, column) in sheet.cells for row in rows):
                yield f"{table.name}: column {letters(column)}"


def empty_cells_have_a_reason(book: Book) -> Iterator[str]:
    """Blank cells stand on the data sheet alone, and it says what they mean."""
    for sheet in book.sheets:
        blank = [t.name for t in sheet.tables for place in t.body() if place not in sheet.cells]
        told = any("tom celle" in line for line in sheet.lines())
        if blank and not (sheet.name == DATA_SHEET and told):
            yield f"{sheet.name}: {blank[0]}"


def tables_have_title_unit_and_source_above(book: Book) -> Iterator[str]:
    """Title, `Enhed:`, `Kilde:` and, where there are notes, `Noter:` right above the header."""
    for sheet, table in tables_of(book):
        row = table.top - 1
        if sheet.text(row).startswith("Noter: "):
            row -= 1
        while row > 1 and not sheet.text(row).startswith(("Kilde: ", "Enhed: ")):
            row -= 1  # a source may take more than one line
        above = [sheet.text(row), sheet.text(row - 1), sheet.text(row - 2)]
        if not (above[0].startswith("Kilde: ") and above[1].startswith("Enhed: ") and above[2]):
            yield table.name


def notes_are_explained_and_referred_to(book: Book) -> Iterator[str]:
    """Each number a table refers to is explained on the sheet, and no note is left over."""
    for sheet in book.sheets:
        asked = {
            int(number)
            for table in sheet.tables
            for number in re.findall(r"\d+", _notes_line(sheet, table))
        }
        told = {
            int(match[1])
            for line in foot_of(sheet)
            for match in [re.match(r"(\d+)\. ", line)]
            if match is not None
        }
        if asked != told:
            yield f"{sheet.name}: {sorted(asked ^ told)}"


def marks_are_explained_where_they_stand(book: Book) -> Iterator[str]:
    """`..`, `–` and `·` are each explained on every sheet that has them."""
    for sheet in book.sheets:
        foot = "\n".join(foot_of(sheet))
        cells = [
            sheet.cells[place] for t in sheet.tables for place in t.body() if place in sheet.cells
        ]
        found = {cell.value for cell in cells if cell.value in MARKS}
        if any(cell.value == 0.0 for cell in cells):
            found.add("–")
        for mark, words in (("..", ".. Tallet"), ("·", "· Tallet"), ("–", "– Nul")):
            if mark in found and words not in foot:
                yield f"{sheet.name}: {mark}"


def a_dash_is_a_zero(book: Book) -> Iterator[str]:
    """As it is explained: a dash is how the number zero reads, and never a text that stands for nothing at all."""
    for sheet, table in tables_of(book):
        for row, column in table.body():
            if (cell := sheet.cells.get((row, column))) and cell.value in ("–", "-"):
                yield f"{sheet.name}!{letters(column)}{row}"


def numbers_stay_numbers_beside_marks(book: Book) -> Iterator[str]:
    """A column that holds a number holds nothing else but marks and fixed words; no number is a text."""
    for sheet, table in tables_of(book):
        for column in range(table.left, table.right + 1):
            values = [
                sheet.cells[place].value
                for place in table.body()
                if place[1] == column and place in sheet.cells
            ]
            texts = [value for value in values if isinstance(value, str)]
            if len(texts) < len(values):
                texts = [t for t in texts if t not in (*MARKS, *WORDS_FOR_NUMBERS)]
                if not all(_FEW.fullmatch(text) for text in texts):
                    yield f"{table.name}: column {letters(column)} {texts[:1]}"
            elif (
                column > 1
                and any(re.fullmatch(r"-?\d+(,\d+)?", t) for t in texts)
                and _is_right(book, sheet, table, column)
            ):
                yield f"{table.name}: column {letters(column)} is text"


def numbers_are_written_the_danish_way(book: Book) -> Iterator[str]:
    """Every number in a table has a Danish format, and a zero reads as a dash."""
    formats = {
        one.attrib["numFmtId"]: one.attrib["formatCode"] for one in book.styles.iter(f"{S}numFmt")
    }
    for sheet, table in tables_of(book):
        for place in table.body():
            cell = sheet.cells.get(place)
            if cell is not None and isinstance(cell.value, float):
                code = formats.get(style_of(book, cell.style).attrib["numFmtId"], "")
                if not (code.startswith("[$-406]") and code.endswith('"–"')):
                    yield f"{sheet.name}!{letters(place[1])}{place[0]}"


def tables_have_descriptions(book: Book) -> Iterator[str]:
    """For who cannot see them, as charts have."""
    for _, table in tables_of(book):
        if not re.search(r"<x14:table altText=\"[^\"]{10,}\"", table.text):
            yield table.name


RULES: tuple[Rule, ...] = (
    tables_have_unique_names_and_one_header_row,
    every_block_of_figures_is_a_table,
    tables_stand_at_the_left_edge_one_to_a_block,
    tables_have_no_blank_row_or_column,
    empty_cells_have_a_reason,
    tables_have_title_unit_and_source_above,
    notes_are_explained_and_referred_to,
    marks_are_explained_where_they_stand,
    a_dash_is_a_zero,
    numbers_stay_numbers_beside_marks,
    numbers_are_written_the_danish_way,
    tables_have_descriptions,
)


def _notes_line(sheet: SheetPart, table: TablePart) -> str:
    line = sheet.text(table.top - 1)
    return line if line.startswith("Noter: ") else ""


def _is_right(book: Book, sheet: SheetPart, table: TablePart, column: int) -> bool:
    """Whether the column is set as numbers are."""
    cell = sheet.cells[table.top, column]
    alignment = style_of(book, cell.style).find(f"{S}alignment")
    return alignment is not None and alignment.attrib.get("horizontal") == "right"
