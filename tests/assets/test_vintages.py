"""What a changed figure is put down to, and what the front page says of changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assets.recipes import sources_of
from assets.report_building import news
from assets.vintages import OF_PROGRAM, OF_PROTECTION, OF_SETTINGS, cause_of
from expectations.contract import load
from exports.published_sets import Input, Origin, origin_document
from exports.revisions import Revision, Revisions
from indicators.catalogue import catalogue
from indicators.categories import BY_IMPAIRMENT

DREAM, PEOPLE = load("dream").title, load("population").title


def delivery(source: str, id_: str) -> Input:
    return Input(source, id_, "0" * 64, 10, 10, 0)


THEN = Origin(
    (delivery("dream", "dream-1"), delivery("spending", "spending-1")),
    "code-1",
    {"age_range": [16, 64], "target_group_rule": BY_IMPAIRMENT, "figures": "a"},
    5,
)


@pytest.mark.parametrize(
    ("changed", "indicator", "cause"),
    [
        ({"inputs": (delivery("dream", "dream-2"),)}, "unemployed", f"{DREAM} (dream-2)"),
        (
            {"inputs": (delivery("dream", "dream-2"), delivery("population", "population-9"))},
            "unemployed",
            f"{DREAM} (dream-2), {PEOPLE} (population-9)",
        ),
        ({"inputs": (delivery("dream", "dream-2"),)}, "comp_spending", OF_PROTECTION),
        ({"inputs": (delivery("spending", "spending-2"),)}, "unemployed", OF_PROTECTION),
        (
            {"settings": {**THEN.settings, "age_range": [18, 64], "figures": "b"}},
            "unemployed",
            OF_SETTINGS,
        ),
        ({"settings": {**THEN.settings, "figures": "b"}}, "unemployed", OF_PROTECTION),
        ({"threshold": 10}, "unemployed", OF_SETTINGS),
        ({"code_version": "code-2"}, "unemployed", OF_PROGRAM),
    ],
)
def test_a_change_is_put_down_to_what_is_new_of_what_the_figure_is_made_of(
    changed: dict[str, Any], indicator: str, cause: str
) -> None:
    told = cause_of(origin_document(THEN), replace(THEN, **changed))(indicator)
    assert told == cause


@pytest.mark.parametrize("indicator", catalogue())
def test_every_indicator_is_made_from_some_source(indicator: str) -> None:
    assert sources_of(catalogue()[indicator].area, BY_IMPAIRMENT)


CHANGED = Revision(
    "ltu_80", "", "2020-04", "T", "", "", "", "", "personer", "shown", 9, "shown", 8, "DREAM"
)


@pytest.mark.parametrize(
    ("revised", "told"),
    [
        (Revisions("", (), note="intet før"), ()),
        (
            Revisions("maj 2020, version 1", ()),
            (
                "Ingen tidligere viste tal er ændret siden maj 2020, version 1; se arket Revisioner.",
            ),
        ),
        (
            Revisions("maj 2020, version 1", (CHANGED,), (("exits", 3), ("sustained_3", 1))),
            (
                "1 tidligere viste tal er ændret siden maj 2020, version 1; se arket Revisioner.",
                "4 tal fra tidligere måneder er opgjort for første gang.",
            ),
        ),
    ],
)
def test_what_the_front_page_says(revised: Revisions, told: tuple[str, ...]) -> None:
    assert news(revised) == told
