"""Figures read out of the protected table: one row, or one statistic month by month.

Belongs here: finding rows. Not here: what a figure says of a goal (`assessment`) or of a kept register's row (`office`),
which figures are hidden (`disclosure`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

SUPPRESSED = "suppressed"
Dims = tuple[tuple[str, str], ...]
"""Breakdowns of a row with its category in each; none for the total."""


@dataclass(frozen=True)
class Figure:
    """One row of the tidy table; a number is None where the table's cell is blank.

    `mark` is the row's `break`: a break in series, a price level, or a target not approved.
    """

    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    unit: str
    flag: str
    mark: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether the disclosure control hides it."""
        return self.flag == SUPPRESSED


def of_indicator(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The rows of one indicator, blank texts as blank strings."""
    rows = table[table["indicator"] == indicator].copy()
    for column in ("variant", "group", "dim1", "value1", "dim2", "value2", "break"):
        rows[column] = rows[column].astype("object").fillna("").astype("str")
    return rows


def series(
    rows: pd.DataFrame, variant: str = "", group: str = "", dims: Dims = ()
) -> dict[str, Figure]:
    """One statistic by period, of the rows of one indicator; empty when there are none.

    Raises ValueError when a period stands twice.
    """
    (dim1, value1), (dim2, value2) = (*dims, ("", ""), ("", ""))[:2]
    wanted = {"variant": variant, "group": group, "dim1": dim1, "value1": value1}
    for column, value in {**wanted, "dim2": dim2, "value2": value2}.items():
        rows = rows[rows[column] == value]
    found = {str(row["period"]): _figure(row) for row in rows.to_dict("records")}
    if len(found) != len(rows):
        raise ValueError(f"the table has {variant} {group} twice for a period")
    return found


def figure_at(rows: pd.DataFrame, month: str, variant: str = "", dims: Dims = ()) -> Figure | None:
    """One figure without group, of the rows of one indicator; None when there is none."""
    return series(rows, variant, "", dims).get(month)


def _figure(row: Mapping[Hashable, Any]) -> Figure:
    number = {
        name: None if pd.isna(row[name]) else float(row[name])
        for name in ("value", "numerator", "denominator", "low", "high")
    }
    unit, flag = ("" if pd.isna(row[name]) else str(row[name]) for name in ("unit", "flag"))
    return Figure(str(row["period"]), unit=unit, flag=flag, mark=str(row["break"]), **number)
