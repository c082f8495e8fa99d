"""CSV deliveries as raw tables.

Belongs here: the header line, the delimiter found in it, rows of the wrong length, trailing
delimiters and row numbers. Does not belong here: encodings (`text_form`), what the cells mean.
"""

from __future__ import annotations

import bisect
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

from expectations.contract import Table
from sources.headers import fold_header
from sources.raw import RawBatch
from sources.rejection import Rejection
from sources.text_form import ChunkStream, TextForm, examine, utf8_chunks

_BLOCK = 8 << 20
_LONGEST_HEADER = 4 << 20
_DELIMITERS = ";,\t"
_TEXT = pa.dictionary(pa.int32(), pa.string())
_MOST_LINES_IN_A_ROW = 20
_MOST_RAGGED = 500_000


class TextTable:
    """A CSV file. Rows are numbered as lines of the table, the header being row 1."""

    left_out = ()

    def __init__(self, path: Path, form: TextForm, table: Table) -> None:
        self._path = path
        self._form = form
        self.encoding = form.encoding
        head = _head(path, form)
        start = head[: len(head) - len(head.lstrip("\r\n"))]
        line, after = _record(head, len(start))
        self._skip = len(head[:after].encode("utf-8"))
        self.delimiter = _delimiter(line, table)
        cells = _split(line, self.delimiter)
        while cells and not cells[-1].strip():
            cells.pop()
        self.header: tuple[str, ...] = tuple(cells)
        self._lines_before = _lines(start)
        # Columns the rows have beyond the named ones; they must be blank (a trailing delimiter).
        self._unnamed = self._unnamed_columns(head, after)

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order. Rejection when the file ends inside a row or rows cannot be told
        apart.
        """
        width = len(self.header) + self._unnamed
        if not any(chunk.strip() for chunk in self._body()):
            return
        names = [str(index) for index in range(width)]
        chosen = [*wanted, *range(len(self.header), width)]
        ragged = _Ragged(len(self.header), self.delimiter)
        reader: Iterator[pa.RecordBatch] | None = None
        first = 1
        while True:
            try:
                reader = reader or self._reader(names, chosen, ragged)
                batch = next(reader, None)
            except (pa.ArrowException, UnicodeDecodeError):
                raise _unreadable() from None
            if batch is None:
                break
            numbers = ragged.numbers_of(first, batch.num_rows)
            first = int(numbers[-1]) + 1 if len(numbers) else first
            yield self._raw(batch, numbers, chosen, ragged.take_before(first))
        last = ragged.take_before(None)
        cut = last and last[-1].short and last[-1].number >= first
        if cut and not self._form.ends_with_newline:
            raise Rejection(
                "truncated",
                "Filen er skåret over midt i den sidste række.",
                "Levér hele filen igen.",
            )
        if last:
            empty = pa.record_batch([pa.array([], _TEXT)] * len(chosen), [names[i] for i in chosen])
            yield self._raw(empty, np.zeros(0, np.int64), chosen, last)

    def _raw(
        self,
        batch: pa.RecordBatch,
        numbers: npt.NDArray[np.int64],
        chosen: Sequence[int],
        odd: Sequence[_OddRow],
    ) -> RawBatch:
        """A batch with its repairable odd rows in their place, and the others named as ragged."""
        cells = {index: batch.column(at) for at, index in enumerate(chosen)}
        repaired = [row for row in odd if row.cells is not None]
        ragged = [row.number for row in odd if row.cells is None and not row.blank]
        if repaired:
            numbers = np.concatenate([numbers, [row.number for row in repaired]])
            order = np.argsort(numbers)
            numbers = numbers[order]
            for index in chosen:
                more = [row.cell(index) for row in repaired]
                texts = [cells[index].cast(pa.string()), pa.array(more, pa.string())]
                cells[index] = pa.concat_arrays(texts).take(pa.array(order))
        keep = np.ones(len(numbers), dtype=bool)
        for index in range(len(self.header), len(self.header) + self._unnamed):
            filled = cells.pop(index).cast(pa.string()).to_numpy(zero_copy_only=False) != ""
            keep &= ~filled
        if not keep.all():
            ragged += numbers[~keep].tolist()
            cells = {index: column.filter(pa.array(keep)) for index, column in cells.items()}
            numbers = numbers[keep]
        offset = 1 + self._lines_before
        return RawBatch(cells, numbers + offset, tuple(sorted(n + offset for n in ragged)))

    def _reader(
        self, names: list[str], chosen: list[int], ragged: _Ragged
    ) -> Iterator[pa.RecordBatch]:
        stream = io.BufferedReader(ChunkStream(self._body()), _BLOCK)
        return iter(
            pa_csv.open_csv(
                stream,
                read_options=pa_csv.ReadOptions(
                    column_names=names, block_size=_BLOCK, use_threads=False
                ),
                parse_options=pa_csv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=self._form.quoted,
                    quote_char='"' if self._form.quoted else False,
                    ignore_empty_lines=False,
                    invalid_row_handler=ragged.add,
                ),
                convert_options=pa_csv.ConvertOptions(
                    include_columns=[names[index] for index in chosen],
                    column_types={names[index]: _TEXT for index in chosen},
                    strings_can_be_null=False,
                ),
            )
        )

    def _body(self) -> Iterator[bytes]:
        """The text after the header line, with a final newline so that the last row is a row."""
        left = self._skip
        for chunk in utf8_chunks(self._path, self._form):
            rest = chunk[left:]
            left -= len(chunk) - len(rest)
            if rest:
                yield rest
        if not self._form.ends_with_newline:
            yield b"\n"

    def _unnamed_columns(self, head: str, after: int) -> int:
        """How many cells the first filled row has beyond the header, when all of them are blank."""
        while after < len(head):
            line, after = _record(head, after)
            cells = _split(line, self.delimiter)
            if any(cell.strip() for cell in cells):
                beyond = cells[len(self.header) :]
                return 0 if any(cell.strip() for cell in beyond) else len(beyond)
        return 0


class _OddRow:
    """A row whose number of cells is not the expected one; `cells` when it can be repaired."""

    def __init__(self, number: int, short: bool, text: str, delimiter: str, width: int) -> None:
        self.number = number
        self.short = short
        found = _split(text, delimiter)
        beyond = found[width:]
        self.blank = not any(cell.strip() for cell in found)
        whole = len(found) >= width and not any(cell.strip() for cell in beyond)
        self.cells = found[:width] if whole and not self.blank else None

    def cell(self, index: int) -> str:
        """The cell at a column position; blank beyond the named columns."""
        return self.cells[index] if self.cells is not None and index < len(self.cells) else ""


class _Ragged:
    """Collects odd rows while the reader runs ahead, and gives row numbers to the others."""

    def __init__(self, width: int, delimiter: str) -> None:
        self._width = width
        self._delimiter = delimiter
        self._rows: list[_OddRow] = []

    def add(self, row: pa_csv.InvalidRow) -> str:
        """The reader's handler: keep what is needed and let it go on."""
        lines = row.text.count("\n")
        short = row.actual_columns < self._width
        kept = _OddRow(row.number, short, row.text, self._delimiter, self._width)
        if lines > _MOST_LINES_IN_A_ROW or len(self._rows) >= _MOST_RAGGED:
            return "error"
        self._rows.append(kept)
        return "skip"

    def numbers_of(self, first: int, count: int) -> npt.NDArray[np.int64]:
        """The numbers of the next `count` regular rows, from `first` on."""
        odd = {row.number for row in self._rows}
        candidates = np.arange(first, first + count + len(odd), dtype=np.int64)
        if odd:
            candidates = candidates[~np.isin(candidates, list(odd))]
        return candidates[:count]

    def take_before(self, number: int | None) -> list[_OddRow]:
        """Hand over the odd rows numbered below `number` (all of them when None)."""
        at = (
            len(self._rows)
            if number is None
            else bisect.bisect_left([row.number for row in self._rows], number)
        )
        taken, self._rows = self._rows[:at], self._rows[at:]
        return taken


def open_text(path: Path, table: Table) -> TextTable:
    """Open a CSV delivery, packed with gzip or not; Rejection when it is not whole or not text."""
    packed = path.name.casefold().endswith(".gz")
    return TextTable(path, examine(path, packed=packed), table)


def _unreadable() -> Rejection:
    return Rejection(
        "unreadable", "Filen kan ikke læses som en tabel.", "Levér filen igen som CSV."
    )


def _head(path: Path, form: TextForm) -> str:
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


def _record(text: str, start: int) -> tuple[str, int]:
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


def _split(line: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    return list(chain.from_iterable(rows))


def _delimiter(line: str, table: Table) -> str:
    """The delimiter that makes most agreed names of the header line; never guessed from a row."""
    wanted = {fold_header(column.name) for column in table.columns}

    def known(delimiter: str) -> tuple[int, int]:
        cells = _split(line, delimiter)
        return sum(fold_header(cell) in wanted for cell in cells), len(cells)

    return max(_DELIMITERS, key=known)


def _lines(blank: str) -> int:
    return len(blank.splitlines())
