"""Rows of the wide register in the form they are sorted and stored in: one record a person.

Belongs here: the record, and what reading some rows gives. Does not belong here: reading them
(`dream.parser`, `dream.reader`), sorting them (`dream.spill`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from expectations.contract import PERSON
from sources.quarantine import FaultyRow

Records = npt.NDArray[np.void]

PIECE, ROW = "piece", "row"
KINDS: Mapping[str, Any] = {"weeks": np.uint16, "grad": np.float32, "branche": np.uint8}


@dataclass(frozen=True)
class WideRows:
    """The good rows as records, the faulty ones, and how many rows of data there were in all."""

    records: Records
    faulty: Sequence[FaultyRow]
    rows_in: int


def record_of(widths: Mapping[str, int]) -> np.dtype[np.void]:
    """The record: pseudonym, piece and row number, then a list of each kind that is delivered."""
    lists = [(name, kind, (widths[name],)) for name, kind in KINDS.items() if widths[name]]
    numbers = [(PERSON, np.uint64), (PIECE, np.uint32), (ROW, np.uint32)]
    return np.dtype([*numbers, *lists], align=True)


def lists_of(record: np.dtype[np.void]) -> tuple[str, ...]:
    """The names of the lists a record has."""
    return tuple(name for name in record.names or () if name in KINDS)
