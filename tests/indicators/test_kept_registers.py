"""The office's registers of activities, milestones, deliverables, sites, tenders and anchoring, cut at the month's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from indicators import table_areas
from indicators.calendar import parse_month
from tests.indicators.town import Figures

JUNE = "2019-06"
DAY, NEXT_DAY = date(2019, 6, 30), date(2019, 7, 1)
Sheet = Sequence[Mapping[str, Any]]
COLUMNS = {
    "deliverables": ("plan", "status", "dato"),
    "milestones": ("plan", "planlagt", "faktisk"),
    "sites": ("lokation_id", "vurderet", "opfyldt", "anbefaling", "lukket"),
    "tenders": ("dato", "adgangskrav"),
    "activities": ("plan", "aktivitet_id", "status", "statusdato"),
    "anchoring": ("plan", "aktivitet_id", "aar"),
}


def figures(**sheets: Sheet) -> Figures:
    """The figures of June; a column that a row does not name is blank."""
    registers = {
        name: pa.Table.from_pylist([{c: row.get(c) for c in COLUMNS[name]} for row in rows])
        for name, rows in sheets.items()
    }
    return Figures(
        table_areas.figures("kept_registers", {"registers": registers}, [parse_month(JUNE)])
    )


def share(found: Figures, place: str, *of: str) -> tuple[float, float]:
    row = found.row(f"{place}/", JUNE, *of)
    assert (row["flag"] == "missing") == (row["denominator"] == 0)
    assert row["low"] <= row["value"] <= row["high"] or row["denominator"] == 0
    return float(row["numerator"]), float(row["denominator"])


@pytest.mark.parametrize(
    ("status", "day", "done"),
    [
        ("gennemført", None, 1),
        ("gennemført", DAY, 1),
        ("gennemført", NEXT_DAY, 0),
        ("i gang", DAY, 0),
        (None, None, 0),
    ],
)
def test_a_deliverable_is_done(status: str | None, day: date | None, done: int) -> None:
    found = figures(deliverables=[{"plan": "a", "status": status, "dato": day}, {"plan": "b"}])
    assert share(found, "deliverables_done/") == (done, 2)
    assert share(found, "deliverables_done/", "plan", "a") == (done, 1)
    assert share(found, "deliverables_done/", "plan", "b") == (0, 1)


@pytest.mark.parametrize(
    ("planned", "reached", "met", "due"),
    [
        (DAY, DAY, 1, 1),
        (DAY, date(2019, 6, 1), 1, 1),
        (date(2019, 6, 29), DAY, 0, 1),
        (DAY, None, 0, 1),
        (NEXT_DAY, date(2019, 6, 1), 0, 0),
        (None, DAY, 0, 0),
    ],
)
def test_a_milestone_is_met_on_time(
    planned: date | None, reached: date | None, met: int, due: int
) -> None:
    found = figures(milestones=[{"plan": "a", "planlagt": planned, "faktisk": reached}])
    assert (
        share(found, "milestones_met/")
        == share(found, "milestones_met/", "plan", "a")
        == (met, due)
    )


@pytest.mark.parametrize(
    ("assessed", "fulfilled", "n"),
    [
        (DAY, True, (1, 1)),
        (DAY, False, (0, 1)),
        (DAY, None, (0, 1)),
        (NEXT_DAY, True, (0, 0)),
        (None, True, (0, 0)),
    ],
)
def test_a_requirement_counts_when_assessed(
    assessed: date | None, fulfilled: bool | None, n: tuple[int, int]
) -> None:
    found = figures(sites=[{"lokation_id": "H1", "vurderet": assessed, "opfyldt": fulfilled}])
    assert share(found, "sites_accessible/") == share(found, "sites_accessible/", "site", "H1") == n
    assert share(found, "sites_accessible/closed") == (0, 0)


@pytest.mark.parametrize(("closed", "n"), [(DAY, 1), (NEXT_DAY, 0), (None, 0)])
def test_a_recommendation_is_closed(closed: date | None, n: int) -> None:
    """Also of a requirement that was never assessed; a closing day without a recommendation is none."""
    rows = [
        {"lokation_id": "H1", "anbefaling": "rampe", "lukket": closed},
        {"lokation_id": "H1", "lukket": DAY},
    ]
    assert share(figures(sites=rows), "sites_accessible/closed", "site", "H1") == (n, 1)


@pytest.mark.parametrize(
    ("day", "twelve", "year"),
    [
        (date(2018, 6, 30), 0, 0),
        (date(2018, 7, 1), 1, 0),
        (date(2018, 12, 31), 1, 0),
        (date(2019, 1, 1), 1, 1),
        (DAY, 1, 1),
        (NEXT_DAY, 0, 0),
        (None, 0, 0),
    ],
)
def test_tenders_of_a_window(day: date | None, twelve: int, year: int) -> None:
    found = figures(
        tenders=[{"dato": day, "adgangskrav": answer} for answer in (True, False, None)]
    )
    assert share(found, "tenders_with_access/12m") == (twelve, 3 * twelve)
    assert share(found, "tenders_with_access/year") == (year, 3 * year)


@pytest.mark.parametrize(
    ("status", "day", "shown"),
    [
        ("i gang", DAY, "i gang"),
        ("i gang", None, "i gang"),
        ("i gang", NEXT_DAY, "ikke oplyst"),
        (None, DAY, "ikke oplyst"),
    ],
)
def test_an_activity_has_the_status_told_by_the_day(
    status: str | None, day: date | None, shown: str
) -> None:
    row = {"plan": "a", "aktivitet_id": "1", "status": status, "statusdato": day}
    found = figures(activities=[row])
    rows = found.table.query("indicator == 'activity_status'")
    assert len(rows) == 9  # eight statuses and none, zeros too; no total
    assert rows.query("value == 1")[["value1", "value2"]].to_numpy().tolist() == [["a", shown]]


def test_an_activity_is_anchored_by_a_document_of_this_year_or_an_earlier_one() -> None:
    activities = [{"plan": "a", "aktivitet_id": name} for name in "1234"] + [
        {"plan": "b", "aktivitet_id": "1"}
    ]
    anchoring = [
        {"plan": "a", "aktivitet_id": "1", "aar": 2019},
        {"plan": "a", "aktivitet_id": "1", "aar": 2018},  # a second document of the same
        {"plan": "a", "aktivitet_id": "2", "aar": 2020},
        {"plan": "a", "aktivitet_id": "3", "aar": None},
        {"plan": "a", "aktivitet_id": "9", "aar": 2019},  # no activity of the plan
    ]
    found = figures(activities=activities, anchoring=anchoring)
    assert share(found, "anchoring_coverage/") == (1, 5)
    assert share(found, "anchoring_coverage/", "plan", "a") == (1, 4)
    assert share(found, "anchoring_coverage/", "plan", "b") == (0, 1)


def test_empty_sheets_are_missing_and_registers_never_delivered_not_computed() -> None:
    empty = figures().table
    assert set(empty["dim1"]) <= {"", "role"}
    assert set(empty.query("indicator == 'milestones_met'")["flag"]) == {"missing"}
    never = table_areas.figures("kept_registers", {"registers": None}, [parse_month(JUNE)])
    assert set(never["flag"]) == {"not_computed"}
    # One a variant: clauses 4, coverage 2, sites 2, tenders 2, and eight with one.
    assert len(never) == 4 + 2 + 2 + 2 + 8
