"""CSV deliveries as raw tables.

Belongs here: rows in batches, rows of the wrong length, trailing delimiters, row numbers, and handing
over stretches of whole lines unread. Does not belong here: encodings (`text.form`), the
header line (`text.head`), what the cells mean.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

from expectations.contract import Table
from sources.raw import RawBatch
from sources.rejection import Rejection
from sources.text.form import ChunkStream, TextForm, examine, map_utf8, utf8_chunks
from sources.text.head import delimiter_of, head_of, line_count, record_at, split_cells
from sources.text.odd_rows import OddRow, Ragged

_BLOCK = 8 << 20
_STRETCH = 4 << 20
_TEXT = pa.dictionary(pa.int32(), pa.string())


class TextTable:
    """A CSV file. Rows are numbered as lines of the table, the header being row 1."""

    left_out = ()

    def __init__(self, path: Path, form: TextForm, table: Table) -> None:
        self._path = path
        self._form = form
        self.encoding = form.encoding
        head = head_of(path, form)
        start = head[: len(head) - len(head.lstrip("\r\n"))]
        line, after = record_at(head, len(start))
        self._skip = len(head[:after].encode("utf-8"))
        self.delimiter = delimiter_of(line, table)
        cells = split_cells(line, self.delimiter)
        while cells and not cells[-1].strip():
            cells.pop()
        self.header: tuple[str, ...] = tuple(cells)
        self.lines_before = line_count(start)
        # Columns the rows have beyond the named ones; they must be blank (a trailing delimiter).
        self._unnamed = self._unnamed_columns(head, after)

    @property
    def header_row(self) -> int:
        """Which line the header is; lines above it are blank."""
        return self.lines_before + 1

    @property
    def width(self) -> int:
        """How many cells a regular row has, the unnamed ones at its end included."""
        return len(self.header) + self._unnamed

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order. Rejection when the file ends inside a row or rows cannot be told
        apart.
        """
        if not self._is_blank():
            yield from self.read(self._body(), wanted, 1, last=True)

    def stretches(self, wanted: Sequence[int]) -> Iterator[Stretch | RawBatch]:
        """The rows in order as stretches of whole lines; as batches from where lines cannot be told
        apart by their line feeds alone. Rejection as for `batches`, also from a stretch when read.
        """
        if self._form.quoted or self._is_blank():
            yield from self.batches(wanted)
            return
        first, done = 1, 0
        for run in self._runs():
            if run.end == run.begin or _has_lone_return(run):
                rest = _after(self._body(), done)
                yield from self.read(rest, wanted, first, last=True)
                return
            lines = np.frombuffer(run.text, np.uint8, run.end - run.begin, run.begin)
            rows = int(np.count_nonzero(lines == ord("\n")))
            yield Stretch(self, lines, rows, first, tuple(wanted), last=run.last)
            first, done = first + rows, done + len(lines)

    def read(
        self, chunks: Iterator[bytes], wanted: Sequence[int], first: int, *, last: bool
    ) -> Iterator[RawBatch]:
        """The rows of whole lines, the first of them numbered `first`; `last`: whether the file ends
        with them.
        """
        names = [str(index) for index in range(self.width)]
        chosen = [*wanted, *range(len(self.header), self.width)]
        ragged = Ragged(len(self.header), self.delimiter)
        reader: Iterator[pa.RecordBatch] | None = None
        offset = self.lines_before + first
        begun = 1
        while True:
            try:
                reader = reader or self._reader(chunks, names, chosen, ragged)
                batch = next(reader, None)
            except (pa.ArrowException, UnicodeDecodeError):
                raise _unreadable() from None
            if batch is None:
                break
            numbers = ragged.numbers_of(begun, batch.num_rows)
            begun = int(numbers[-1]) + 1 if len(numbers) else begun
            yield self._raw(batch, numbers, chosen, ragged.take_before(begun), offset)
        odd = ragged.take_before(None)
        cut = odd and odd[-1].short and odd[-1].number >= begun
        if last and cut and not self._form.ends_with_newline:
            raise Rejection(
                "truncated",
                "Filen er skåret over midt i den sidste række.",
                "Levér hele filen igen.",
            )
        if odd:
            empty = pa.record_batch([pa.array([], _TEXT)] * len(chosen), [names[i] for i in chosen])
            yield self._raw(empty, np.zeros(0, np.int64), chosen, odd, offset)

    def _raw(
        self,
        batch: pa.RecordBatch,
        numbers: npt.NDArray[np.int64],
        chosen: Sequence[int],
        odd: Sequence[OddRow],
        offset: int,
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
        for index in range(len(self.header), self.width):
            filled = cells.pop(index).cast(pa.string()).to_numpy(zero_copy_only=False) != ""
            keep &= ~filled
        if not keep.all():
            ragged += numbers[~keep].tolist()
            cells = {index: column.filter(pa.array(keep)) for index, column in cells.items()}
            numbers = numbers[keep]
        return RawBatch(cells, numbers + offset, tuple(sorted(n + offset for n in ragged)))

    def _reader(
        self, chunks: Iterator[bytes], names: list[str], chosen: list[int], ragged: Ragged
    ) -> Iterator[pa.RecordBatch]:
        stream = io.BufferedReader(ChunkStream(chunks), _BLOCK)
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

    def _is_blank(self) -> bool:
        return not any(chunk.strip() for chunk in self._body())

    def _runs(self) -> Iterator[_Run]:
        """The body in runs of whole lines; a run without one is the last."""
        whole = map_utf8(self._path, self._form)
        if whole is not None:
            at = self._skip + len(self._form.mark)
            while at < len(whole):
                run = _Run(whole, at, whole.rfind(b"\n", at, at + _STRETCH) + 1 or at, last=False)
                yield run
                at = run.end
            return
        body = self._body()
        waiting = next(body, b"")
        while waiting:
            following = next(body, b"")
            end = len(waiting) if not following else waiting.rfind(b"\n") + 1
            yield _Run(waiting, 0, end, last=not following)
            waiting = waiting[end:] + following

    def _body(self) -> Iterator[bytes]:
        """The text after the header line, with a final newline so that the last row is a row."""
        yield from _after(utf8_chunks(self._path, self._form), self._skip)
        if not self._form.ends_with_newline:
            yield b"\n"

    def _unnamed_columns(self, head: str, after: int) -> int:
        """How many cells the first filled row has beyond the header, when all of them are blank."""
        while after < len(head):
            line, after = record_at(head, after)
            cells = split_cells(line, self.delimiter)
            if any(cell.strip() for cell in cells):
                beyond = cells[len(self.header) :]
                return 0 if any(cell.strip() for cell in beyond) else len(beyond)
        return 0


class _Run(NamedTuple):
    """Whole lines: a text from `begin` to `end`. `last`: the file ends with them, and may have ended
    within a line.
    """

    text: bytes | mmap
    begin: int
    end: int
    last: bool


@dataclass(frozen=True)
class Stretch:
    """Some whole lines of a table, unread: bytes with `rows` line feeds, of which the last is the last
    byte. The first line is row `first` of those after the header. `last`: the file ends with them,
    and may have ended within a line.
    """

    table: TextTable
    text: npt.NDArray[np.uint8]
    rows: int
    first: int
    wanted: tuple[int, ...]
    last: bool

    def numbers(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Row numbers in the table of lines counted from 0 in this stretch."""
        return rows + (self.table.lines_before + self.first + 1)

    def batches(self) -> Iterator[RawBatch]:
        """The lines read one by one, whatever they hold."""
        return self.table.read(iter([self.text.tobytes()]), self.wanted, self.first, last=self.last)

    def picked(self, rows: npt.NDArray[np.int64]) -> Iterator[RawBatch]:
        """Some of the lines, `rows` counted from 0 in this stretch, read so."""
        numbers = self.numbers(rows)
        lines = self.text.tobytes().split(b"\n")
        picked = b"".join(lines[row] + b"\n" for row in rows.tolist())
        for batch in self.table.read(iter([picked]), self.wanted, 1, last=False):
            before = self.table.lines_before + 2
            ragged = tuple(int(numbers[row - before]) for row in batch.ragged)
            yield RawBatch(batch.cells, numbers[batch.rows - before], ragged)


def open_text(path: Path, table: Table) -> TextTable:
    """Open a CSV delivery, packed with gzip or not; Rejection when it is not whole or not text."""
    packed = path.name.casefold().endswith(".gz")
    return TextTable(path, examine(path, packed=packed), table)


def _has_lone_return(run: _Run) -> bool:
    """Whether a carriage return stands without a line feed."""
    if run.text.find(b"\r", run.begin, run.end) < 0:
        return False
    lines = run.text[run.begin : run.end]
    return lines.count(b"\r") != lines.count(b"\r\n")


def _after(chunks: Iterator[bytes], done: int) -> Iterator[bytes]:
    """The chunks without their first `done` bytes; none is empty."""
    for chunk in chunks:
        rest = chunk[done:]
        done -= len(chunk) - len(rest)
        if rest:
            yield rest


def _unreadable() -> Rejection:
    return Rejection(
        "unreadable", "Filen kan ikke læses som en tabel.", "Levér filen igen som CSV."
    )
