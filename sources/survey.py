"""Going through a stored table once more: frames for validation, and facts about the data as a
whole.

Belongs here: the frame a check sees (for DREAM a profile a person, not the matrix), the oldest
and newest period, code counts, overlapping spells, residents. Does not belong here: judging any of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.contract import PERSON, Table
from sources.rules import overlapping_spells

_OPEN = np.iinfo(np.int64).max


class Survey:
    """Facts gathered while the frames of a stored table are handed out."""

    def __init__(self, table: Table, stored: Path, municipality: int | None = None) -> None:
        self.table = table
        self._municipality = municipality
        self._spells_here: Counter[tuple[bool, bool]] = Counter()
        self._stored = stored
        self._low: int | None = None
        self._high: int | None = None
        self._spells: list[tuple[npt.NDArray[np.uint64], ...]] = []

    def frames(self) -> Iterator[pd.DataFrame]:
        """The table in frames of one row group, dates as timestamps."""
        with pq.ParquetFile(self._stored) as file:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group).combine_chunks()
                self._note(table)
                yield _frame(table)

    @property
    def period(self) -> tuple[str, str]:
        """Oldest and newest period of named columns, blank when there is none."""
        if self._low is None or self._high is None:
            return "", ""
        kind = self.table.column(self.table.period_columns[0]).kind
        return _period(self._low, kind), _period(self._high, kind)

    @property
    def code_counts(self) -> dict[str, int]:
        """None: only the wide register holds codes of weeks."""
        return {}

    @property
    def residents(self) -> dict[str, int]:
        """How many residence spells last, `residents`, and how many of them are in the
        municipality, `residents_here`; of all spells when none lasts. Empty for other tables.
        """
        if self._municipality is None or not self._spells_here:
            return {}
        lasting = any(last for last, _ in self._spells_here)
        counted = {key: n for key, n in self._spells_here.items() if key[0] == lasting}
        here = sum(number for (_, inside), number in counted.items() if inside)
        return {"residents": sum(counted.values()), "residents_here": here}

    def overlaps(self) -> int:
        """Residence spells that overlap an earlier one of the same person."""
        if not self._spells:
            return 0
        person, first, last = (np.concatenate(part) for part in zip(*self._spells, strict=True))
        return overlapping_spells(person, first.view(np.int64), last.view(np.int64))

    def _note(self, table: pa.Table) -> None:
        for name in self.table.period_columns:
            ends = pc.min_max(table.column(name).cast(pa.int32())).as_py()
            if ends["min"] is not None:
                self._low = ends["min"] if self._low is None else min(self._low, ends["min"])
                self._high = ends["max"] if self._high is None else max(self._high, ends["max"])
        if self.table.name == "population":
            lasting = pc.is_null(table.column("til")).to_numpy(zero_copy_only=False)
            codes = table.column("kommunekode").to_numpy()
            here = codes == self._municipality
            for key in ((True, True), (True, False), (False, True), (False, False)):
                number = int(((lasting == key[0]) & (here == key[1])).sum())
                self._spells_here += Counter({key: number})
            first = table.column("fra").cast(pa.int32()).to_numpy().astype(np.int64)
            last = table.column("til").cast(pa.int32()).cast(pa.int64()).fill_null(_OPEN)
            self._spells.append(
                (
                    table.column(PERSON).to_numpy(),
                    first.view(np.uint64),
                    last.to_numpy().view(np.uint64),
                )
            )


def last_week(first_week: str, weeks: int) -> str:
    """The ISO week `weeks` - 1 after `first_week` (`2018-W01`)."""
    monday = pd.Timestamp.fromisocalendar(int(first_week[:4]), int(first_week[6:]), 1)
    year, week, _ = (monday + pd.Timedelta(weeks=weeks - 1)).isocalendar()
    return f"{year}-W{week:02d}"


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    for name in frame.columns:
        # A column without any value has no type of its own, and the checks would not know what to
        # compare.
        kind = table.schema.field(name).type
        if pa.types.is_date32(kind):
            frame[name] = pd.to_datetime(frame[name])
    return frame


def _period(number: int, kind: str) -> str:
    if kind == "month":
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    return str(np.datetime64(number, "D"))
