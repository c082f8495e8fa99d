"""Matrices in Parquet: a row's numbers as one value of raw bytes.

Belongs here: fixed-size lists turned into fixed-size binary and back, without copying. Not here: files.

Parquet writes and reads a list element by element, which takes ten times as long as its bytes. The element's type
stands in the field's metadata; numbers are little-endian (`sources.dream.people_file`
writes so too).
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

_ITEM = b"item"


def pack(table: pa.Table) -> pa.Table:
    """The table with its lists of numbers as raw bytes; lists with blanks stay as they are."""
    return _replaced(table, [_packed(field, table.column(field.name)) for field in table.schema])


def unpack(table: pa.Table) -> pa.Table:
    """The table with its packed columns as lists again."""
    return _replaced(table, [_unpacked(field, table.column(field.name)) for field in table.schema])


Column = tuple[pa.Field, pa.ChunkedArray]


def _replaced(table: pa.Table, columns: Sequence[Column]) -> pa.Table:
    schema = pa.schema([field for field, _ in columns], table.schema.metadata)
    return pa.table([column for _, column in columns], schema=schema)


def _packed_field(name: str, kind: pa.DataType, width: int) -> pa.Field:
    stored = pa.binary(width * kind.bit_width // 8)
    return pa.field(name, stored, nullable=False, metadata={_ITEM: str(kind)})


def _unpacked_field(field: pa.Field) -> pa.Field:
    item = (field.metadata or {}).get(_ITEM)
    if item is None:
        return field
    kind = pa.type_for_alias(item.decode("ascii"))
    width = field.type.byte_width * 8 // kind.bit_width
    listed = pa.list_(pa.field("item", kind, nullable=False), width)
    return pa.field(field.name, listed, nullable=False)


def _packed(field: pa.Field, column: pa.ChunkedArray) -> Column:
    if not pa.types.is_fixed_size_list(field.type) or field.nullable:
        return field, column
    kind = field.type.value_type
    packed = _packed_field(field.name, kind, field.type.list_size)
    size = kind.bit_width // 8
    chunks = []
    for chunk in column.chunks:
        values = chunk.flatten()
        whole = values.buffers()[1].slice(values.offset * size, len(values) * size)
        chunks.append(pa.Array.from_buffers(packed.type, len(chunk), [None, whole]))
    return packed, pa.chunked_array(chunks, packed.type)


def _unpacked(field: pa.Field, column: pa.ChunkedArray) -> Column:
    plain = _unpacked_field(field)
    if plain is field:
        return field, column
    width, kind = plain.type.list_size, plain.type.value_type
    chunks = []
    for chunk in column.chunks:
        buffers = [None, chunk.buffers()[1]]
        values = pa.Array.from_buffers(
            kind, len(chunk) * width, buffers, offset=chunk.offset * width
        )
        chunks.append(pa.FixedSizeListArray.from_arrays(values, type=plain.type))
    return plain, pa.chunked_array(chunks, plain.type)
