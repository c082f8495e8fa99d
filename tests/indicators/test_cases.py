"""Cases under the compensation Act: applications, decisions, rejections and what is open, border by border."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.indicators.town import Figures, Town

JUNE, D = "2019-06", date(2019, 6, 30)
ASSISTANCE = "personlig assistance"


def of_cases(*cases: dict[str, Any], deadlines: dict[str, int] | None = None) -> Figures:
    town = Town(weeks=80)
    town.person(1)
    ordinary = {"person": 1, "ordning": ASSISTANCE, "ansoegt": date(2019, 6, 3)}
    for case in cases:
        town.add("compensation", **{**ordinary, **case})
    if not cases:
        town.rows["compensation"] = []
    return town.figures("compensation", JUNE, deadlines=deadlines)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        (date(2019, 6, 1), 1, 1),
        (date(2019, 6, 30), 1, 1),
        (date(2019, 7, 1), 0, 0),
        (date(2019, 5, 31), 0, 1),
        (date(2018, 7, 1), 0, 1),
        (date(2018, 6, 30), 0, 0),
    ],
)
def test_the_month_and_the_year_that_ends_with_it(day: date, month: int, year: int) -> None:
    applied = of_cases({"ansoegt": day})
    decided = of_cases(
        {"afgjort": day, "afgoerelse": "bevilget"}, {"afgjort": day, "afgoerelse": "afslag"}
    )
    for figures, indicator in (
        (applied, "applications"),
        (decided, "grants"),
        (decided, "rejections"),
    ):
        for name in (ASSISTANCE, "all"):
            assert figures.value(f"comp_{indicator}/{name}/", JUNE) == month
            assert figures.value(f"comp_{indicator}/{name}|12m/", JUNE) == year
        assert figures.value(f"comp_{indicator}/mentor|12m/", JUNE) == 0


def test_rejections_of_what_was_decided() -> None:
    decided = {"afgjort": date(2018, 8, 1)}
    figures = of_cases(
        {**decided, "afgoerelse": "afslag"},
        {**decided, "afgoerelse": "bevilget"},
        {**decided, "afgoerelse": "bevilget", "ordning": "mentor"},
        {**decided, "afgoerelse": "frafaldet"},
        {},
    )
    assert figures.parts("comp_rejection_rate/all/", JUNE) == (1, 3)
    assert figures.parts(f"comp_rejection_rate/{ASSISTANCE}/", JUNE) == (1, 2)
    assert figures.parts("comp_rejection_rate/mentor/", JUNE) == (0, 1)
    assert figures.flag("comp_rejection_rate/isbryder/", JUNE) == "missing"
    low = figures.row("comp_rejection_rate/all/", JUNE)["low"]
    assert 0 < low < 1 / 3


def test_whom_a_case_is_about() -> None:
    figures = of_cases(
        {"jobcenter": "Nord", "forsoergelse": "b", "selvstaendig": True},
        {"person": 9, "selvstaendig": False, "forsoergelse": "a"},
    )
    seen = {
        (dim, category): figures.value("comp_applications/all/", JUNE, dim, category)
        for dim, categories in {
            "job_centre": ("Nord", "uoplyst"),
            "benefit_group": ("a", "b", "uoplyst"),
            "self_employed": ("ja", "nej", "uoplyst"),
            "age_group": ("30–39", "40–49", "uoplyst"),
        }.items()
        for category in categories
    }
    assert [place for place, n in seen.items() if n] == [
        ("job_centre", "Nord"),
        ("job_centre", "uoplyst"),
        ("benefit_group", "a"),
        ("benefit_group", "b"),
        ("self_employed", "ja"),
        ("self_employed", "nej"),
        ("age_group", "30–39"),
        ("age_group", "uoplyst"),  # nobody in the population register
    ]


@pytest.mark.parametrize(
    ("born", "applied", "decided"),
    [
        # Applied for on 3 June, decided on the 20th.
        (date(2003, 6, 4), "uoplyst", "16–24"),
        (date(2003, 6, 3), "16–24", "16–24"),
        (date(2003, 6, 21), "uoplyst", "uoplyst"),
        (date(1954, 6, 4), "60–64", "uoplyst"),
        (date(1954, 6, 3), "uoplyst", "uoplyst"),
        (date(1954, 6, 21), "60–64", "60–64"),
    ],
)
def test_age_is_that_of_the_day(born: date, applied: str, decided: str) -> None:
    town = Town(weeks=80)
    town.person(1, foedselsdato=born)
    case = {"ordning": "mentor", "afgjort": date(2019, 6, 20), "afgoerelse": "afslag"}
    town.add("compensation", person=1, ansoegt=date(2019, 6, 3), **case)
    figures = town.figures("compensation", JUNE)
    assert figures.value("comp_applications/all/", JUNE, "age_group", applied) == 1
    assert figures.value("comp_rejections/all/", JUNE, "age_group", decided) == 1


@pytest.mark.parametrize(
    ("case", "is_open"),
    [
        ({}, 1),
        ({"ansoegt": D}, 1),
        ({"ansoegt": date(2019, 7, 1)}, 0),
        ({"afgjort": D, "afgoerelse": "afslag"}, 0),
        ({"afgjort": date(2019, 7, 1), "afgoerelse": "afslag"}, 1),
        ({"afgjort": date(2019, 7, 1)}, 1),
        ({"afgoerelse": "frafaldet"}, 0),
    ],
)
def test_what_is_open_at_the_months_end(case: dict[str, Any], is_open: int) -> None:
    assert of_cases(case).value("comp_open_age/all/", JUNE) == is_open


def test_ages_of_open_cases_and_their_deadlines() -> None:
    """Open for 27, 30 and 31 days of assistance and 100 of mentor; the deadline is 30 days for assistance alone."""
    figures = of_cases(
        {},
        {"ansoegt": date(2019, 5, 31)},
        {"ansoegt": date(2019, 5, 30), "jobcenter": "Nord"},
        {"ansoegt": date(2019, 3, 22), "ordning": "mentor"},
        deadlines={ASSISTANCE: 30},
    )
    open_age = "comp_open_age"
    assert figures.value(f"{open_age}/all|median/", JUNE) == 30.5
    assert figures.value(f"{open_age}/{ASSISTANCE}|median/", JUNE) == 30
    assert figures.value(f"{open_age}/{ASSISTANCE}|over_deadline/", JUNE) == 1
    assert figures.value(f"{open_age}/all|over_deadline/", JUNE) == 1
    assert figures.value(f"{open_age}/all|over_deadline/", JUNE, "job_centre", "Nord") == 1
    assert figures.value(f"{open_age}/all|over_deadline/", JUNE, "job_centre", "uoplyst") == 0
    assert figures.flag(f"{open_age}/mentor|over_deadline/", JUNE) == "not_computed"
    assert figures.row(f"{open_age}/all|median/", JUNE)["unit"] == "dage"
    assert figures.row(f"{open_age}/all|over_deadline/", JUNE)["unit"] == "sager"


def test_case_days_within_their_own_deadlines() -> None:
    """Decided after 30 and 31 days of assistance (deadline 30), 5 of mentor (deadline 4) and 1 of isbryder (none)."""
    decided = {"afgoerelse": "bevilget", "afgjort": D}
    figures = of_cases(
        {**decided, "ansoegt": date(2019, 5, 31)},
        {**decided, "ansoegt": date(2019, 5, 30)},
        {**decided, "ansoegt": date(2019, 6, 25), "ordning": "mentor"},
        {**decided, "ansoegt": date(2019, 6, 29), "ordning": "isbryder"},
        deadlines={ASSISTANCE: 30, "mentor": 4},
    )
    assert figures.parts(f"comp_case_days/{ASSISTANCE}|within_deadline/", JUNE) == (1, 2)
    assert figures.parts("comp_case_days/all|within_deadline/", JUNE) == (1, 3)
    assert figures.value("comp_case_days/all|median/", JUNE) == 17.5
    assert figures.flag("comp_case_days/isbryder|within_deadline/", JUNE) == "not_computed"


def test_a_source_never_delivered_is_one_row_a_variant_and_month() -> None:
    town = Town(weeks=80)
    town.person(1)
    table = town.figures("compensation", JUNE).table
    assert set(table["flag"]) == {"not_computed"}
    assert not table.duplicated(["indicator", "variant", "group"]).any()
    delivered = of_cases().table
    variants = table[["indicator", "variant", "group"]].itertuples(index=False)
    assert set(variants) == set(
        delivered[["indicator", "variant", "group"]].itertuples(index=False)
    )
