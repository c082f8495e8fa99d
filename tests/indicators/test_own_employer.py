"""Staff on special terms: the latest month, the mean, the target, and margins that are sums of their cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from indicators.calendar import parse_month
from indicators.categories import STAFF_SCHEMES
from indicators.own_employer import staff_figures
from tests.indicators.town import Figures

MAY, JUNE = "2019-05", "2019-06"
CELL = ("administration", "BIF", "scheme=fleksjob")
APPROVED = {body: date(2019, 1, 15) for body in ("godkendt_bif", "godkendt_oekf", "godkendt_br")}


def staff(month: str, n: int, place: str = "BIF", scheme: str = "fleksjob") -> dict[str, Any]:
    return {"maaned": parse_month(month), "forvaltning": place, "ordning": scheme, "antal": n}


def target(
    n: int | None, place: str = "BIF", scheme: str = "fleksjob", **of: Any
) -> dict[str, Any]:
    named = {"aar": 2019, "forvaltning": place, "ordning": scheme, "maaltal": n}
    return {**named, **APPROVED, **of}


def figures(
    rows: list[dict[str, Any]] | None, targets: list[dict[str, Any]] | None, month: str = JUNE
) -> Figures:
    return Figures(staff_figures(rows, targets, [parse_month(month)]))


def told(found: Figures, variant: str, *of: str, month: str = JUNE) -> tuple[float, str]:
    row = found.row(f"staff_special_terms/{variant}/", month, *of)
    return float(row["value"]), row["flag"]


def test_latest_and_mean_of_the_year_so_far() -> None:
    rows = [
        staff("2018-12", 99),  # last year
        staff("2019-01", 10),
        staff("2019-02", 4, "BUF"),  # a month that BIF told nothing of: 0 in its mean
        staff("2019-03", 20),
        staff("2019-07", 99),  # next month
    ]
    found = figures(rows, None)
    assert told(found, "latest", *CELL) == (20, "")
    mean = found.row("staff_special_terms/mean/", JUNE, *CELL)
    assert (mean["numerator"], mean["denominator"], mean["value"]) == (30, 3, 10)
    assert told(found, "latest", "administration", "BIF") == (20, "")
    assert told(found, "latest", "scheme", "fleksjob") == (24, "")
    assert told(found, "latest") == (24, "")
    assert told(found, "mean")[0] == 34 / 3
    assert told(found, "latest", "administration", "TMF", "scheme=fleksjob")[1] == "missing"
    assert told(found, "mean", "administration", "TMF", "scheme=fleksjob") == (0, "")


def test_a_new_year_begins_anew() -> None:
    found = figures([staff("2018-12", 99)], None, "2019-01")
    assert told(found, "latest", *CELL, month="2019-01")[1] == "missing"
    assert told(found, "mean", *CELL, month="2019-01")[1] == "missing"


def test_fulfilment_is_the_latest_over_the_target() -> None:
    found = figures([staff(MAY, 30)], [target(40), target(10, "BUF")])
    row = found.row("staff_special_terms/fulfilment/", JUNE, *CELL)
    assert (row["numerator"], row["denominator"], row["value"]) == (30, 40, 0.75)
    assert row[["low", "high"]].isna().all()
    assert row["unit"] == "andel"
    # A target nobody works under yet, and staff without a target.
    assert told(found, "fulfilment", "administration", "BUF", "scheme=fleksjob")[1] == "missing"
    assert told(figures([staff(MAY, 30)], []), "fulfilment", *CELL)[1] == "missing"
    assert told(figures([staff(MAY, 30)], [target(0)]), "fulfilment", *CELL)[1] == "missing"
    assert told(figures([staff(MAY, 30)], [target(40, aar=2018)]), "target", *CELL)[1] == "missing"


def test_a_margin_has_a_target_only_when_every_cell_has() -> None:
    whole = [target(10, scheme=scheme) for scheme in STAFF_SCHEMES]
    assert told(figures([], whole), "target", "administration", "BIF") == (40, "")
    assert told(figures([], whole[1:]), "target", "administration", "BIF")[1] == "missing"
    unstated = [*whole[1:], target(None)]
    assert told(figures([], unstated), "target", "administration", "BIF")[1] == "missing"


@pytest.mark.parametrize(
    ("approval", "mark"),
    [
        ({}, ""),
        ({"godkendt_br": date(2019, 6, 30)}, ""),
        ({"godkendt_br": date(2019, 7, 1)}, "ikke godkendt"),
        ({"godkendt_bif": None}, "ikke godkendt"),
        ({"godkendt_oekf": None}, "ikke godkendt"),
        ({"godkendt_br": None, "maaltal": None}, ""),
    ],
)
def test_a_target_lacking_an_approval_is_marked(approval: dict[str, Any], mark: str) -> None:
    found = figures([staff(MAY, 30)], [target(40, **approval), target(5, scheme="løntilskud")])
    for variant in ("target", "fulfilment"):
        for place in (CELL, ("administration", "BIF"), ("scheme", "fleksjob"), ()):
            row = found.row(f"staff_special_terms/{variant}/", JUNE, *place)
            assert row["break"] == mark
    assert found.row("staff_special_terms/latest/", JUNE, *CELL)["break"] == ""
    other = ("administration", "BIF", "scheme=løntilskud")
    assert found.row("staff_special_terms/target/", JUNE, *other)["break"] == ""


@pytest.mark.parametrize(
    ("rows", "targets", "computed"),
    [
        (None, None, set()),
        ([], None, {"latest", "mean"}),
        (None, [], {"target"}),
        ([], [], {"latest", "mean", "target", "fulfilment"}),
    ],
)
def test_what_is_not_computed_without(
    rows: list[Any] | None, targets: list[Any] | None, computed: set[str]
) -> None:
    table = figures(rows, targets).table
    assert set(table.query("flag != 'not_computed'")["variant"]) == computed
    assert len(table.query("flag == 'not_computed'")) == 4 - len(computed)
    assert all(
        len(of) == 1 + 7 + 4 + 28 for name, of in table.groupby("variant") if name in computed
    )
