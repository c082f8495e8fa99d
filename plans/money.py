"""Budget and spending of a plan, line by line and year by year.

Belongs here: joining the plan's budget lines with the register and the protected figures. Not here: the lines themselves
(`schema`), what was spent (`indicators.budgets`). Nothing is summed: lines may stand in different price levels.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from plans.budget import BudgetLine, BudgetTable
from plans.figures import Figure, of_indicator, series
from plans.kept import Registers, Row, text
from plans.schema import Plan

INDICATOR = "budget_use"
Place = tuple[str, int]
"""A budget line's id and a year."""


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
    """Every line and year of the plan, then those the register has beside them, by line and year."""
    rows = of_indicator(table, INDICATOR)
    rows = rows[rows["period"] == month]
    entered: dict[Place, list[Row]] = defaultdict(list)
    for row in kept.of_plan("budgets", plan.id):
        entered[text(row["linje_id"]), row["aar"]].append(row)
    promised = {
        (line.id, year): (budget, line)
        for budget, line in plan.budget_lines()
        for year in line.years
    }
    titles = {line.id: line.title for _, line in plan.budget_lines()}
    places = [*promised, *sorted(entered.keys() - promised.keys())]
    return tuple(
        _year(place, titles.get(place[0], ""), promised.get(place), row, _spent(plan, rows, place))
        for place in places
        for row in entered.get(place) or [{}]
    )


def _spent(plan: Plan, rows: pd.DataFrame, place: Place) -> tuple[Figure | None, Figure | None]:
    """What was spent on a line in a year, and its share of the entered budget, of the month's rows."""
    dims = (("budget_line", f"{plan.id}: {place[0]}"), ("year", str(place[1])))
    found = (series(rows, variant, "", dims).values() for variant in ("spent", "share"))
    spent, share = (next(iter(figures), None) for figures in found)
    return spent, share


def _year(
    place: Place,
    title: str,
    promised: tuple[BudgetTable, BudgetLine] | None,
    row: Row,
    figures: tuple[Figure | None, Figure | None],
) -> BudgetUse:
    """One line in one year. The entered price level is shown, for budget and share stand in it; the plan's own otherwise."""
    year = place[1]
    level, source, note = text(row.get("prisniveau")), text(row.get("kilde")), ""
    if promised is not None:
        budget, line = promised
        level = level or (budget.price_level_of(year) if budget.price_level else "")
        source = source or line.source or budget.source
        note = " ".join(filter(None, [line.words_of(year), _two_levels(budget, row, year)]))
    return BudgetUse(
        line=place[0],
        title=title,
        year=year,
        price_level=level,
        promised=None if promised is None else promised[1].promised(year),
        budget=row.get("beloeb_1000kr"),
        spent=figures[0],
        share=figures[1],
        source=source,
        note=note,
    )


def _two_levels(budget: BudgetTable, row: Row, year: int) -> str:
    """A sentence where the office entered another price level than the plan's."""
    entered, stated = text(row.get("prisniveau")), budget.price_level_of(year)
    if not entered or entered == stated:
        return ""
    return (
        f"Planens beløb er i {stated}."
        if budget.price_level
        else "Planen oplyser intet prisniveau."
    )
