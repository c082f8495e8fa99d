"""The stored table: its Arrow schema, and a writer whose bytes depend on the rows alone.

Belongs here: fixed row groups, fixed settings, no metadata that varies. Does not belong here:
what is in the rows.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import Table, stored_columns

_TYPES = {
    "uint64": pa.uint64(),
    "date32": pa.date32(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "string": pa.string(),
}
_CELLS_A_GROUP = 10_000_000
_MOST_ROWS_A_GROUP = 1_000_000


def schema_of(table: Table) -> pa.Schema:
    """The stored schema of a table whose columns are named one by one."""
    return pa.schema([pa.field(c.name, _TYPES[c.type]) for c in stored_columns(table)])


def group_rows(schema: pa.Schema) -> int:
    """Rows in a row group: so many that a group stays a few tens of megabytes in memory."""
    return int(min(_MOST_ROWS_A_GROUP, max(1, _CELLS_A_GROUP // len(schema))))


class TableWriter:
    """Writes rows to Parquet in groups of one size, however they arrive."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._size = group_rows(schema)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0
        self.rows = 0
        self._writer = pq.ParquetWriter(
            path, schema, compression="zstd", compression_level=1, write_statistics=False
        )

    def add(self, batch: pa.RecordBatch) -> None:
        """Append the rows of `batch`."""
        self._waiting.append(batch)
        self._count += batch.num_rows
        self.rows += batch.num_rows
        while self._count >= self._size:
            self._flush(self._size)

    def close(self) -> None:
        """Write what is left and finish the file."""
        if self._count:
            self._flush(self._count)
        self._writer.close()

    def _flush(self, rows: int) -> None:
        table = pa.Table.from_batches(self._waiting, self._schema)
        # One chunk a group: how rows arrived must not show in the bytes.
        self._writer.write_table(table.slice(0, rows).combine_chunks(), row_group_size=rows)
        rest = table.slice(rows)
        self._waiting = rest.to_batches()
        self._count = rest.num_rows
