"""The plan's money beside what the office entered and what was spent: nothing guessed, nothing summed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from plans.kept import Registers
from plans.loading import load_plan
from plans.money import NOT_OF_THE_PLAN, BudgetUse, budget_use
from plans.schema import Plan

MONTH = "2025-06"
COLUMNS = [
    *("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
    *(
        "numerator",
        "denominator",
        "value",
        "low",
        "high",
        "unit",
        "flag",
        "break",
        "definition_version",
    ),
]
BI05 = load_plan("bi05-2024-2027")
POLICY = load_plan("handicappolitik-2009-2012")


def joined(
    plan: Plan, entered: list[dict[str, Any]], spent: float | None = None
) -> list[BudgetUse]:
    """`spent` stands for the first entered line and year; hidden where it is None."""
    rows = []
    if entered:
        first = entered[0]
        place = {"dim1": "budget_line", "value1": f"{plan.id}: {first['linje_id']}"}
        place |= {"dim2": "year", "value2": str(first["aar"]), "indicator": "budget_use"}
        flag = "suppressed" if spent is None else ""
        share = None if spent is None else 0.25
        rows = [
            {**place, "variant": variant, "period": MONTH, "value": value, "flag": flag}
            for variant, value in (("spent", spent), ("share", share))
        ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    kept = Registers({"budgets": [{"plan": plan.id, **row} for row in entered]}, date(2025, 6, 30))
    return list(budget_use(plan, kept, table, MONTH))


def entry(
    line: str, year: int, amount: float | None, level: str | None = "2025 p/l"
) -> dict[str, Any]:
    cells = {"beloeb_1000kr": amount, "prisniveau": level, "kilde": None}
    return {"linje_id": line, "aar": year, **cells}


def test_without_registers_every_line_and_year_of_the_plan_stands_with_its_own_amount() -> None:
    found = {(one.line, one.year): one for one in joined(BI05, [])}
    assert len(found) == sum(len(line.years) for _, line in BI05.budget_lines())
    one = found["bi05-en-indgang", 2025]
    assert (one.promised, one.budget, one.entered_level) == (1300, None, "")
    assert one.title
    assert one.price_level


def test_what_the_paper_leaves_open_is_said_and_no_amount_is_shown() -> None:
    unsettled = [one for one in joined(POLICY, []) if one.promised is None]
    assert unsettled
    assert all(one.note for one in unsettled)
    assert any("pr. år eller i alt" in one.note for one in unsettled)


@pytest.mark.parametrize(("level", "told"), [("2025 p/l", "2025 p/l"), (None, "ikke oplyst")])
def test_the_offices_budget_stands_beside_in_its_own_price_level(
    level: str | None, told: str
) -> None:
    found = joined(BI05, [entry("bi05-en-indgang", 2025, 1250.0, level)], 420_000.0)
    (one,) = (use for use in found if (use.line, use.year) == ("bi05-en-indgang", 2025))
    assert (one.promised, one.budget, one.entered_level) == (1300, 1250.0, told)
    assert one.spent is not None
    assert one.spent.value == 420_000.0
    assert one.spent.unit == ""
    assert one.share is not None
    assert one.share.value == 0.25


def test_hidden_spending_stays_hidden() -> None:
    found = joined(BI05, [entry("bi05-en-indgang", 2025, 1250.0)])
    (one,) = (use for use in found if (use.line, use.year) == ("bi05-en-indgang", 2025))
    assert one.spent is not None
    assert (one.spent.value, one.spent.is_hidden) == (None, True)


def test_a_year_the_office_added_stands_with_its_line_and_an_unknown_line_comes_last() -> None:
    found = joined(BI05, [entry("bi05-en-indgang", 2028, 900.0), entry("opdigtet", 2025, 5.0)])
    years = [one.year for one in found if one.line == "bi05-en-indgang"]
    assert years == [2024, 2025, 2026, 2027, 2028]
    unknown = found[-1]
    assert (unknown.line, unknown.note) == ("opdigtet", NOT_OF_THE_PLAN)
    assert unknown.promised is None
    assert (unknown.title, unknown.price_level, unknown.source) == ("", "", "")
