"""How people are cut into blocks, and how a delivered table is laid out in them.

Belongs here: the cut by pseudonym and the streaming partition of a table. Not here: what the tables mean (`sources`,
`indicators`), running functions over blocks (`engines`).

A pseudonym is a keyed hash, so its top bits cut people evenly: with `bits` bits there are 2**bits blocks, and block `b`
holds the pseudonyms whose top bits are `b`. Every register is cut alike, so block `b` of each holds the same people.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from blocks.ordered import groups_of, ordered_bits
from blocks.store import ORDERED, BlockStore, write_table

PEOPLE_IN_A_BLOCK = 32_768
PERSON = "person"

Finish = Callable[[pa.Table], pa.Table]


def bits_for(people: int) -> int:
    """How many bits of the pseudonym give blocks of at most about PEOPLE_IN_A_BLOCK people."""
    blocks = max(1, -(-people // PEOPLE_IN_A_BLOCK))
    return (blocks - 1).bit_length()


def block_of(persons: npt.NDArray[np.uint64], bits: int) -> npt.NDArray[np.int64]:
    """The block each pseudonym falls in."""
    if bits == 0:
        return np.zeros(len(persons), dtype=np.int64)
    return (persons >> np.uint64(64 - bits)).astype(np.int64)


def lay_out(
    batches: Iterable[pa.Table], schema: pa.Schema, bits: int, into: Path, finish: Finish
) -> BlockStore:
    """Cut a table, streamed in batches with a `person` column, into a store of 2**bits blocks at `into`.

    `finish` turns each block's collected rows into the rows that are kept; it must give the same result for any order of
    the rows. Memory is one batch and one block. `into` must not exist; it is whole or not there.
    """
    staging = _staging(into)
    parts = [staging / f"spill-{block:04d}.parquet" for block in range(1 << bits)]
    _spill(batches, schema, bits, parts)
    rows = []
    for block, part in enumerate(parts):
        table = finish(pq.read_table(part))
        rows.append(table.num_rows)
        write_table(table, BlockStore.file(staging, block))
        part.unlink()
    BlockStore.describe(staging, bits, rows)
    return _finished(staging, into)


def lay_out_ordered(table: Path, bits: int, into: Path) -> BlockStore | None:
    """Make a stored table a store of 2**bits blocks at `into` as it is; None when it is not in the order of the
    pseudonyms, or cut into fewer row groups than that.

    The store has the table's own bytes under another name (a hard link where the file system has them), so it does not
    depend on the table being kept.
    """
    cut = ordered_bits(table)
    if cut is None or cut < bits:
        return None
    staging = _staging(into)
    try:
        (staging / ORDERED).hardlink_to(table)
    except OSError:
        shutil.copyfile(table, staging / ORDERED)
        (staging / ORDERED).chmod(0o600)
    found = pq.read_metadata(table)
    rows = [
        sum(found.row_group(group).num_rows for group in groups_of(block, bits, cut))
        for block in range(1 << bits)
    ]
    BlockStore.describe(staging, bits, rows, cut)
    return _finished(staging, into)


def _staging(into: Path) -> Path:
    staging = into.with_name(into.name + ".partial")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True, mode=0o700)
    return staging


def _finished(staging: Path, into: Path) -> BlockStore:
    shutil.rmtree(into, ignore_errors=True)
    staging.rename(into)
    return BlockStore.open(into)


def _spill(batches: Iterable[pa.Table], schema: pa.Schema, bits: int, parts: list[Path]) -> None:
    writers = [pq.ParquetWriter(part, schema, compression="lz4") for part in parts]
    try:
        for batch in batches:
            if bits == 0:
                writers[0].write_table(batch.cast(schema))
                continue
            block = block_of(np.asarray(batch[PERSON].to_numpy(), dtype=np.uint64), bits)
            order = np.argsort(block, kind="stable")
            ends = np.searchsorted(block[order], np.arange((1 << bits) + 1))
            arranged = batch.take(pa.array(order)).cast(schema)
            for number, writer in enumerate(writers):
                length = int(ends[number + 1] - ends[number])
                if length:
                    writer.write_table(arranged.slice(int(ends[number]), length))
    finally:
        for writer in writers:
            writer.close()


def latest_by_key(table: pa.Table, key: Sequence[str], sequence: str) -> pa.Table:
    """Of rows with the same key keep the one with the highest `sequence` (a correction replaces the earlier row)."""
    ordered = table.sort_by([*((name, "ascending") for name in key), (sequence, "descending")])
    if ordered.num_rows < 2:
        return ordered.drop_columns([sequence])
    same = None
    for name in key:
        column = ordered[name].combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        equal = pc.fill_null(pc.equal(column.slice(1), column.slice(0, len(column) - 1)), False)
        same = equal if same is None else pc.and_(same, equal)
    is_first = pa.concat_arrays([pa.array([True]), pc.invert(same)])
    return ordered.filter(is_first).drop_columns([sequence])
