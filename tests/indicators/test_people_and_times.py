"""What blocks hold of people, and who of them is the target group."""

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
