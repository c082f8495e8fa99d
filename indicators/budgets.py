"""Budget lines of the plans and what was spent on them, line by line and year by year.

Belongs here: `budget_use`. Not here: the compensation schemes' spending (`spending`). Lines are never summed: they may stand
in different price levels, which the column `break` tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from indicators.lines import Lines, Row, amount, as_written, ratio
from indicators.spending import EXPENSE, REVENUE

INDICATOR = "budget_use"
SIGNS = {EXPENSE: 1, REVENUE: -1}
YEAR = 12
THOUSAND = 1000


def budget_figures(
    budgets: Sequence[Row] | None, ledger: Sequence[Row] | None, months: Sequence[int]
) -> pd.DataFrame:
    """`budget_use` in kroner: the budget of a line and year, what the ledger has under the line's id up to the month, and
    its share. Lines of the year and of earlier years. None stands for what was never delivered."""
    lines = Lines(months)
    if budgets is None:
        lines.not_computed(INDICATOR, ["budget"])
    if budgets is None or ledger is None:
        lines.not_computed(INDICATOR, ["spent", "share"])
    net: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for entry in ledger or ():
        kroner = as_written(entry["beloeb_kr"]) or Decimal(0)
        net[entry["formaal"], entry["maaned"]] += SIGNS.get(entry["indtaegt_udgift"], 0) * kroner
    for line in budgets or ():
        thousands = as_written(line["beloeb_1000kr"])
        budget = None if thousands is None else thousands * THOUSAND
        level = line["prisniveau"] or ""
        named = ("budget_line", f"{line['plan']}: {line['linje_id']}")
        dims = (named, ("year", str(line["aar"])))
        first = line["aar"] * YEAR
        for month in months:
            if month < first:
                continue
            lines.write(INDICATOR, "budget", month, amount(budget, level), dims)
            if ledger is None:
                continue
            booked = range(first, min(first + YEAR, month + 1))
            spent = sum((net.get((line["linje_id"], m), Decimal(0)) for m in booked), Decimal(0))
            lines.write(INDICATOR, "spent", month, amount(spent, level), dims)
            lines.write(INDICATOR, "share", month, ratio(spent, budget, level), dims)
    return lines.table()
