"""A stored wide table as a store of blocks: the same blocks as laid out row by row, and damage is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from blocks.damage import DamagedBlockError
from blocks.layout import PERSON, lay_out, lay_out_ordered
from blocks.ordered import ordered_bits
from blocks.packing import pack, unpack
from blocks.store import ORDERED, BlockStore, write_table
from sources.dream.people_file import PeopleWriter

BITS = 3
WEEKS = 5


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A table of 100 people in 8 row groups; nobody in the last."""
    rng = np.random.default_rng(1)
    persons = np.sort(rng.integers(0, 7 << 61, 100, dtype=np.uint64))
    path = tmp_path / "dream.parquet"
    writer = PeopleWriter(path, BITS)
    for group in range(1 << BITS):
        chosen = persons[persons >> np.uint64(64 - BITS) == group]
        weeks = rng.integers(0, 999, (len(chosen), WEEKS)).astype(np.uint16)
        grad = rng.random((len(chosen), 2)).astype(np.float32)
        writer.write({PERSON: chosen, "weeks": weeks, "grad": grad})
    writer.close()
    return path


def read(store: BlockStore) -> list[list[dict[str, object]]]:
    """The rows of every block."""
    return [store.read(block).to_pylist() for block in range(1 << store.bits)]


@pytest.mark.parametrize("bits", [0, 1, BITS])
def test_the_same_blocks_as_laid_out_row_by_row(tmp_path: Path, stored: Path, bits: int) -> None:
    table = pq.read_table(stored)

    def by_person(rows: pa.Table) -> pa.Table:
        return rows.sort_by(PERSON)

    plain = lay_out([table], table.schema, bits, tmp_path / "plain", by_person)
    ordered = lay_out_ordered(stored, bits, tmp_path / "ordered")
    assert ordered is not None
    assert ordered == BlockStore.open(tmp_path / "ordered")
    assert (ordered.bits, ordered.rows) == (bits, plain.rows)
    assert read(ordered) == read(plain)
    assert ordered.read(0).schema.field("weeks").type.list_size == WEEKS
    assert ordered.read(0, ["grad"]).column_names == ["grad"]


def test_more_blocks_than_row_groups_are_laid_out_row_by_row(tmp_path: Path, stored: Path) -> None:
    assert lay_out_ordered(stored, BITS + 1, tmp_path / "blocks") is None
    assert not (tmp_path / "blocks").exists()


def test_an_ordinary_table_is_not_ordered(tmp_path: Path) -> None:
    write_table(pa.table({PERSON: pa.array([2, 1], pa.uint64())}), tmp_path / "plain.parquet")
    assert ordered_bits(tmp_path / "plain.parquet") is None
    assert lay_out_ordered(tmp_path / "plain.parquet", 0, tmp_path / "blocks") is None


def test_the_store_outlives_the_table(tmp_path: Path, stored: Path) -> None:
    store = lay_out_ordered(stored, BITS, tmp_path / "blocks")
    assert store is not None
    before = read(store)
    stored.unlink()
    assert read(store) == before


def damaged(content: bytes) -> Iterator[bytes]:
    """The file with a byte changed in its pages, cut short, and empty."""
    middle = len(content) // 3
    yield content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    yield content[:-20]
    yield b""


def test_damage_is_found(tmp_path: Path, stored: Path) -> None:
    store = lay_out_ordered(stored, 0, tmp_path / "blocks")
    assert store is not None
    for content in damaged(stored.read_bytes()):
        (store.path / ORDERED).write_bytes(content)
        with pytest.raises(DamagedBlockError):
            store.read(0)


def test_lists_are_packed_and_unpacked_as_they_were() -> None:
    kind = pa.list_(pa.field("item", pa.uint16(), nullable=False), 2)
    field = pa.field("weeks", kind, nullable=False)
    values = pa.FixedSizeListArray.from_arrays(pa.array(range(8), pa.uint16()), type=kind)
    whole = pa.table([values], schema=pa.schema([field]))
    for table in (whole, whole.slice(1, 2), whole.slice(0, 0)):
        packed = pack(table)
        assert packed.schema.field("weeks").type == pa.binary(4)
        assert unpack(packed).to_pylist() == table.to_pylist()
        assert unpack(packed.slice(1)).to_pylist() == table.slice(1).to_pylist()


def test_lists_with_blanks_stay_lists() -> None:
    table = pa.table({"weeks": pa.array([[1, 2], None], pa.list_(pa.uint16(), 2))})
    assert pack(table).equals(table)
