"""What blocks hold of people, before anything is counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from indicators import codes
from indicators.block import UNKNOWN_PERSON, Coded, Registrations
from indicators.categories import BY_EITHER, BY_GRANT, BY_IMPAIRMENT, NOT_STATED
from indicators.grants import GrantSpells
from indicators.person_times import NO_ROW, PersonTimes
from tests.indicators.town import Town

JUNE = "2018-06"


def test_a_code_the_table_has_not_is_unknown_and_a_blank_is_not() -> None:
    assert codes.unknown(np.array([0, 111, 5, 651])).tolist() == [False, False, True, False]


def test_a_person_without_a_row_has_nothing_at_any_time() -> None:
    times = PersonTimes(np.array([[1, 2, 3], [4, 5, 6]]), np.array([1, NO_ROW, 0], dtype=np.int32))
    assert times.by_time().tolist() == [[4, 0, 1], [5, 0, 2], [6, 0, 3]]
    assert times.at(1).tolist() == [5, 0, 2]


def test_registrations_of_some_people_keep_what_stands_with_them() -> None:
    days = np.arange(3, dtype=np.int32)
    whole = Registrations(
        person=np.array([0, 1, 2], dtype=np.int32),
        impairment=Coded(("a", "b"), np.array([0, 1, 0])),
        visible=np.array([1, 0, -1], dtype=np.int8),
        job_centre=Coded(("Nord", "Syd"), np.array([1, 0, 1])),
        first=days,
        last=days + 10,
    )
    some = whole.of(np.array([1, UNKNOWN_PERSON, 0], dtype=np.int32))
    assert some.person.tolist() == [1, 0]
    assert some.impairment.index.tolist() == [0, 0]
    assert some.visible.tolist() == [1, -1]
    assert some.job_centre.index.tolist() == [1, 1]
    assert some.first.tolist() == [0, 2]
    assert some.last.tolist() == [10, 12]


def test_where_no_case_was_ever_delivered_nobody_has_a_grant() -> None:
    spells = GrantSpells.of(None)
    assert [len(column) for column in (spells.person, spells.first, spells.last)] == [0, 0, 0]


@pytest.mark.parametrize(("code", "state"), [(0, "self_supporting"), (651, "education")])
def test_everybody_stands_in_one_state(code: int, state: str) -> None:
    town = Town()
    town.person(1, [(104, code)])
    town.person(2, [(104, 111)], target=False)
    figures = town.figures("employment", JUNE)
    assert figures.value("benefit_state//T", JUNE) == 1
    assert figures.value("benefit_state//T", JUNE, "state", state) == 1
    assert figures.value("benefit_state//R", JUNE, "state", state) == 0


@pytest.mark.parametrize(
    ("rule", "impairment", "not_stated"),
    [(BY_IMPAIRMENT, 1, 0), (BY_GRANT, 0, 1), (BY_EITHER, 1, 1)],
)
def test_who_has_a_grant_and_no_registration_has_no_impairment_stated(
    rule: str, impairment: int, not_stated: int
) -> None:
    town = Town(rule=rule)
    town.person(1, [(104, 111)])
    town.person(2, [(104, 111)], target=False)
    town.person(3, [(104, 111)], target=False)
    town.add(
        "compensation",
        person=2,
        ordning="mentor",
        afgoerelse="bevilget",
        bevilget_fra=date(2018, 1, 15),
        bevilget_til=date(2018, 6, 30),
    )
    figures = town.figures("unemployment", JUNE, "2018-07")
    assert figures.value("unemployed/narrow/T", JUNE, "impairment", "syn") == impairment
    assert figures.value("unemployed/narrow/T", JUNE, "impairment", NOT_STATED) == not_stated
    assert figures.value("unemployed/narrow/T", "2018-07") == impairment


def test_the_gap_is_the_others_rate_less_the_target_groups() -> None:
    town = Town()
    for number, (target, degree) in enumerate(
        [(True, 50.0), (True, 0.0), (False, 50.0), (False, 50.0), (False, 50.0), (False, 0.0)]
    ):
        town.person(number + 1, target=target, degrees={JUNE: degree})
    figures = town.figures("employment", JUNE)
    assert figures.value("employment_rate/any/T", JUNE) == 0.5
    assert figures.value("employment_rate/any/R", JUNE) == 0.75
    assert figures.row("employment_gap/any/T", JUNE)["value"] == 25


@pytest.mark.parametrize(
    ("first", "last", "employed"),
    [
        (date(2018, 6, 30), None, 1),
        (date(2018, 7, 1), None, 0),
        (date(2018, 1, 1), date(2018, 6, 30), 1),
        (date(2018, 1, 1), date(2018, 6, 29), 0),
    ],
)
def test_who_is_in_a_fleksjob_on_the_day(first: date, last: date | None, employed: int) -> None:
    town = Town()
    town.person(1)
    town.add(
        "fleksjob",
        person=1,
        sag_id="a",
        afgoerelse="fleksjob",
        ansaettelsestype="fleksjob",
        afgjort=date(2018, 1, 1),
        visiteret_fra=date(2018, 1, 1),
        ansat_fra=first,
        ansat_til=last,
    )
    figures = town.figures("fleksjob", JUNE)
    assert figures.parts("fleksjob_employed_share//T", JUNE) == (employed, 1)
