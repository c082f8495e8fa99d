"""The kept registers as a plan reads them: rows by sheet, cut at a day.

Belongs here: finding rows and what is known on a day. Not here: what they say of a plan (`following`), of money (`money`)
or of the office (`office`), reading the delivered workbook (`sources`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Registers:
    """Every sheet of the registers in force, by name; a sheet that was left out has no rows.

    `day` is the reference date: what is dated later is not known yet. `delivered` False: the office has handed in no
    workbook at all.
    """

    sheets: Mapping[str, Sequence[Row]]
    day: date
    delivered: bool = True

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet."""
        return list(self.sheets.get(sheet, ()))

    def of_plan(self, sheet: str, plan_id: str) -> list[Row]:
        """The rows of a sheet that name the plan."""
        return [row for row in self.rows(sheet) if row["plan"] == plan_id]

    def known(self, when: date | None) -> date | None:
        """The date when it has come, else None."""
        return when if when is not None and when <= self.day else None


def text(cell: Any) -> str:
    """A cell's text without blanks around it; blank where there is none."""
    return "" if cell is None else str(cell).strip()
