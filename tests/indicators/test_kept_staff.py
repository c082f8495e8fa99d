"""The office's registers of surveys, training and consultants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from indicators.calendar import parse_month
from indicators.kept_staff import write_staff_registers
from indicators.lines import Lines
from indicators.uncertainty import wilson
from tests.indicators.town import Figures

JUNE = "2019-06"
DAY, NEXT_DAY = date(2019, 6, 30), date(2019, 7, 1)
QUESTION = ("survey", "Brugere: Tilfreds?", "year=2019")


def figures(centres: Sequence[str] = (), **sheets: Sequence[Mapping[str, Any]]) -> Figures:
    lines = Lines([parse_month(JUNE)])
    write_staff_registers(
        lines, {name: [dict(row) for row in rows] for name, rows in sheets.items()}, centres
    )
    return Figures(lines.table())


def survey(**of: Any) -> dict[str, Any]:
    named = {"undersoegelse": "Brugere", "spoergsmaal": "Tilfreds?", "aar": 2019}
    return {**named, "n_inviteret": 100, "n_svar": 50, "andel_positiv_pct": 61.3, **of}


@pytest.mark.parametrize(
    ("answers", "percent", "numerator", "value"),
    [
        (50, 61.3, 31, 0.613),  # 30.65
        (25, 50.0, 12, 0.5),  # half an answer goes to the even number
        (75, 50.0, 38, 0.5),
        (50, 0.0, 0, 0.0),
        (50, 100.0, 50, 1.0),
    ],
)
def test_positive_answers(answers: int, percent: float, numerator: int, value: float) -> None:
    row = figures(surveys=[survey(n_svar=answers, andel_positiv_pct=percent)]).row(
        "survey_positive//", JUNE, *QUESTION
    )
    assert (row["numerator"], row["denominator"], row["value"]) == (numerator, answers, value)
    low, high = wilson(*(row[["numerator"]].to_numpy(float), row[["denominator"]].to_numpy(float)))
    assert (row["low"], row["high"]) == (low[0], high[0])


def test_answers_that_are_not_told() -> None:
    asked = {
        "no percent": ({"andel_positiv_pct": None}, "missing", ""),
        "nobody answered": ({"n_svar": 0}, "missing", ""),
        "nobody asked": ({"n_inviteret": None}, "", "missing"),
        "answers not told": ({"n_svar": None}, "", "missing"),
    }
    for change, positive, response in asked.values():
        found = figures(surveys=[survey(**change)])
        assert found.row("survey_positive//", JUNE, *QUESTION)["flag"] == positive
        assert found.row("survey_response//", JUNE, *QUESTION)["flag"] == response
    row = figures(surveys=[survey()]).row("survey_response//", JUNE, *QUESTION)
    assert (row["numerator"], row["denominator"], row["value"]) == (50, 100, 0.5)


def test_surveys_of_this_year_and_earlier() -> None:
    found = figures(surveys=[survey(aar=year) for year in (2017, 2019, 2020)])
    assert set(found.table.query("dim1 == 'survey'")["value2"]) == {"2017", "2019"}


def course(
    day: date | None, people: int | None, staff: int | None = 40, centre: str | None = "Nord"
) -> dict[str, Any]:
    return {
        "kursus_id": "K1",
        "dato": day,
        "jobcenter": centre,
        "deltagere": people,
        "ansatte_i_alt": staff,
    }


def test_participants_of_twelve_months_over_the_staff_last_told() -> None:
    found = figures(
        training=[
            course(date(2018, 6, 30), 99, 99),  # too old
            course(date(2018, 7, 1), 10, 30),
            course(date(2019, 2, 1), 5, 50),
            course(DAY, None, None),  # nobody told: the staff is that of February
            course(NEXT_DAY, 99, 99),
            course(date(2018, 1, 1), 9, 9, "Syd"),
            course(DAY, 20, 10, "Vest"),
            course(DAY, 1, 2, None),
        ]
    )
    rows = {
        (): (36, 62, 5),
        ("job_centre", "Nord"): (15, 50, 3),
        ("job_centre", "Vest"): (20, 10, 1),  # more than all of them: on two courses
        ("job_centre", "uoplyst"): (1, 2, 1),
    }
    for of, (people, staff, courses) in rows.items():
        row = found.row("training_coverage//", JUNE, *of)
        assert (row["numerator"], row["denominator"], row["value"]) == (
            people,
            staff,
            people / staff,
        )
        assert row[["low", "high"]].isna().all()
        assert found.value("training_coverage/courses/", JUNE, *of) == courses
    assert found.flag("training_coverage//", JUNE, "job_centre", "Syd") == "missing"
    assert found.value("training_coverage/courses/", JUNE, "job_centre", "Syd") == 0


def post(centre: str = "Nord", **of: Any) -> dict[str, Any]:
    named = {"jobcenter": centre, "rolle": "handicapkonsulent", "aarsvaerk": 0.1}
    return {**named, "fra": date(2019, 1, 1), "til": None, **of}


@pytest.mark.parametrize(
    ("change", "covered", "filled"),
    [
        ({}, 1, 0.1),
        ({"fra": DAY}, 1, 0.1),
        ({"fra": NEXT_DAY}, 0, 0.0),
        ({"fra": None}, 0, 0.0),
        ({"til": DAY}, 1, 0.1),
        ({"til": date(2019, 6, 29)}, 0, 0.0),
        ({"rolle": "nøgleperson"}, 0, 0.1),
        ({"rolle": None}, 0, 0.1),
        ({"aarsvaerk": None}, 1, 0.0),
    ],
)
def test_a_post_is_filled_on_the_day(change: dict[str, Any], covered: int, filled: float) -> None:
    found = figures(["Syd"], consultants=[post(**change)])
    row = found.row("consultant_coverage//", JUNE)
    assert (row["numerator"], row["denominator"]) == (covered, 2)
    assert found.value("fte_filled/filled/", JUNE) == filled


def test_posts_are_added_as_decimal_numbers_and_centres_counted_once() -> None:
    found = figures(["Nord", "Syd"], consultants=[post(aarsvaerk=part) for part in (0.1, 0.2, 0.7)])
    assert found.value("fte_filled/filled/", JUNE) == 1
    assert found.value("fte_filled/filled/", JUNE, "role", "handicapkonsulent") == 1
    assert found.value("fte_filled/filled/", JUNE, "role", "peer-mentor") == 0
    assert found.parts("consultant_coverage//", JUNE) == (1, 2)


def test_nobody_to_cover() -> None:
    assert figures().flag("consultant_coverage//", JUNE) == "missing"
    assert figures().value("fte_filled/filled/", JUNE) == 0
