"""Tables to files: Parquet and Danish CSV, the same bytes for the same rows.

Here belongs: file formats, value formats, companions. Here does not belong: what the values mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FORMATS = ("csv", "parquet")
DANISH_DATE = "%d-%m-%Y"
ISO_DATE = "%Y-%m-%d"


class TableFile(Protocol):
    """A delivery being written, chunk by chunk."""

    rows: int

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
        self._file: BinaryIO | None = None

    def write(self, table: pa.Table) -> None:
        """Append the rows as text."""
        if self._file is None:
            self._file = self.path.open("wb")
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
        if self._file is not None:
            self._file.close()
        _done(self.path)


def open_file(folder: Path, name: str, kind: str, danish_dates: bool) -> TableFile:
    """Open `<folder>/<name>.<kind>` for writing.

    Args:
        folder: the inbox folder of the source; made if missing.
        name: file name without ending.
        kind: `csv` or `parquet`.
        danish_dates: CSV dates as `30-06-2020` instead of `2020-06-30`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{kind}"
    if kind == "parquet":
        return ParquetFile(path)
    return CsvFile(path, DANISH_DATE if danish_dates else ISO_DATE)


def coded(
    values: np.ndarray[tuple[int, ...], np.dtype[np.int64]], labels: Sequence[str]
) -> pa.Array:
    """A text column from indices into `labels`; a negative index is a blank."""
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
