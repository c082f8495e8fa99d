"""What the workbook says of a source that is not used as it was last delivered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from assets.report_building import _note, _reason
from assets.resources import House
from assets.settings import Settings
from sources.record import Delivery


def delivery(*, in_force: bool = True, code: str = "", by: str = "") -> Delivery:
    """As much of a delivery as a note is made of."""
    facts = {"identified_by": by} if by else {}
    made = SimpleNamespace(in_force=in_force, code=code, facts=facts, sentence="Filen er tom.")
    return cast(Delivery, made)


USED, REFUSED = delivery(), delivery(in_force=False)
BY_PERSON, BY_SERIAL = delivery(by="PNR"), delivery(by="lobenr")
KEYLESS = delivery(in_force=False, code="key_missing")
NOT_DELIVERED = "Kilden er ikke leveret, og dens tal er ikke opgjort."
NOT_USED = "Den seneste levering blev ikke brugt, og den forrige er i kraft. Filen er tom."


@pytest.mark.parametrize(
    ("source", "newest", "judged", "dream", "note", "why"),
    [
        ("courses", USED, USED, BY_PERSON, "", "in force as delivered"),
        ("courses", USED, REFUSED, BY_PERSON, NOT_USED, "an older one is in force"),
        ("courses", None, None, BY_PERSON, NOT_DELIVERED, "its figures are missing"),
        ("dream_key", None, None, BY_PERSON, "", "nobody misses it"),
        ("dream_key", None, None, BY_SERIAL, NOT_DELIVERED, "DREAM cannot be read without"),
        ("dream_key", None, None, KEYLESS, NOT_DELIVERED, "DREAM was refused for want of it"),
        ("dream_key", USED, REFUSED, BY_PERSON, NOT_USED, "the office sent one all the same"),
    ],
)
def test_notes(
    source: str, newest: Delivery | None, judged: Delivery | None, dream: Delivery, note: str, why: str
) -> None:  # fmt: skip
    assert _note(source, newest, judged, dream) == note, why


WEEKS = "De uger og lønmåneder, tallet kræver, er ikke alle leveret (registret går fra 2016-44 til 2020-32)."
DEADLINES = "Forvaltningen har ikke oplyst sagsbehandlingsfristerne."
NOT_BEFORE = "Der er ingen tidligere, opgjort måned at sammenligne med."


@pytest.mark.parametrize(
    ("indicator", "variants", "deadlines", "reason", "why"),
    [
        ("comp_open_age", {"all|over_deadline"}, {}, DEADLINES, "nobody says what overdue is"),
        ("comp_case_days", {"all|within_deadline"}, {}, DEADLINES, "nor what is in time"),
        ("comp_case_days", {"all|within_deadline"}, {"mentor": 30}, WEEKS, "somebody said"),
        ("comp_case_days", {"all|median", "all|within_deadline"}, {}, WEEKS, "others lack, too"),
        ("comp_growth", {"all"}, {}, NOT_BEFORE, "weeks and wages are not what it lacks"),
        ("unemployed", {"narrow"}, {}, WEEKS, "a figure of weeks"),
    ],
)
def test_why_months_are_not_computed(
    indicator: str, variants: set[str], deadlines: dict[str, int], reason: str, why: str
) -> None:
    newest = SimpleNamespace(facts={"first_week": "2016-44"}, period_to="2020-32")
    record = SimpleNamespace(in_force=lambda _source: [newest])
    house = cast(House, SimpleNamespace(record=lambda: record))
    assert _reason(house, indicator, Settings(deadlines=deadlines), variants) == reason, why
