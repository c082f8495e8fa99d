"""A stored table of one row a person in the order of the pseudonyms: one Parquet file whose row groups end where blocks end.

Belongs here: knowing such a file, and which of its row groups a block is. Not here: how it is made
(`sources.dream.people_file`, which describes its form), stores (`store`).
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

_BITS = b"ordered_bits"


def ordered_bits(path: Path) -> int | None:
    """How many bits cut the row groups of a Parquet file; None when it is not such a table."""
    found = (pq.read_schema(path).metadata or {}).get(_BITS)
    return None if found is None else int(found)


def groups_of(block: int, bits: int, cut: int) -> range:
    """The row groups of a block, of 2**bits blocks, in a file of 2**cut row groups."""
    each = 1 << (cut - bits)
    return range(block * each, (block + 1) * each)
