"""Hires of the target group by kind, and citizens shared with other administrations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.indicators.town import Figures, Town

JUNE = "2019-06"


def hired(start: date, number: int = 1, **of: Any) -> Figures:
    town = Town()
    town.person(1)
    town.person(2, target=False)
    row = {
        "sag_id": "F-1",
        "ansat_fra": start,
        "ansaettelsestype": "fleksjob",
        "via_klausul": False,
    }
    town.add("fleksjob", person=number, **{**row, **of})
    return town.figures("hires", JUNE)


@pytest.mark.parametrize(
    ("start", "month", "year"),
    [
        (date(2018, 6, 30), 0, 0),
        (date(2018, 7, 1), 0, 1),
        (date(2019, 5, 31), 0, 1),
        (date(2019, 6, 1), 1, 1),
        (date(2019, 6, 30), 1, 1),
        (date(2019, 7, 1), 0, 0),
    ],
)
def test_a_hire_is_of_the_month_it_begins_in(start: date, month: int, year: int) -> None:
    figures = hired(start)
    assert figures.value("hires_by_kind/fleksjob/T", JUNE) == month
    assert figures.value("hires_by_kind/fleksjob|12m/T", JUNE) == year


def test_kinds_and_clause() -> None:
    figures = hired(date(2019, 6, 1), ansaettelsestype="fastholdelsesfleksjob", via_klausul=True)
    kinds = {"fleksjob": 0, "fastholdelsesfleksjob": 1, "via_klausul": 1, "ordinær": 0}
    for kind, n in kinds.items():
        assert figures.value(f"hires_by_kind/{kind}/T", JUNE) == n


@pytest.mark.parametrize("number", [2, 99])
def test_only_the_target_group_counts(number: int) -> None:
    """Number 2 is not in it, 99 is nobody the population register knows."""
    assert hired(date(2019, 6, 1), number).value("hires_by_kind/fleksjob|12m/T", JUNE) == 0


def test_ordinary_hires_are_the_narrow_exits_to_a_job() -> None:
    """The first week of May is the 18th of the year, the 70th of the register."""
    town = Town()
    months = {f"2019-{month:02d}": 1.0 for month in range(5, 9)}
    town.person(1, [(70, 111)], degrees=months)
    town.person(2, [(70, 700)], degrees=months)  # unemployed in the wide sense alone
    figures = town.figures("hires", "2019-05", JUNE)
    assert figures.value("hires_by_kind/ordinær/T", "2019-05") == 1
    assert figures.value("hires_by_kind/ordinær/T", JUNE) == 0
    assert figures.value("hires_by_kind/ordinær|12m/T", JUNE) == 1


def test_without_fleksjob_ordinary_hires_are_still_computed() -> None:
    town = Town()
    town.person(1)
    figures = town.figures("hires", JUNE)
    assert figures.flag("hires_by_kind/ordinær/T", JUNE) == ""
    for kind in ("fleksjob", "fastholdelsesfleksjob", "via_klausul"):
        assert figures.flag(f"hires_by_kind/{kind}/T", JUNE) == "not_computed"
        assert figures.flag(f"hires_by_kind/{kind}|12m/T", JUNE) == "not_computed"


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        (date(2019, 6, 30), None, 1),
        (date(2019, 7, 1), None, 0),
        (date(2019, 1, 1), date(2019, 6, 30), 1),
        (date(2019, 1, 1), date(2019, 6, 29), 0),
    ],
)
def test_a_shared_case_covers_the_day(first: date, last: date | None, n: int) -> None:
    town = Town()
    town.person(1)
    town.person(2, target=False)
    for number in (1, 2, 99):
        town.add("shared_cases", person=number, forvaltning="SOF", fra=first, til=last)
    town.add("shared_cases", person=1, forvaltning="BUF", fra=first, til=last)
    figures = town.figures("cooperation", JUNE)
    for group, persons in (("T", n), ("P", 2 * n)):
        place = f"shared_citizens//{group}"
        # In all a person counts once, whatever the administrations.
        assert figures.value(place, JUNE) == persons
        assert figures.value(place, JUNE, "administration", "SOF") == persons
        assert figures.value(place, JUNE, "administration", "BUF") == n
        assert figures.value(place, JUNE, "administration", "SUF") == 0


def test_shared_cases_never_delivered() -> None:
    town = Town()
    town.person(1)
    table = town.figures("cooperation", JUNE).table
    assert (len(table), set(table["flag"])) == (2, {"not_computed"})
