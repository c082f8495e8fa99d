"""The stored table of the wide register: a row a person, in the order of the pseudonyms.

Belongs here: the form of that Parquet file. Does not belong here: which rows stand in it
(`dream.storing`), and reading it as blocks (`blocks`), which relies on what is said here:

- The rows are ordered by `person`. There are 2**bits row groups, empty ones included; group `g` holds
  the pseudonyms whose top bits are `g`, so that blocks of people are runs of row groups. `bits`
  stands in the file's metadata as `ordered_bits`.
- A list of numbers is one value of raw little-endian bytes, since Parquet writes and reads lists
  number by number, which takes ten times as long. The field's metadata names the number's type as
  `item`.
- Pages have checksums.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

_BITS = b"ordered_bits"
_ITEM = b"item"
_ROWS_A_GROUP = 8_192


def group_bits(rows: int) -> int:
    """How many bits give row groups of at most about 8,192 rows."""
    return (max(1, -(-rows // _ROWS_A_GROUP)) - 1).bit_length()


class PeopleWriter:
    """Writes row groups in order; `columns` of every one: a number a row, or a row of a matrix."""

    def __init__(self, path: Path, bits: int) -> None:
        self._path = path
        self._bits = bits
        self._writer: pq.ParquetWriter | None = None

    def write(self, columns: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Append one row group."""
        made = [
            _packed(name, values)
            if values.ndim == 2
            else (pa.field(name, pa.from_numpy_dtype(values.dtype)), pa.array(values))
            for name, values in columns.items()
        ]
        schema = pa.schema([field for field, _ in made], {_BITS: str(self._bits).encode("ascii")})
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._path,
                schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=False,
                write_statistics=False,
                write_page_checksum=True,
            )
        group = pa.table([values for _, values in made], schema=schema)
        self._writer.write_table(group, row_group_size=max(1, len(group)))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


def _packed(name: str, matrix: npt.NDArray[np.generic]) -> tuple[pa.Field, pa.Array]:
    rows = np.ascontiguousarray(matrix)
    kind = pa.from_numpy_dtype(rows.dtype)
    stored = pa.binary(rows.shape[1] * rows.itemsize)
    values = pa.Array.from_buffers(stored, len(rows), [None, pa.py_buffer(rows)])
    return pa.field(name, stored, nullable=False, metadata={_ITEM: str(kind)}), values
