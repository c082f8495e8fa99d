"""Raw tables: the form in which every file format hands over header and cells.

Belongs here: that form alone, so that readers and the parsing above them do not know each other.
Does not belong here: opening files, what cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True)
class RawBatch:
    """Some rows of a table.

    `cells`: column position to raw cells. `rows`: each row's number in the table, the header
    being row 1. `ragged`: numbers of rows with too many or too few cells, which are in none of
    the columns.
    """

    cells: dict[int, pa.Array]
    rows: npt.NDArray[np.int64]
    ragged: tuple[int, ...] = ()


class RawTable(Protocol):
    """A table opened for reading; its batches can be gone through more than once."""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names as delivered."""

    @property
    def encoding(self) -> str:
        """The encoding of the text, blank when the format has none to choose."""

    @property
    def delimiter(self) -> str:
        """The delimiter of the text, blank when the format has none."""

    @property
    def header_row(self) -> int:
        """Which row of the file or sheet the header is; 1 unless something stands above it."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Other sheets of the file that hold something and are not read, by name."""

    def batches(self, wanted: Sequence[int]) -> Iterator[RawBatch]:
        """The rows in order, with the columns at the `wanted` positions."""
