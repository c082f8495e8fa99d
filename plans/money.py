"""Budget and spending of a plan, line by line and year by year.

Belongs here: joining the plan's budget lines with the register and the protected figures. Not here: the lines themselves
(`schema`), what was spent (`indicators.budgets`). Nothing is summed: lines may stand in different price levels.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from plans.figures import Figure, figure_at, of_indicator
from plans.kept import Registers, Row, text
from plans.schema import Plan

INDICATOR = "budget_use"


@dataclass(frozen=True)
class BudgetUse:
    """One budget line in one year.

    `price_level` as stated, blank where it is not; `promised` is the plan's own amount and `budget` the one the office has
    entered, both in 1,000 kroner and None where not stated. `spent` (kroner up to the report month) and `share` (of the
    entered budget) come from the protected table, None where it has none. `note` says in Danish what the paper leaves open.
    """

    line: str
    title: str
    year: int
    price_level: str
    promised: float | None
    budget: float | None
    spent: Figure | None
    share: Figure | None
    source: str
    note: str = ""


def budget_use(
    plan: Plan, kept: Registers, table: pd.DataFrame, month: str
) -> tuple[BudgetUse, ...]:
    """Every line and year that the register has for the plan, by line and year."""
    rows = of_indicator(table, INDICATOR)
    entered = sorted(
        kept.of_plan("budgets", plan.id), key=lambda row: (row["linje_id"], row["aar"])
    )
    return tuple(_entered(plan, row, rows[rows["period"] == month], month) for row in entered)


def _entered(plan: Plan, row: Row, rows: pd.DataFrame, month: str) -> BudgetUse:
    dims = (("budget_line", f"{plan.id}: {row['linje_id']}"), ("year", str(row["aar"])))
    return BudgetUse(
        line=text(row["linje_id"]),
        title="",
        year=row["aar"],
        price_level=text(row["prisniveau"]),
        promised=None,
        budget=row["beloeb_1000kr"],
        spent=figure_at(rows, month, "spent", dims),
        share=figure_at(rows, month, "share", dims),
        source=text(row["kilde"]),
    )
