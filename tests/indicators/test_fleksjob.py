"""Who is referred to a fleksjob, and who is in one on the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.indicators.town import Town

JUNE = "2018-06"


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
