"""A register laid out in blocks on disk, whole or not there: one Parquet file a block, or one file for all.

Belongs here: the files' names, writing and reading them with page checksums. Not here: how rows find their block
(`layout`), the one file (`ordered`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from blocks.damage import DamagedBlockError
from blocks.ordered import groups_of
from blocks.packing import pack, unpack

DESCRIPTION = "blocks.json"
ORDERED = "blocks.parquet"


@dataclass(frozen=True)
class BlockStore:
    """A register's blocks: where they lie, how many bits cut them, and the rows of each. `ordered`: how many bits cut the
    row groups of the one file that holds them all; None when each has its own.
    """

    path: Path
    bits: int
    rows: tuple[int, ...]
    ordered: int | None = None

    @classmethod
    def open(cls, path: Path) -> BlockStore:
        """The store at `path`; raises DamagedBlockError when its description cannot be read."""
        try:
            description = json.loads((path / DESCRIPTION).read_text("utf-8"))
            rows = tuple(description["rows"])
            return cls(path, int(description["bits"]), rows, description.get("ordered"))
        except (OSError, ValueError, KeyError) as error:
            raise DamagedBlockError(f"registret i {path} kan ikke læses") from error

    @staticmethod
    def describe(path: Path, bits: int, rows: Sequence[int], ordered: int | None = None) -> None:
        """Write the description that makes a directory of blocks a store."""
        text = json.dumps({"bits": bits, "rows": list(rows), "ordered": ordered})
        (path / DESCRIPTION).write_text(text, "utf-8")
        (path / DESCRIPTION).chmod(0o600)

    @staticmethod
    def file(path: Path, block: int) -> Path:
        """The file of a block."""
        return path / f"block-{block:04d}.parquet"

    @property
    def columns(self) -> list[str]:
        """The columns of every block."""
        whole = self.ordered is not None
        file = self.path / ORDERED if whole else self.file(self.path, 0)
        return list(pq.read_schema(file).names)

    def read(self, block: int, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a block; raises DamagedBlockError when a checksum or the number of rows is wrong."""
        name = self.path / ORDERED if self.ordered is not None else self.file(self.path, block)
        wanted = None if columns is None else list(columns)
        try:
            with pq.ParquetFile(name, page_checksum_verification=True) as file:
                groups = (
                    range(file.num_row_groups)
                    if self.ordered is None
                    else groups_of(block, self.bits, self.ordered)
                )
                table = unpack(file.read_row_groups(groups, wanted, use_threads=False))
        except (OSError, pa.ArrowException) as error:
            raise DamagedBlockError(f"blokken {name} er beskadiget") from error
        if table.num_rows != self.rows[block]:
            raise DamagedBlockError(f"blokken {name} har ikke det antal rækker, der blev skrevet")
        return table


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table with page checksums, readable by its owner alone."""
    stored = pack(table)
    pq.write_table(stored, path, compression="zstd", write_page_checksum=True, use_dictionary=True)
    path.chmod(0o600)
