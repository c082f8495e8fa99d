"""The tables of sources without people, as they are in force.

Belongs here: reading them, corrections applied, and their hashes. Not here: sources of people, which are laid out in blocks
(`laying_out`), what is counted (`indicators.table_areas`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from assets.resources import House
from blocks.layout import latest_by_key
from expectations.contract import load, stored_key

SEQUENCE = "_sequence"


def hashes(house: House, source: str, names: Iterable[str]) -> list[dict[str, str | None]]:
    """What the tables named are known by, a mapping a delivery in force; none when the source was never delivered."""
    wanted = list(names)
    return [
        {name: entry.tables.get(name) for name in wanted}
        for entry in house.record().in_force(source)
    ]


def tables_in_force(house: House, source: str, names: Iterable[str]) -> dict[str, pa.Table] | None:
    """The tables named, a later row for an earlier one of the same key; None when the source was never delivered."""
    record = house.record()
    deliveries = record.in_force(source)
    if not deliveries:
        return None
    keys = {table.name: stored_key(table) for table in load(source).tables}
    tables = {}
    for name in names:
        parts = [
            _numbered(pq.read_table(record.table_path(entry, name, verify=True)), sequence)
            for sequence, entry in enumerate(deliveries)
            if name in entry.tables
        ]
        if parts:
            whole = pa.concat_tables(parts, promote_options="default")
            tables[name] = latest_by_key(whole, keys[name], SEQUENCE)
    return tables


def only_parts(table: pa.Table, column: str, parts: Mapping[str, Sequence[str]]) -> pa.Table:
    """The rows whose `plan` has the id in `column` among its parts: an answer for an objective or a whole plan stands in the
    register of activities too, and so may an id that is mistyped."""
    pairs = zip(table["plan"].to_pylist(), table[column].to_pylist(), strict=True)
    # The type is said, for an empty register has no answer to take it from.
    return table.filter(pa.array([id_ in parts.get(plan, ()) for plan, id_ in pairs], pa.bool_()))


def _numbered(table: pa.Table, sequence: int) -> pa.Table:
    """The table with plain texts and its delivery's place in the order."""
    plain = [
        pa.field(
            item.name, item.type.value_type if pa.types.is_dictionary(item.type) else item.type
        )
        for item in table.schema
    ]
    numbers = pa.array([sequence] * len(table), pa.int32())
    return table.cast(pa.schema(plain)).append_column(SEQUENCE, numbers)
