"""Clauses in contracts and budget lines, worked out by hand for March 2019."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .figures import figures
from .model import Figure, Month
from .people_by_hand import at, delivered, home

MARCH = (2019, 3)
PERIOD = "2019-03"
D = date(2019, 3, 31)
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")


def contract(name: str, **changes: Any) -> dict[str, Any]:
    """A contract of the year 2019, 365 days, that demands 73; by the end of March 90 days are gone."""
    return {
        "kontrakt_id": name,
        "start": date(2019, 1, 1),
        "slut": date(2019, 12, 31),
        "option_til": date(2020, 12, 30),
        "option_udnyttet": None,
        "krav_antal": 73,
        "ordning": "fleksjob",
        "opnaaet_antal": 20,
    } | changes


def test_clauses() -> None:
    contracts = [
        contract("even"),  # 73 x 90 / 365 = 18
        contract("prolonged", option_udnyttet=True),  # 730 days: 9
        contract("ended", start=date(2018, 3, 31), slut=date(2019, 3, 30), opnaaet_antal=None),
        contract("no demand", krav_antal=None),
        contract("two", krav_antal=10, opnaaet_antal=1, start=D, slut=D),
        contract(
            "two", krav_antal=20, opnaaet_antal=2, start=D, slut=date(2019, 4, 9), ordning="x"
        ),
        contract("tomorrow", start=date(2019, 4, 1)),
        contract("no start", start=None),
    ]
    rows = figures(delivered([home("a")], contracts=contracts), [MARCH])

    def measures(*cell: str) -> list[Any]:
        names = ("required", "achieved", "share", "expected")
        return [at(rows, "clause_fulfilment", name, PERIOD, "", *cell).value for name in names]

    assert measures("contract", "even") == [73, 20, 20 / 73, 18.0]
    assert measures("contract", "prolonged") == [73, 20, 20 / 73, 9.0]
    assert measures("contract", "ended") == [73, None, None, 73.0]
    assert measures("contract", "no demand") == [None, 20, None, None]
    # All of 10 in its one day, and the first of ten days of 20.
    assert measures("contract", "two") == [30, 3, 0.1, 12.0]
    # Those with a demand: 73 x 3 + 30, and 20 + 20 + 3.
    assert measures() == [249, 43, 43 / 249, 18 + 9 + 73 + 12]
    assert {key.value1 for key in rows if key.dim1 == "contract"} == {
        *("even", "prolonged", "ended", "no demand", "two")
    }


def test_budgets() -> None:
    def line(name: str, year: int, thousands: float | None, level: str | None) -> dict[str, Any]:
        return {
            "plan": "p",
            "linje_id": name,
            "aar": year,
            "beloeb_1000kr": thousands,
            "prisniveau": level,
        }

    def booked(month: Month, kroner: float, way: str = "U") -> dict[str, Any]:
        return {"maaned": month, "formaal": "l", "beloeb_kr": kroner, "indtaegt_udgift": way}

    lines = [
        line("l", 2018, 0.3, "2018-pl"),
        line("l", 2019, 1250.75, None),
        line("l", 2020, 1, "x"),
    ]
    lines.append(line("m", 2019, None, "2019-pl"))
    ledger = [
        booked((2018, 12), 200.1),
        booked((2018, 1), 50.1, "I"),
        booked((2019, 3), 100.0),
        booked((2019, 4), 7.0),
    ]
    rows = figures(delivered([home("a")], budgets=lines, spending=ledger), [MARCH])
    year = ("budget_line", "p: l", "year", "2018")
    assert at(rows, "budget_use", "budget", PERIOD, "", *year) == Figure(
        None, None, 300.0, None, None, "", "2018-pl"
    )
    assert at(rows, "budget_use", "spent", PERIOD, "", *year).value == 150.0
    assert at(rows, "budget_use", "share", PERIOD, "", *year) == Figure(
        150.0, 300.0, 0.5, None, None, "", "2018-pl"
    )
    now = ("budget_line", "p: l", "year", "2019")
    assert at(rows, "budget_use", "spent", PERIOD, "", *now).value == 100.0
    assert at(rows, "budget_use", "budget", PERIOD, "", *now).value == 1250750.0
    other = ("budget_line", "p: m", "year", "2019")
    assert at(rows, "budget_use", "budget", PERIOD, "", *other).flag == "missing"
    assert at(rows, "budget_use", "share", PERIOD, "", *other).flag == "missing"
    assert at(rows, "budget_use", "spent", PERIOD, "", *other).value == 0.0
    assert not any(key.value2 == "2020" for key in rows)
    rows = figures(delivered([home("a")], budgets=lines), [MARCH])
    assert at(rows, "budget_use", "share", PERIOD, "") == NOT_COMPUTED
    assert at(rows, "budget_use", "budget", PERIOD, "", *now).value == pytest.approx(1250750)
