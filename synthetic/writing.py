"""Tables to files: Danish CSV, Parquet and XLSX, the same bytes for the same rows.

Here belongs: file formats, value formats, companions, parts. Here does not belong: what the values
mean, or the inside of a spreadsheet (`spreadsheets`).
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from synthetic.spreadsheets import Sheet, Spreadsheet

FORMATS = ("csv", "csv.gz", "parquet", "xlsx")
DANISH_DATE = "%d-%m-%Y"
ISO_DATE = "%Y-%m-%d"


class TableFile(Protocol):
    """A delivery being written, chunk by chunk."""

    @property
    def rows(self) -> int:
        """Rows written so far."""

    def write(self, table: pa.Table) -> None:
        """Append the rows of `table`; every call brings the same columns in the same order."""

    def close(self) -> None:
        """Finish the file and lay the empty `.done` companion beside it."""


class ParquetFile:
    """Parquet with fixed settings: zstd, no Arrow schema, no times."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        """Append the rows as one row group."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self.path, table.schema, compression="zstd", compression_level=1, store_schema=False
            )
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        self.rows += table.num_rows

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
        _done(self.path)


class CsvFile:
    """UTF-8, `;`, no quotes, decimal comma; dates in one of the two written forms."""

    def __init__(self, path: Path, date_format: str) -> None:
        self.path = path
        self.rows = 0
        self._date_format = date_format
        self._open = ExitStack()
        self._file: IO[bytes] | None = None

    def write(self, table: pa.Table) -> None:
        """Append the rows as text."""
        if self._file is None:
            self._file = self._opened()
            self._file.write((";".join(table.column_names) + "\n").encode())
        if not table.num_rows:
            return
        for batch in table.to_batches(max_chunksize=20_000):
            columns = [_text(column, self._date_format) for column in batch.columns]
            joined = pc.binary_join_element_wise(
                *columns, ";", null_handling="replace", null_replacement=""
            )
            lines = pc.binary_join_element_wise(joined, "", "\n")
            self._file.write(_bytes_of(lines))
        self.rows += table.num_rows

    def close(self) -> None:
        """Finish the file."""
        self._open.close()
        _done(self.path)

    def _opened(self) -> IO[bytes]:
        file = self._open.enter_context(self.path.open("wb"))
        if self.path.suffix != ".gz":
            return file
        # No name and no time inside: the same rows give the same bytes.
        packed = self._open.enter_context(gzip.GzipFile("", "wb", 6, file, 0))
        return cast(IO[bytes], packed)


class XlsxFile:
    """XLSX with one sheet, named as the source."""

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        self._source = source
        self._open = ExitStack()
        self._sheet: Sheet | None = None

    @property
    def rows(self) -> int:
        """Rows written."""
        return 0 if self._sheet is None else self._sheet.rows

    def write(self, table: pa.Table) -> None:
        """Append the rows; TooManyRows, a ValueError, where a sheet cannot hold them."""
        if self._sheet is None:
            book = self._open.enter_context(Spreadsheet(self.path, [self._source]))
            self._sheet = self._open.enter_context(book.sheet(self._source))
        self._sheet.write(table)

    def close(self) -> None:
        """Finish the file."""
        self._open.close()
        _done(self.path)


class PartedFile:
    """One table cut into files of equally many rows (the first may have more), in order."""

    def __init__(self, parts: Sequence[TableFile], total: int) -> None:
        self._parts = parts
        self._ends = [total * (number + 1) // len(parts) for number in range(len(parts))]
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Append the rows, each to the part it belongs to."""
        start = 0
        for part, end in zip(self._parts, self._ends, strict=True):
            stop = min(max(end - self.rows, start), table.num_rows)
            if stop > start or part.rows == 0:
                part.write(table.slice(start, stop - start))
            start = stop
        self.rows += table.num_rows

    def close(self) -> None:
        """Finish every part."""
        for part in self._parts:
            part.close()


def open_file(path: Path, source: str, danish_dates: bool) -> TableFile:
    """Open a file of one source for writing; its ending, one of `FORMATS`, decides how.

    Args:
        path: the file; its folder is made if missing.
        source: the sheet's name in XLSX.
        danish_dates: CSV dates as `30-06-2020` instead of `2020-06-30`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        return ParquetFile(path)
    if path.suffix == ".xlsx":
        return XlsxFile(path, source)
    return CsvFile(path, DANISH_DATE if danish_dates else ISO_DATE)


def write_sheets(path: Path, sheets: dict[str, pa.Table]) -> int:
    """Write several tables as the sheets of one XLSX; returns the rows of all of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Spreadsheet(path, list(sheets)) as book:
        for name, table in sheets.items():
            with book.sheet(name) as sheet:
                sheet.write(table)
    _done(path)
    return sum(table.num_rows for table in sheets.values())


def coded(
    values: np.ndarray[tuple[int, ...], np.dtype[np.int64]], labels: Sequence[str]
) -> pa.Array:
    """A text column from indices into `labels`, all different; a negative index is a blank."""
    indices = pa.array(values.astype(np.int32), mask=values < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(labels), pa.string()))


def _text(column: pa.Array, date_format: str) -> pa.Array:
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return column.cast(pa.string())
    if pa.types.is_date32(column.type):
        encoded = column.dictionary_encode()
        days = [day.strftime(date_format) for day in encoded.dictionary.to_pylist()]
        return _decoded(encoded, days)
    if pa.types.is_floating(column.type):
        encoded = column.dictionary_encode()
        numbers = [f"{value:.2f}".replace(".", ",") for value in encoded.dictionary.to_pylist()]
        return _decoded(encoded, numbers)
    return column.cast(pa.string())


def _decoded(encoded: pa.DictionaryArray, labels: list[str]) -> pa.Array:
    values = pa.array(labels, pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, values).cast(pa.string())


def _bytes_of(lines: pa.Array) -> memoryview:
    offsets = np.frombuffer(lines.buffers()[1], np.int32)
    first, last = int(offsets[lines.offset]), int(offsets[lines.offset + len(lines)])
    return memoryview(lines.buffers()[2])[first:last]


def _done(path: Path) -> None:
    path.with_name(path.name + ".done").touch()
