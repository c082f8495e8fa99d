"""Budget and spending of a plan, line by line and year by year.

Belongs here: joining the plan's budget lines with the register and the protected figures. Not here: the lines themselves
(`budget`), what was spent (`indicators.budgets`). Nothing is summed: lines may stand in different price levels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from plans.budget import BudgetLine, BudgetTable
from plans.figures import Figure, figure_at, of_indicator
from plans.kept import Registers, Row, text
from plans.parts import NOT_STATED
from plans.schema import Plan

INDICATOR = "budget_use"
NOT_OF_THE_PLAN = "Linjen er ført ind af kontoret; planen har den ikke."


@dataclass(frozen=True)
class BudgetUse:
    """One budget line in one year.

    `promised` is the plan's own amount in `price_level`, `budget` the one the office has entered in `entered_level`, both
    in 1,000 kroner; None and blank where not stated. `spent` (kroner up to the report month) and `share` (of the entered
    budget) come from the protected table, None where it has none. `source` is the office's word, else the plan's. `note`
    says in Danish what the paper leaves open, or that the plan has no such line.
    """

    line: str
    title: str
    year: int
    price_level: str
    promised: float | None
    entered_level: str
    budget: float | None
    spent: Figure | None
    share: Figure | None
    source: str
    note: str = ""


def budget_use(
    plan: Plan, kept: Registers, table: pd.DataFrame, month: str
) -> tuple[BudgetUse, ...]:
    """Every line and year of the plan in its order, each with the years the office has added; then lines the office has
    entered that the plan has not."""
    entered = {
        (text(row["linje_id"]), int(row["aar"])): row for row in kept.of_plan("budgets", plan.id)
    }
    rows = of_indicator(table, INDICATOR)
    figures = rows[rows["period"] == month]
    found: list[BudgetUse] = []
    for level, line in plan.budget_lines():
        added = {year for name, year in entered if name == line.id}
        for year in sorted({*line.years, *added}):
            row = entered.pop((line.id, year), None)
            promised = _promised(level, line, year)
            found.append(_spent(plan, _entered(promised, row), figures, month))
    for (name, year), row in sorted(entered.items()):
        unknown = BudgetUse(name, "", year, "", None, "", None, None, None, "", NOT_OF_THE_PLAN)
        found.append(_spent(plan, _entered(unknown, row), figures, month))
    return tuple(found)


def _promised(level: BudgetTable, line: BudgetLine, year: int) -> BudgetUse:
    return BudgetUse(
        line=line.id,
        title=line.title,
        year=year,
        price_level=level.price_level_of(year),
        promised=line.promised(year),
        entered_level="",
        budget=None,
        spent=None,
        share=None,
        source=line.source or level.source,
        note=line.words_of(year) or line.note,
    )


def _entered(use: BudgetUse, row: Row | None) -> BudgetUse:
    if row is None:
        return use
    return replace(
        use,
        entered_level=text(row["prisniveau"]) or NOT_STATED,
        budget=row["beloeb_1000kr"],
        source=text(row["kilde"]) or use.source,
    )


def _spent(plan: Plan, use: BudgetUse, figures: pd.DataFrame, month: str) -> BudgetUse:
    dims = (("budget_line", f"{plan.id}: {use.line}"), ("year", str(use.year)))
    spent, share = (figure_at(figures, month, of, dims) for of in ("spent", "share"))
    return replace(use, spent=spent, share=share)
