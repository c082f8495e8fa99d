"""A bit turned in a stored table where nothing but its checksum tells: numbers that do not pack are read as they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.keeping import keep_figures, kept_figures, kept_file
from blocks.damage import DamagedBlockError
from blocks.store import BlockStore, write_table

NUMBERS = np.random.default_rng(1).integers(2**62, size=5_000)


def figures(folder: Path) -> tuple[Path, Callable[[], object]]:
    version = keep_figures(folder, "v", pd.DataFrame({"value": NUMBERS}))
    return kept_file(version), lambda: kept_figures(folder, "v")


def block(folder: Path) -> tuple[Path, Callable[[], object]]:
    file = BlockStore.file(folder, 0)
    write_table(pa.table({"value": NUMBERS}), file)
    BlockStore.describe(folder, 0, [len(NUMBERS)])
    return file, lambda: BlockStore.open(folder).read(0)


@pytest.mark.parametrize("stored", [figures, block])
def test_a_bit_that_is_turned_is_found_when_the_table_is_read(
    stored: Callable[[Path], tuple[Path, Callable[[], object]]], tmp_path: Path
) -> None:
    file, read = stored(tmp_path)
    read()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    unseen = pq.read_table(file)["value"].to_numpy()
    assert len(unseen) == len(NUMBERS)
    assert (unseen != NUMBERS).any(), "the bit is none of the numbers'"
    with pytest.raises((OSError, DamagedBlockError)):
        read()
