"""The wide register stored: people in the order of their pseudonyms, repeated ones settled.

Belongs here: sorting what was put aside, telling identical rows from conflicting ones, the facts about
the data as a whole, and the stored file. Does not belong here: reading (`dream.loading`), verdicts.

The order is that of the pseudonyms and not of the file, so that the register can be laid out in blocks
without going through it again (ADR 0021).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from expectations.contract import PERSON, Table
from sources.dream.group_kernel import Counts, Lists, take
from sources.dream.people_file import PeopleWriter, group_bits
from sources.dream.rows import KINDS, PIECE, ROW, Records, lists_of
from sources.dream.spill import TRAYS, Spill

Order = npt.NDArray[np.int64]


class RowAt(NamedTuple):
    """A row by the piece it stood in and its number there."""

    piece: int
    row: int


class Group(NamedTuple):
    """One row group: what is stored, what the checks see of it, person-weeks of each code, how many
    rows repeated an earlier identical one, and the rows that contradict each other.
    """

    columns: dict[str, npt.NDArray[np.generic]]
    profile: dict[str, npt.NDArray[np.generic]]
    codes: npt.NDArray[np.int64]
    extra: int
    conflicting: list[RowAt]


class WideSurvey:
    """Facts about a stored wide table, gathered while it was stored."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.period = ("", "")
        self._codes = np.zeros(1000, dtype=np.int64)
        self._profiles: list[pd.DataFrame] = []

    def note(self, group: Group) -> None:
        """Add a row group."""
        self._codes += group.codes
        self._profiles.append(pd.DataFrame(group.profile))

    def frames(self) -> Iterator[pd.DataFrame]:
        """A profile a person, in one frame."""
        if self._profiles:
            yield pd.concat(self._profiles, ignore_index=True)

    @property
    def code_counts(self) -> dict[str, int]:
        """Person-weeks of each benefit code met."""
        return {f"{c:03d}": int(self._codes[c]) for c in np.flatnonzero(self._codes).tolist()}

    @property
    def residents(self) -> dict[str, int]:
        """None: the wide register says nothing of where people live."""
        return {}

    def overlaps(self) -> int:
        """There are no spells in the wide register."""
        return 0


class Stored(NamedTuple):
    """What was stored: rows, repeated rows left out, contradicting rows left out, facts."""

    used: int
    extra: int
    conflicting: list[RowAt]
    survey: WideSurvey


def store(spill: Spill, table: Table, path: Path, workers: Executor) -> Stored:
    """Store what was put aside at `path`; groups are made by `workers` and written in order."""
    bits = min(group_bits(spill.count), TRAYS.bit_length() - 1)
    trays = TRAYS >> bits
    survey = WideSurvey(table)
    writer = PeopleWriter(path, bits)
    used, extra = 0, 0
    conflicting: list[RowAt] = []
    try:
        for group in workers.map(
            lambda number: _group(*spill.take(range(number * trays, (number + 1) * trays))),
            range(1 << bits),
        ):
            writer.write(group.columns)
            survey.note(group)
            used += len(group.columns[PERSON])
            extra += group.extra
            conflicting += group.conflicting
    finally:
        writer.close()
    return Stored(used, extra, sorted(conflicting), survey)


def _group(records: Records, order: Order) -> Group:
    order, extra, conflicting = _settled(records, order)
    rows = Lists(**{name: _list(records, name) for name in KINDS})
    taken = Lists(*(np.empty((len(order), line.shape[1]), line.dtype) for line in rows))
    counts = Counts(*(np.zeros(size, np.int64) for size in (len(order), len(order), 1000)))
    take(rows, order, taken, counts)
    persons = records[PERSON].take(order)
    columns = {PERSON: persons}
    columns |= {name: getattr(taken, name) for name in lists_of(records.dtype)}
    profile = {PERSON: persons, "weeks_with_code": counts.weeks, "wage_months": counts.months}
    return Group(columns, profile, counts.codes, extra, conflicting)


def _list(records: Records, name: str) -> npt.NDArray[Any]:
    if name in lists_of(records.dtype):
        return records[name]
    return np.zeros((len(records), 0), KINDS[name])


def _settled(records: Records, order: Order) -> tuple[Order, int, list[RowAt]]:
    """The order without repetitions: of identical rows the first, of differing ones none."""
    persons = records[PERSON][order]
    repeated = np.flatnonzero(persons[1:] == persons[:-1]) + 1
    if not len(repeated):
        return order, 0, []
    drop = np.zeros(len(order), dtype=bool)
    drop[repeated] = True
    starts = np.flatnonzero(~drop)
    first = starts[np.searchsorted(starts, repeated, side="right") - 1]
    lists = lists_of(records.dtype)
    differs = np.array(
        [
            any(records[name][at].tobytes() != records[name][of].tobytes() for name in lists)
            for at, of in zip(order[repeated].tolist(), order[first].tolist(), strict=True)
        ]
    )
    contradicted = np.isin(persons, persons[repeated[differs]])
    rows = [RowAt(int(row[PIECE]), int(row[ROW])) for row in records[order[contradicted]]]
    extra = int((drop & ~contradicted).sum())
    return order[~drop & ~contradicted], extra, rows
