"""The start of a text table: its header line, its delimiter, its first row.

Belongs here: taking a line apart by hand, quotes and all. Does not belong here: the rows
(`text.files`).
"""

from __future__ import annotations

import csv
import io
from itertools import chain
from pathlib import Path

from expectations.contract import Table
from sources.headers import fold_header
from sources.rejection import Rejection
from sources.text.form import TextForm, utf8_chunks

_LONGEST_HEADER = 4 << 20
_DELIMITERS = ";,\t"


def head_of(path: Path, form: TextForm) -> str:
    """The start of the text: enough for the header and the first row."""
    collected = b""
    for chunk in utf8_chunks(path, form):
        collected += chunk
        if len(collected) >= _LONGEST_HEADER:
            break
    head = collected.decode("utf-8", errors="ignore")
    if not head.strip():
        raise Rejection("empty_file", "Filen er tom.", "Levér filen igen.")
    return head


def record_at(text: str, start: int) -> tuple[str, int]:
    """One line from `start`, quoted newlines included, and where the next one begins."""
    quoted = False
    for at in range(start, len(text)):
        char = text[at]
        if char == '"':
            quoted = not quoted
        elif char in "\r\n" and not quoted:
            after = at + 2 if text[at : at + 2] == "\r\n" else at + 1
            return text[start:at], after
    return text[start:], len(text)


def split_cells(line: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    return list(chain.from_iterable(rows))


def delimiter_of(line: str, table: Table) -> str:
    """The delimiter that makes most agreed names of the header line; never guessed from a row."""
    wanted = {fold_header(column.name) for column in table.columns}

    def known(delimiter: str) -> tuple[int, int]:
        cells = split_cells(line, delimiter)
        return sum(fold_header(cell) in wanted for cell in cells), len(cells)

    return max(_DELIMITERS, key=known)


def line_count(blank: str) -> int:
    return len(blank.splitlines())
