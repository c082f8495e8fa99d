"""What reading comes to: a table's pieces before, the stored table after.

Belongs here: the two forms that reading takes and gives. Does not belong here: reading (`loading`,
`dream.loading`), verdicts (`judging`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import pandas as pd

from expectations.contract import Table
from sources.quarantine import Quarantine
from sources.raw import RawTable

Progress = Callable[[str], None]


class Source(NamedTuple):
    """One piece of a table: where its rows are said to stand in lists, and the rows themselves."""

    place: str
    raw: RawTable


class Facts(Protocol):
    """What is known of a stored table as a whole."""

    table: Table

    def frames(self) -> Iterator[pd.DataFrame]:
        """What the checks see, frame by frame."""

    @property
    def period(self) -> tuple[str, str]:
        """Oldest and newest period of named columns, blank when there is none."""

    @property
    def code_counts(self) -> dict[str, int]:
        """Person-weeks of each benefit code met."""

    @property
    def residents(self) -> dict[str, int]:
        """Residence spells, and those in the municipality; empty for other tables."""

    def overlaps(self) -> int:
        """Residence spells that overlap an earlier one of the same person."""


@dataclass(frozen=True)
class Loaded:
    """One table of a delivery. `stored`: its rows. `rows_in` = `used` + quarantined + `duplicates`;
    `lengths`: how many rows each piece is long. `facts_found`: what was found while the rows were
    stored, None when they are to be gone through again.
    """

    table: Table
    stored: Path
    rows_in: int
    used: int
    duplicates: int
    conflicts: int
    quarantine: Quarantine
    counts: dict[str, int]
    facts: dict[str, object]
    extra_columns: tuple[str, ...]
    lengths: tuple[int, ...]
    facts_found: Facts | None = None


def lengths(pieces: Sequence[Source], rows: Sequence[int]) -> tuple[int, ...]:
    """How many rows the sheets or files are long that hold so many `rows` of data: the header and what
    stands above it count too.
    """
    return tuple(piece.raw.header_row + count for piece, count in zip(pieces, rows, strict=True))
