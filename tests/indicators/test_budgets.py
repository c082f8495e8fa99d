"""A budget line and what was spent on it."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.budgets import budget_figures
from indicators.calendar import parse_month
from tests.indicators.town import Figures

JUNE = "2019-06"
LINE = ("budget_line", "bi05: peer", "year=2019")


def line(
    thousands: float | None, year: int = 2019, level: str | None = "2019 p/l"
) -> dict[str, Any]:
    named = {"plan": "bi05", "linje_id": "peer", "aar": year}
    return {**named, "beloeb_1000kr": thousands, "prisniveau": level}


def entry(
    month: str, kroner: float | None, kind: str = "U", purpose: str = "peer"
) -> dict[str, Any]:
    named = {"maaned": parse_month(month), "formaal": purpose}
    return {**named, "beloeb_kr": kroner, "indtaegt_udgift": kind}


def figures(
    budgets: list[dict[str, Any]] | None, ledger: list[dict[str, Any]] | None, month: str = JUNE
) -> Figures:
    return Figures(budget_figures(budgets, ledger, [parse_month(month)]))


def test_spent_in_the_year_up_to_the_month() -> None:
    ledger = [
        entry("2018-12", 1e6),
        entry("2019-01", 100.1),
        entry("2019-06", 0.2),
        entry("2019-06", 50.3, "I"),
        entry("2019-06", 1e6, purpose="mentor"),
        entry("2019-07", 1e6),
    ]
    found = figures([line(0.1)], ledger)
    budget, spent, part = (
        found.row(f"budget_use/{variant}/", JUNE, *LINE) for variant in ("budget", "spent", "share")
    )
    assert (budget["value"], budget["unit"]) == (100, "kr.")
    assert (spent["value"], spent["unit"]) == (50, "kr.")
    assert (part["numerator"], part["denominator"], part["value"]) == (50, 100, 0.5)
    assert part["unit"] == "andel"
    assert budget[["numerator", "denominator"]].isna().all()
    assert {row["break"] for row in (budget, spent, part)} == {"2019 p/l"}


def test_an_entry_without_an_amount_adds_nothing() -> None:
    found = figures([line(0.1)], [entry("2019-01", 100.0), entry("2019-02", None)])
    assert found.row("budget_use/spent/", JUNE, *LINE)["value"] == 100


def test_a_past_year_stays_whole_and_a_coming_one_is_not_shown() -> None:
    ledger = [entry("2018-01", 10.0), entry("2018-12", 5.0), entry("2019-01", 1.0)]
    found = figures([line(1.0, 2018), line(1.0, 2019), line(1.0, 2020)], ledger)
    assert (
        found.row("budget_use/spent/", JUNE, "budget_line", "bi05: peer", "year=2018")["value"]
        == 15
    )
    assert found.row("budget_use/spent/", JUNE, *LINE)["value"] == 1
    assert set(found.table["value2"]) == {"2018", "2019"}
    # Lines are not summed: there is no total.
    assert set(found.table["dim1"]) == {"budget_line"}


@pytest.mark.parametrize(("thousands", "flag"), [(1.0, ""), (0.0, "missing"), (None, "missing")])
def test_a_share_of_a_budget_that_is_stated(thousands: float | None, flag: str) -> None:
    found = figures([line(thousands, level=None)], [entry(JUNE, 5.0)])
    assert found.row("budget_use/share/", JUNE, *LINE)["flag"] == flag
    assert found.row("budget_use/spent/", JUNE, *LINE)["value"] == 5
    stated = "" if thousands is not None else "missing"
    assert found.row("budget_use/budget/", JUNE, *LINE)["flag"] == stated
    assert found.row("budget_use/budget/", JUNE, *LINE)["break"] == ""


@pytest.mark.parametrize(
    ("budgets", "ledger", "lacking"),
    [
        (None, None, {"budget", "spent", "share"}),
        (None, [], {"budget", "spent", "share"}),
        ([], None, {"spent", "share"}),
        ([], [], set()),
    ],
)
def test_what_is_not_computed_without(
    budgets: list[Any] | None, ledger: list[Any] | None, lacking: set[str]
) -> None:
    table = figures(budgets, ledger).table
    assert set(table["variant"]) == lacking
    assert len(table) == len(lacking)
