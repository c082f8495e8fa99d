"""What a plan stands on, in the words a reader meets."""

from __future__ import annotations

import pytest

from plans.grounds_table import grounds
from plans.loading import load_plan

OLD, NEW, NOW = "handicappolitik-2009-2012", "bi05-2024-2027", "indsatsplan-2018-2022"
OFFICE = "Beskæftigelses- og Integrationsforvaltningen"


@pytest.mark.parametrize(
    ("plan", "part", "words"),
    [
        (NEW, NEW, f"{OFFICE}; 2024–2027; papirets dato er ikke oplyst"),
        (
            OLD,
            OLD,
            f"{OFFICE} og Den statslige del af Jobcenter København; 2009–2012; papiret er dateret 2008-11-27",
        ),
        (NEW, "BI05", "BI05; kategori Specifik udfordring, én af 9"),
        (
            NOW,
            "v1",
            "Borgere med handicap eller anden funktionsnedsættelse "
            "(Indsatsplan for Handicappolitikken 2018–22, udgave v1, fra 2018-06)",
        ),
        (NEW, "akasser-2024", "Fra 2024-01-01; mærket som databrud fra 2024-01 (BI05)"),
        (
            NOW,
            "kompensation-gennemskrivning",
            "Dato ikke oplyst; kun varslet (Ministerens brev af 11. maj 2021)",
        ),
    ],
)
def test_each_ground_in_words(plan: str, part: str, words: str) -> None:
    (found,) = (one for one in grounds(load_plan(plan)) if one.part.id == part)
    assert found.words == words


def test_where_a_plan_applies() -> None:
    (found,) = (one for one in grounds(load_plan(NEW)) if one.part.id == "geografi")
    assert found.words.startswith("Bydækkende; papiret nævner Bispebjerg, Indre by, ")


def test_what_a_plan_leaves_to_others_stands_beside_what_it_is_about() -> None:
    (found,) = (one for one in grounds(load_plan(OLD)) if one.part.id == "afgraensning")
    inside, outside = found.words.split(". ", 1)
    assert inside.startswith("Med: Indsatsen for borgere")
    assert outside.startswith("Ikke med: Medarbejdere i forvaltningen")


def test_in_the_order_a_reader_asks() -> None:
    kinds = [type(one.part).__name__ for one in grounds(load_plan(NEW))]
    assert kinds == ["Plan", "Request", "Wording", "Geography", "LegalBreak"]
