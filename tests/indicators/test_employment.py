"""The state everybody is in, and the gap between the groups."""

from __future__ import annotations

import pytest

from tests.indicators.town import Town

JUNE = "2018-06"


@pytest.mark.parametrize(("code", "state"), [(0, "self_supporting"), (651, "education")])
def test_everybody_stands_in_one_state(code: int, state: str) -> None:
    town = Town()
    town.person(1, [(104, code)])
    town.person(2, [(104, 111)], target=False)
    figures = town.figures("employment", JUNE)
    assert figures.value("benefit_state//T", JUNE) == 1
    assert figures.value("benefit_state//T", JUNE, "state", state) == 1
    assert figures.value("benefit_state//R", JUNE, "state", state) == 0


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
