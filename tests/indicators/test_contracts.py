"""What contracts require, what was achieved, and what could be expected by now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from indicators.calendar import parse_month
from indicators.contracts import contract_figures
from tests.indicators.town import Figures

JUNE = "2019-06"
KON1 = ("contract", "KON-1")


def contract(name: str = "KON-1", **of: Any) -> dict[str, Any]:
    ordinary = {"start": date(2019, 6, 1), "slut": date(2019, 7, 30), "option_til": None}
    asked = {"option_udnyttet": None, "krav_antal": 6, "opnaaet_antal": 2}
    return {"kontrakt_id": name, **ordinary, **asked, **of}


def figures(*contracts: dict[str, Any]) -> Figures:
    return Figures(contract_figures(contracts, [parse_month(JUNE)]))


def told(found: Figures, variant: str, *of: str) -> float | str:
    row = found.row(f"clause_fulfilment/{variant}/", JUNE, *of)
    return row["flag"] or float(row["value"])


def test_half_the_term_asks_for_half_the_requirement() -> None:
    """30 of 60 days are gone, both ends counted."""
    found = figures(contract())
    for of in (KON1, ()):
        row = found.row("clause_fulfilment/share/", JUNE, *of)
        assert (row["numerator"], row["denominator"], row["value"]) == (2, 6, 2 / 6)
        assert row[["low", "high"]].isna().all()
        assert told(found, "expected", *of) == 3
        assert (told(found, "required", *of), told(found, "achieved", *of)) == (6, 2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"slut": date(2019, 6, 30)}, 6.0),  # the last day is today
        ({"slut": date(2019, 6, 10)}, 6.0),  # it is past: no more than the whole
        ({"start": date(2019, 6, 30), "slut": date(2019, 6, 30)}, 6.0),
        ({"start": date(2019, 6, 30), "slut": date(2019, 7, 1)}, 3.0),
        ({"option_til": date(2019, 9, 28)}, 3.0),  # not used
        ({"option_til": date(2019, 9, 28), "option_udnyttet": False}, 3.0),
        ({"option_til": date(2019, 9, 28), "option_udnyttet": True}, 1.5),
        ({"slut": None}, "missing"),
        ({"krav_antal": None}, "missing"),
    ],
)
def test_expected_by_a_linear_run(change: dict[str, Any], expected: float | str) -> None:
    assert told(figures(contract(**change)), "expected", *KON1) == expected


@pytest.mark.parametrize(
    ("start", "is_there"),
    [(date(2019, 6, 30), True), (date(2019, 7, 1), False), (None, False)],
)
def test_a_contract_counts_from_its_first_day(start: date | None, is_there: bool) -> None:
    found = figures(contract(start=start))
    assert ("KON-1" in set(found.table["value1"])) == is_there
    assert told(found, "required") == (6 if is_there else "missing")


def test_rows_of_a_contract_are_summed_and_totals_are_of_what_is_required() -> None:
    found = figures(
        contract(),
        contract(krav_antal=4, opnaaet_antal=None),
        contract("KON-2", krav_antal=None, opnaaet_antal=9),
    )
    assert (told(found, "required", *KON1), told(found, "achieved", *KON1)) == (10, 2)
    assert told(found, "expected", *KON1) == 5
    other = ("contract", "KON-2")
    assert (told(found, "required", *other), told(found, "achieved", *other)) == ("missing", 9)
    assert told(found, "share", *other) == "missing"
    assert (told(found, "required"), told(found, "achieved"), told(found, "share")) == (10, 2, 0.2)


def test_nothing_required_and_nothing_delivered() -> None:
    assert told(figures(contract(krav_antal=0)), "share", *KON1) == "missing"
    assert told(figures(), "achieved") == "missing"
    never = contract_figures(None, [parse_month(JUNE)])
    assert (len(never), set(never["flag"])) == (4, {"not_computed"})
