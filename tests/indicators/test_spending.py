"""Kroner by scheme in twelve months, from the ledger's rows."""

from __future__ import annotations

import pyarrow as pa
import pytest

from indicators.calendar import parse_month
from indicators.spending import spending_figures
from tests.indicators.town import Figures

JUNE = "2019-06"
ASSISTANCE = "personlig assistance"
Entry = tuple[str, str, float, str]


def of_ledger(*entries: Entry, month: str = JUNE) -> Figures:
    columns = list(zip(*entries, strict=True)) or [()] * 4
    ledger = pa.table(
        {
            "maaned": pa.array([parse_month(each) for each in columns[0]], pa.int32()),
            "formaal": pa.array(columns[1], pa.string()),
            "beloeb_kr": pa.array(columns[2], pa.float64()),
            "indtaegt_udgift": pa.array(columns[3], pa.string()),
        }
    )
    return Figures(spending_figures(ledger, [parse_month(month)]))


WHOLE_YEAR: tuple[Entry, ...] = (
    ("2018-07", "bi05-peer-mentor", 1.0, "U"),
    (JUNE, "andet", 1.0, "U"),
)


def test_expenses_less_revenues_of_twelve_months() -> None:
    figures = of_ledger(
        *WHOLE_YEAR,
        ("2018-06", ASSISTANCE, 1000.0, "U"),  # a month too old
        ("2018-07", ASSISTANCE, 890.25, "U"),
        (JUNE, ASSISTANCE, 0.25, "I"),
        ("2019-01", "mentor", 110.0, "U"),
        ("2019-07", "mentor", 5000.0, "U"),  # next month
    )
    row = figures.row(f"comp_spending/{ASSISTANCE}/", JUNE)
    assert (row["value"], row["unit"]) == (890.0, "kr.")
    assert row[["numerator", "denominator", "low", "high"]].isna().all()
    assert figures.value("comp_spending/all/", JUNE) == 1000
    assert figures.value("comp_spending/isbryder/", JUNE) == 0
    assert figures.parts(f"comp_spending_share/{ASSISTANCE}/", JUNE) == (890, 1000)
    assert figures.value(f"comp_spending_share/{ASSISTANCE}/", JUNE) == 0.89
    assert figures.row(f"comp_spending_share/{ASSISTANCE}/", JUNE)[["low", "high"]].isna().all()


def test_amounts_are_added_as_decimal_numbers() -> None:
    """In floating point ten dimes are 0.9999999999999999."""
    dimes = [("2019-01", "mentor", 0.1, "U")] * 10
    assert of_ledger(*WHOLE_YEAR, *dimes).value("comp_spending/mentor/", JUNE) == 1


@pytest.mark.parametrize(
    ("first", "last", "flag"),
    [
        ("2018-07", JUNE, ""),
        ("2018-08", JUNE, "not_computed"),
        ("2018-07", "2019-05", "not_computed"),
    ],
)
def test_the_ledger_reaches_from_the_eleventh_month_before_to_the_month(
    first: str, last: str, flag: str
) -> None:
    figures = of_ledger((first, "mentor", 1.0, "U"), (last, "mentor", 1.0, "U"))
    assert figures.flag("comp_spending/mentor/", JUNE) == flag
    assert figures.flag("comp_spending_share/mentor/", JUNE) == flag


def test_nothing_spent_and_nothing_delivered() -> None:
    figures = of_ledger(*WHOLE_YEAR)
    assert figures.value("comp_spending/all/", JUNE) == 0
    assert figures.flag("comp_spending_share/mentor/", JUNE) == "missing"
    assert of_ledger().flag("comp_spending/all/", JUNE) == "not_computed"
    never = Figures(spending_figures(None, [parse_month(JUNE)]))
    assert set(never.table["flag"]) == {"not_computed"}
    assert len(never.table) == 7 + 6
