"""Several sets in one reader's hand: what one hides and another gives away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from exports.stranger.proof import worked_out
from exports.stranger.sets import SetBefore
from exports.stranger.tidy_file import NUMBERS, as_rows
from tests.disclosure.tables import JUNE, MAY, newcomer, row, tidy

THRESHOLD = 5
NAMES = ("total", "Amager", "Bispebjerg", "Valby")


def table(*districts: int) -> pd.DataFrame:
    """The total of three districts and each of them."""
    place = "unemployed/narrow/T"
    return as_rows(
        tidy(
            row(place, sum(districts)),
            *(
                row(f"{place}/district/{name}", count)
                for name, count in zip(NAMES[1:], districts, strict=True)
            ),
        )
    )


def without(rows: pd.DataFrame, hidden: str) -> pd.DataFrame:
    """The rows as published when those of the names (blank between them) are hidden."""
    away = np.isin(NAMES, hidden.split())
    seen = rows.copy()
    seen.loc[away, list(NUMBERS)] = np.nan
    seen.loc[away, "flag"] = "suppressed"
    return seen


def found(
    then: tuple[int, ...],
    hidden_then: str,
    now: tuple[int, ...],
    hidden_now: str,
    apart: str = "",
) -> int:
    before, today = table(*then), table(*now)
    sets = [SetBefore(without(before, hidden_then), before)]
    rows = without(today, hidden_now)
    return len(worked_out(rows, THRESHOLD, today, sets, positions(apart)))


def positions(names: str) -> tuple[int, ...]:
    return tuple(NAMES.index(name) for name in names.split())


@pytest.mark.parametrize(
    ("then", "hidden_then", "now", "hidden_now", "findings", "why"),
    [
        ((3, 20, 40), "Amager Bispebjerg", (7, 20, 40), "", 1, "the 20 of today gives away the 3"),
        ((3, 20, 40), "Amager Bispebjerg", (7, 20, 40), "Amager Bispebjerg", 0, "still hidden"),
        ((3, 20, 40), "Amager Bispebjerg", (7, 21, 40), "", 0, "the 21 is not the 20"),
        ((8, 9, 40), "", (2, 9, 46), "Amager Bispebjerg", 1, "the 9 was shown"),
        ((8, 9, 40), "", (2, 9, 46), "Amager Valby", 0, "the 46 was not"),
        ((3, 20, 40), "Amager Bispebjerg", (3, 20, 40), "Amager Valby", 1, "another pattern"),
    ],
)
def test_what_two_sets_give_away(
    then: tuple[int, ...],
    hidden_then: str,
    now: tuple[int, ...],
    hidden_now: str,
    findings: int,
    why: str,
) -> None:
    assert found(then, hidden_then, now, hidden_now) == findings, why


def test_what_is_hidden_after_all_stands_apart() -> None:
    """The 9 beside the 2 was shown: only one who doubts that it is unchanged is kept off."""
    case = (8, 9, 40), "", (2, 9, 46), "Amager Bispebjerg"
    assert found(*case) == 1
    assert found(*case, apart="Bispebjerg") == 0
    assert found(*case, apart="Amager") == 1, "the 9 is still what it was"


@pytest.mark.parametrize(
    ("now", "findings", "why"),
    [
        ((9, 20, 40), 1, "the 20 gives away the 3 of the second set, not the 3 of the first"),
        ((9, 21, 40), 0, "it has changed"),
    ],
)
def test_what_stood_apart_is_not_given_back(now: tuple[int, ...], findings: int, why: str) -> None:
    """The 20 is what it was in both sets; in the second nobody could suppose so."""
    first, second, today = table(30, 20, 3), table(3, 20, 40), table(*now)
    sets = [
        SetBefore(without(first, "Amager Bispebjerg Valby"), first),
        SetBefore(without(second, "Amager Bispebjerg"), second, positions("Bispebjerg")),
    ]
    assert len(worked_out(today, THRESHOLD, today, sets)) == findings, why


def test_what_stands_apart_is_no_figure_of_any_other_set() -> None:
    """The 9 beside the 2 is not that of the set named after it, which shows it: months are named by their place, not by when
    they were published."""
    first, second, today = table(2, 9, 46), table(8, 9, 40), table(20, 30, 41)
    hidden = without(first, "Amager Bispebjerg")
    apart, shown = positions("Bispebjerg"), SetBefore(second, second)
    assert not worked_out(today, THRESHOLD, today, [SetBefore(hidden, first, apart), shown])
    assert worked_out(today, THRESHOLD, today, [SetBefore(hidden, first), shown])


def away(rows: pd.DataFrame, *positions: int) -> pd.DataFrame:
    """The rows as published when those at these positions are hidden."""
    seen = rows.copy()
    seen.loc[list(positions), list(NUMBERS)] = np.nan
    seen.loc[list(positions), "flag"] = "suppressed"
    return seen


TOTAL, AMAGER, VALBY, MEAN = 0, 1, 2, 4


@pytest.mark.parametrize(
    ("hidden_then", "hidden_now", "finding", "why"),
    [
        ((AMAGER, VALBY), (AMAGER, VALBY, MEAN), False, "the 31 and the zeros were known"),
        ((AMAGER, VALBY, TOTAL), (AMAGER, VALBY, MEAN), True, "today tells the 31"),
        ((AMAGER, VALBY, TOTAL), (AMAGER, VALBY, TOTAL, MEAN), False, "nobody tells"),
        ((AMAGER,), (AMAGER, MEAN), True, "the months together are one person"),
    ],
)
def test_a_mean_is_narrow_by_what_was_shown_before_alone(
    hidden_then: tuple[int, ...], hidden_now: tuple[int, ...], finding: bool, why: str
) -> None:
    before, today = as_rows(newcomer(MAY)), as_rows(newcomer(MAY, JUNE))
    sets = [SetBefore(away(before, *hidden_then), before)]
    found = worked_out(away(today, *hidden_now), THRESHOLD, today, sets)
    assert any("mean unemployed" in str(one) for one in found) is finding, why
