"""How a sheet of the kept registers is put together, and the plans whose ids stand in it.

Here belongs: rows to a typed table, days of the range, plan ids. Here does not belong: what the
sheets say (`plan_registers`, `office_registers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from synthetic.timeline import Timeline, first_day, last_day

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
KINDS = {"text": pa.string(), "date": pa.date32(), "whole": pa.int64(), "number": pa.float64()}


@dataclass(frozen=True)
class PlanIds:
    """The ids of one plan that its registers are filled in by.

    `begins` is the first day of its period, None for one without; `milestones` are ids with the day each is due,
    `deliverables` ids with an audience of each, blank for all, `goals` ids with the indicator of each; synthetic data know
    nothing else of a plan.
    """

    plan: str
    activities: tuple[str, ...] = ()
    milestones: tuple[tuple[str, date], ...] = ()
    goals: tuple[tuple[str, str], ...] = ()
    deliverables: tuple[tuple[str, str], ...] = ()
    begins: date | None = None


@dataclass(frozen=True)
class Office:
    """What the office knows when it fills in the workbook: the range, its own dice, how many people live there."""

    line: Timeline
    rng: np.random.Generator
    people: int = 0

    @property
    def today(self) -> date:
        """The last day of the last report month."""
        return _date(last_day(self.line.to_month))

    def waits_for(self, plan: PlanIds) -> bool:
        """Whether the plan's period has yet to begin."""
        return plan.begins is not None and plan.begins > self.today

    @property
    def opened(self) -> date:
        """The first day of the first report month."""
        return _date(first_day(self.line.from_month))

    @property
    def years(self) -> range:
        """The calendar years of the range."""
        return range(self.opened.year, self.today.year + 1)

    def before(self, most: int) -> date:
        """A day up to `most` days before the last."""
        return self.today - timedelta(days=int(self.rng.integers(0, most)))

    def within(self) -> date:
        """Any day of the range."""
        return self.before((self.today - self.opened).days + 1)

    def chance(self, share: float) -> bool:
        """True so often."""
        return bool(self.rng.random() < share)

    def one_of(self, choices: Sequence[str]) -> str:
        """One of the choices."""
        return choices[int(self.rng.integers(0, len(choices)))]

    def about(self, usual: float, spread: float = 0.2) -> float:
        """A number near the usual one."""
        return float(usual * (1 + spread * (2 * self.rng.random() - 1)))


def sheet(columns: str, rows: Sequence[Row]) -> pa.Table:
    """A table from rows; `columns` reads `name:kind name:kind …`, kinds as in `KINDS`."""
    named = [column.split(":") for column in columns.split()]
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(named)
    return pa.table(
        {
            name: pa.array(list(values), KINDS[kind])
            for (name, kind), values in zip(named, cells, strict=True)
        }
    )


def yes_no(true: bool) -> str:
    """The office's word."""
    return "ja" if true else "nej"


def _date(day: np.datetime64) -> date:
    return date.fromisoformat(str(day))
