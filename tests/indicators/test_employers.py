"""Companies reached, openings and hires in partnerships: which contacts count, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from indicators.calendar import parse_month
from indicators.employers import employer_figures
from tests.indicators.town import Figures

JUNE = "2019-06"


def contact(day: date = date(2019, 6, 3), cvr: int = 1, **of: Any) -> dict[str, Any]:
    ordinary = {"art": "virksomhed", "emne": "information", "resultat": None, "partnerskab": None}
    return {"dato": day, "cvr": cvr, **ordinary, **of}


def of_contacts(*contacts: dict[str, Any]) -> Figures:
    return Figures(employer_figures(contacts, [parse_month(JUNE)]))


@pytest.mark.parametrize(
    ("day", "windows"),
    [
        (date(2018, 6, 30), set()),
        (date(2018, 7, 1), {"12m"}),
        (date(2018, 12, 31), {"12m"}),
        (date(2019, 1, 1), {"12m", "year"}),
        (date(2019, 5, 31), {"12m", "year"}),
        (date(2019, 6, 1), {"", "12m", "year"}),
        (date(2019, 6, 30), {"", "12m", "year"}),
        (date(2019, 7, 1), set()),
    ],
)
def test_windows(day: date, windows: set[str]) -> None:
    figures = of_contacts(contact(day, emne="fleksjobåbning", resultat="besat", partnerskab=True))
    for window in ("", "12m", "year"):
        n, end = int(window in windows), f"|{window}" if window else ""
        assert figures.value(f"employers_reached/all{end}/", JUNE) == n
        assert figures.value(f"fleksjob_openings/found{end}/", JUNE) == n
        assert figures.value(f"partnership_hires/{window}/", JUNE) == n


def test_a_company_counts_once_in_each_category() -> None:
    figures = of_contacts(
        contact(),
        contact(),  # the same company about the same
        contact(emne="rekruttering"),
        contact(cvr=2),
        contact(cvr=3, art="uddannelsesinstitution"),
        contact(date(2019, 2, 1), cvr=2),
    )
    assert figures.value("employers_reached/all/", JUNE) == 3
    assert figures.value("employers_reached/all|12m/", JUNE) == 3
    assert figures.value("employers_reached/virksomhed/", JUNE) == 2
    assert figures.value("employers_reached/uddannelsesinstitution/", JUNE) == 1
    topics = {"information": 3, "rekruttering": 1, "erfaringsudveksling": 0}
    for topic, n in topics.items():
        assert figures.value("employers_reached/all/", JUNE, "subgroup", topic) == n


@pytest.mark.parametrize(
    ("topic", "result", "stages"),
    [
        ("fleksjobåbning", None, ["found"]),
        ("fleksjobåbning", "ingen", ["found"]),
        ("fleksjobåbning", "formidlet", ["found", "passed_on"]),
        ("fleksjobåbning", "besat", ["found", "passed_on", "filled"]),
        ("rekruttering", "besat", []),
    ],
)
def test_how_far_an_opening_came(topic: str, result: str | None, stages: list[str]) -> None:
    figures = of_contacts(contact(emne=topic, resultat=result))
    for stage in ("found", "passed_on", "filled"):
        assert figures.value(f"fleksjob_openings/{stage}/", JUNE) == (stage in stages)


@pytest.mark.parametrize(
    ("partnership", "result", "n"),
    [(True, "besat", 1), (True, "formidlet", 0), (False, "besat", 0), (None, "besat", 0)],
)
def test_hires_in_partnerships(partnership: bool | None, result: str, n: int) -> None:
    figures = of_contacts(contact(partnerskab=partnership, resultat=result))
    assert figures.value("partnership_hires//", JUNE) == n


def test_no_contacts_and_no_source() -> None:
    assert of_contacts().value("employers_reached/all/", JUNE) == 0
    never = employer_figures(None, [parse_month(JUNE)])
    assert set(never["flag"]) == {"not_computed"}
    assert len(never) == 9 + 9 + 3
