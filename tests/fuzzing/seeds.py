"""Good files of every format with canaries in them, to start spoiling from.

Belongs here: the files. Not here: spoiling them (`mutation`).

The canaries stand in the column of personal numbers, in free text, in a code, in a required text and in a header:
wherever a number may come by mistake.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from expectations.contract import Table
from tests.canaries import CANARIES
from tests.foreign.formats import FORMATS, write_as
from tests.fuzzing.attempt import contract_of
from tests.sources.contract_rows import rows_of
from tests.sources.xlsx_making import Sheet, book

FIRST, SECOND, _ = CANARIES
HYPHENATED = f"{SECOND[:6]}-{SECOND[6:]}"
ROWS = 12


class Seed(NamedTuple):
    """A good file: whose delivery it is, its ending, its bytes."""

    source: str
    ending: str
    content: bytes


def planted(table: Table) -> list[dict[str, Any]]:
    """Rows of a table with canaries wherever a personal number may stand by mistake."""
    rows = rows_of(table, ROWS)
    own = next((column.name for column in table.columns if column.kind == "cpr"), "")
    if own:
        rows[0][own], rows[1][own], rows[2][own] = FIRST, HYPHENATED, f"{FIRST}0"
    free = [c.name for c in table.columns if c.kind in ("code", "text")]
    for at, name in enumerate(free):
        rows[3 + at % (ROWS - 3)][name] = f"se {HYPHENATED}" if at % 2 else FIRST
    for row in rows:
        row[f"note {FIRST}"] = "x"
    return rows


@lru_cache
def text_seeds() -> tuple[Seed, ...]:
    """CSV in every encoding and with every delimiter, packed and not, quoted and not; DREAM's wide form."""
    found = [
        Seed(source, ".csv", _written(source, form))
        for form in FORMATS
        if form.startswith("csv ")
        for source in ("population", "compensation", "income", "dream")
    ]
    found += [
        Seed(source, ".csv", _written(source, "csv utf-8 ';'"))
        for source in ("spending", "dream_key")
    ]
    found += [Seed("courses", ".csv", _quoted("courses")), Seed("dream", ".csv", _quoted("dream"))]
    found += [Seed("population", ".csv", b"\xef\xbb\xbf" + _quoted("population"))]
    found += [Seed("compensation", ".csv", _quoted("compensation").decode().encode("utf-16"))]
    packed = (found[0], found[3], found[-1])
    return (*found, *(Seed(s.source, ".csv.gz", gzip.compress(s.content, mtime=0)) for s in packed))


@lru_cache
def workbook_seeds() -> tuple[Seed, ...]:
    """Workbooks of one table, and of the registers: shared strings, dates, hidden and merged things."""
    found = [
        Seed(source, ".xlsx", _written(source, "xlsx"))
        for source in ("population", "income", "dream")
    ]
    tables = contract_of("registers").tables
    sheets = {
        table.name: Sheet([list(rows[0]), *(list(row.values()) for row in rows)])
        for table in tables[:4]
        for rows in [planted(table)]
    }
    sheets[f"andet {FIRST}"] = Sheet([[FIRST, HYPHENATED, int(FIRST)]], state="veryHidden")
    return (*found, Seed("registers", ".xlsx", book(sheets)))


@lru_cache
def other_seeds(*forms: str) -> tuple[Seed, ...]:
    """Files of the other formats."""
    return tuple(
        Seed(source, FORMATS[form][0], _written(source, form))
        for form in forms
        for source in ("population", "compensation", "income", "dream")
    )


def _written(source: str, form: str) -> bytes:
    table = contract_of(source).table
    rows = planted(table)
    columns = [name.replace(" ", "_") for name in rows[0]]
    rows = [dict(zip(columns, row.values(), strict=True)) for row in rows]
    with TemporaryDirectory() as folder:
        return write_as(form, Path(folder), "seed", rows, columns).read_bytes()


def _quoted(source: str) -> bytes:
    """CSV with every cell in quotation marks, one with a line feed and a doubled mark in it."""
    rows = list(_cells(planted(contract_of(source).table)))
    rows[-1][-1] = 'to\nlinjer "citat"'
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def _cells(rows: list[dict[str, Any]]) -> Iterator[list[str]]:
    yield list(rows[0])
    for row in rows:
        yield ["" if value is None else str(value) for value in row.values()]
