"""Parquet deliveries as raw tables.

Belongs here: opening, reading in batches, and refusing what is not a whole Parquet file. Does
not belong here: what the cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import Table
from sources.raw import RawBatch
from sources.rejection import Rejection

_CELLS_A_BATCH = 8_000_000
_MAGIC = b"PAR1"


class ParquetTable:
    """A Parquet file; the number of a row counts the header that it does not have as row 1."""

    encoding = ""
    delimiter = ""
    left_out = ()
    header_row = 1

    def __init__(self, path: Path) -> None:
        self._path = path
        with pq.ParquetFile(path) as file:
            self.header: tuple[str, ...] = tuple(file.schema_arrow.names)

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order; columns are taken by position since names may be doubled."""
        size = max(1, _CELLS_A_BATCH // max(len(self.header), 20))
        names = [self.header[index] for index in wanted]
        first = 2
        try:
            with pq.ParquetFile(self._path) as file:
                for batch in file.iter_batches(batch_size=size, columns=names):
                    # Texts are taken from the file unseen: they may be no UTF-8.
                    batch.validate(full=True)
                    cells = {index: batch.column(self.header[index]) for index in wanted}
                    yield RawBatch(cells, np.arange(first, first + batch.num_rows))
                    first += batch.num_rows
                # A damaged page may end a column early, and the library gives what it has.
                whole = first - 2 == file.metadata.num_rows
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            raise _broken() from None
        if not whole:
            raise _broken()


def open_parquet(path: Path, table: Table) -> ParquetTable:
    """Open a Parquet delivery; Rejection when it is empty, cut short or something else."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise Rejection("empty_file", "Filen er tom (0 byte).", "Levér filen igen.")
    if start != _MAGIC:
        raise Rejection(
            "file_type",
            "Filen hedder .parquet, men er ikke en Parquet-fil.",
            "Levér filen igen i den type, dens navn siger.",
        )
    try:
        return ParquetTable(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise _broken() from None


def _broken() -> Rejection:
    return Rejection(
        "truncated", "Parquet-filen er ødelagt eller kun halvt overført.", "Levér filen igen."
    )
