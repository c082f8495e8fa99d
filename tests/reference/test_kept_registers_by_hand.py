"""The office's own registers, worked out by hand for March 2019."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .figures import figures
from .kept_registers import NAMES, positive
from .model import Figure
from .people_by_hand import at, delivered, home, impaired
from .tables import Rows

MARCH = (2019, 3)
PERIOD = "2019-03"
D = date(2019, 3, 31)
TOMORROW = date(2019, 4, 1)
YEAR_AGO = date(2018, 3, 31)
NOT_COMPUTED = Figure(None, None, None, None, None, "not_computed")


def of(rows: Rows, indicator: str, *cell: str, variant: str = "") -> tuple[Any, Any]:
    """Numerator and denominator of a share."""
    figure = at(rows, indicator, variant, PERIOD, "", *cell)
    return figure.numerator, figure.denominator


def kept(**sheets: list[dict[str, Any]]) -> Rows:
    """The figures of March from some sheets; the others are empty."""
    return figures(delivered([home("a")], [impaired("a")], **sheets), [MARCH])


@pytest.mark.parametrize(
    ("percent", "answers", "positives"),
    [
        (50.0, 25, 12),  # 12.5 to the even
        (50.0, 75, 38),  # 37.5 to the even
        (61.3, 200, 123),  # 122.6
        (100.0, 3, 3),
        (0.0, 3, 0),
    ],
)
def test_answers_behind_a_percentage(percent: float, answers: int, positives: int) -> None:
    figure = positive({"n_svar": answers, "andel_positiv_pct": percent})
    assert (figure.numerator, figure.denominator) == (positives, answers)


def test_surveys() -> None:
    def row(year: int, percent: float | None, answers: int | None, invited: int | None) -> Any:
        return {
            "undersoegelse": "U",
            "spoergsmaal": "Q?",
            "aar": year,
            "andel_positiv_pct": percent,
            "n_svar": answers,
            "n_inviteret": invited,
        }

    rows = kept(
        surveys=[
            row(2016, None, 20, 40),
            row(2017, 61.3, None, 40),
            row(2018, 61.3, 200, None),
            row(2019, 50.0, 0, 0),
            row(2020, 50.0, 20, 40),
        ]
    )
    cell = ("survey", "U: Q?", "year")
    # The percentage as it was written, not 123 / 200; its interval is Wilson's of 123 in 200.
    shown = at(rows, "survey_positive", "", PERIOD, "", *cell, "2018")
    assert (shown.numerator, shown.denominator, shown.value) == (123, 200, 0.613)
    assert shown.low == pytest.approx(0.5460, abs=1e-4)
    assert shown.high == pytest.approx(0.6797, abs=1e-4)
    assert at(rows, "survey_positive", "", PERIOD, "", *cell, "2016") == Figure(
        None, 20, None, None, None, "missing"
    )
    assert at(rows, "survey_positive", "", PERIOD, "", *cell, "2017").value == 0.613
    assert at(rows, "survey_positive", "", PERIOD, "", *cell, "2019").flag == "missing"
    assert of(rows, "survey_response", *cell, "2016") == (20, 40)
    assert at(rows, "survey_response", "", PERIOD, "", *cell, "2018").flag == "missing"
    assert {key.value2 for key in rows if key.indicator == "survey_response"} == {
        *("2016", "2017", "2018", "2019")
    }


def test_training() -> None:
    def row(day: date, centre: str, took_part: int | None, staff: int) -> dict[str, Any]:
        return {"dato": day, "jobcenter": centre, "deltagere": took_part, "ansatte_i_alt": staff}

    rows = kept(
        training=[
            row(date(2018, 4, 1), "Nord", 10, 99),
            row(D, "Nord", 20, 40),  # the latest number of staff
            row(date(2018, 9, 1), "Syd", None, 60),
            row(YEAR_AGO, "Øst", 5, 10),
            row(TOMORROW, "Nord", 5, 10),
        ]
    )
    assert of(rows, "training_coverage", "job_centre", "Nord") == (30, 40)
    assert of(rows, "training_coverage") == (30, 100)
    assert at(rows, "training_coverage", "", PERIOD, "") == Figure(30, 100, 0.3, None, None, "")
    assert at(rows, "training_coverage", "", PERIOD, "", "job_centre", "Øst").flag == "missing"
    courses = [
        at(rows, "training_coverage", "courses", PERIOD, "", *cell).value
        for cell in ((), ("job_centre", "Nord"), ("job_centre", "Øst"))
    ]
    assert courses == [3, 2, 0]


def test_consultants() -> None:
    def row(
        centre: str, years: float | None, role: str, since: date | None, until: Any = None
    ) -> Any:
        return {"jobcenter": centre, "aarsvaerk": years, "rolle": role, "fra": since, "til": until}

    rows = kept(
        consultants=[
            row("Vest", 0.1, "handicapkonsulent", D),
            row("Vest", 0.2, "handicapkonsulent", YEAR_AGO, D),
            row("Syd", 1.0, "handicapkonsulent", YEAR_AGO, date(2019, 3, 30)),
            row("Øst", 0.5, "nøgleperson", YEAR_AGO),
            row("Øst", None, "peer-mentor", YEAR_AGO),
            row("Ny", 1.0, "handicapkonsulent", TOMORROW),
            row("Ny", 1.0, "handicapkonsulent", None),
        ]
    )
    # Vest of Vest, Syd, Øst, Ny, and Nord, which a registration of the target group names.
    assert of(rows, "consultant_coverage") == (1, 5)
    years = {
        role: at(rows, "fte_filled", "filled", PERIOD, "", *(("role", role) if role else ())).value
        for role in ("", "handicapkonsulent", "nøgleperson", "peer-mentor", "virksomhedskonsulent")
    }
    assert list(years.values()) == [0.8, 0.3, 0.5, 0.0, 0.0]  # tenths as written


def test_sites_and_tenders() -> None:
    def row(
        site: str, assessed: date | None, met: bool | None, advice: str | None, closed: Any
    ) -> Any:
        return {
            "lokation_id": site,
            "vurderet": assessed,
            "opfyldt": met,
            "anbefaling": advice,
            "lukket": closed,
        }

    rows = kept(
        sites=[
            row("S1", D, True, None, D),
            row("S1", YEAR_AGO, False, "rampe", D),
            row("S1", YEAR_AGO, None, "dør", TOMORROW),
            row("S2", TOMORROW, True, "skilt", None),
            row("S2", None, True, "lys", YEAR_AGO),
        ],
        tenders=[
            {"dato": D, "adgangskrav": True},
            {"dato": date(2018, 12, 31), "adgangskrav": True},
            {"dato": date(2018, 4, 1), "adgangskrav": False},
            {"dato": date(2019, 1, 1), "adgangskrav": None},
            {"dato": YEAR_AGO, "adgangskrav": True},
            {"dato": TOMORROW, "adgangskrav": True},
            {"dato": None, "adgangskrav": True},
        ],
    )
    assert of(rows, "sites_accessible") == (1, 3)
    assert of(rows, "sites_accessible", "site", "S1") == (1, 3)
    assert of(rows, "sites_accessible", "site", "S2") == (0, 0)
    assert of(rows, "sites_accessible", variant="closed") == (2, 4)
    assert of(rows, "sites_accessible", "site", "S2", variant="closed") == (1, 2)
    assert of(rows, "tenders_with_access", variant="12m") == (2, 4)
    assert of(rows, "tenders_with_access", variant="year") == (1, 2)


def test_progress_of_plans() -> None:
    def activity(plan: str, name: str, status: str | None, day: date | None) -> dict[str, Any]:
        return {"plan": plan, "aktivitet_id": name, "status": status, "statusdato": day}

    def deliverable(plan: str, status: str | None, day: date | None) -> dict[str, Any]:
        return {"plan": plan, "status": status, "dato": day}

    def milestone(planned: date | None, reached: date | None) -> dict[str, Any]:
        return {"plan": "p", "planlagt": planned, "faktisk": reached}

    rows = kept(
        activities=[
            activity("p", "A1", "i gang", D),
            activity("p", "A2", "i gang", TOMORROW),
            activity("p", "A3", "udgået", None),
            activity("p", "A4", None, D),
            activity("q", "A1", "i gang", YEAR_AGO),
        ],
        anchoring=[
            {"plan": "p", "aktivitet_id": "A1", "aar": 2019},
            {"plan": "p", "aktivitet_id": "A1", "aar": 2018},
            {"plan": "p", "aktivitet_id": "A2", "aar": 2020},
            {"plan": "p", "aktivitet_id": "A9", "aar": 2018},  # no activity of the plan
        ],
        deliverables=[
            deliverable("p", "gennemført", D),
            deliverable("p", "gennemført", None),
            deliverable("p", "gennemført", TOMORROW),
            deliverable("q", "i gang", YEAR_AGO),
        ],
        milestones=[
            milestone(D, D),
            milestone(YEAR_AGO, D),
            milestone(YEAR_AGO, None),
            milestone(TOMORROW, YEAR_AGO),
            milestone(None, YEAR_AGO),
        ],
    )
    status = {
        key.value2: figure.value
        for key, figure in rows.items()
        if key.indicator == "activity_status" and key.value1 == "p" and figure.value
    }
    assert status == {"i gang": 1, "udgået": 1, "ikke oplyst": 2}
    assert (
        at(rows, "activity_status", "", PERIOD, "", "plan", "q", "status", "forsinket").value == 0
    )
    assert not any(key.indicator == "activity_status" and key.dim1 == "" for key in rows)
    assert of(rows, "anchoring_coverage") == (1, 5)
    assert of(rows, "anchoring_coverage", "plan", "q") == (0, 1)
    assert of(rows, "deliverables_done") == (2, 4)
    assert of(rows, "deliverables_done", "plan", "p") == (2, 3)
    assert of(rows, "milestones_met") == (1, 3)


def test_without_the_workbook_nothing_is_computed_and_with_an_empty_one_it_is() -> None:
    rows = figures(delivered([home("a")]), [MARCH])
    for indicator, variant in NAMES:
        assert at(rows, indicator, variant, PERIOD, "") == NOT_COMPUTED
    rows = figures(delivered([home("a")], activities=[]), [MARCH])
    assert at(rows, "milestones_met", "", PERIOD, "") == Figure(0, 0, None, None, None, "missing")
    assert at(rows, "fte_filled", "filled", PERIOD, "").value == 0.0
    assert not any(key.indicator in ("activity_status", "survey_positive") for key in rows)
