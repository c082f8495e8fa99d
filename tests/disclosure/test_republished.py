"""A tidy table protected beside one that was published: what either hides does not follow from both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from disclosure.patterns.cells import CellSystem, ProtectionError, Statuses
from disclosure.republished import PublishedBefore
from disclosure.table import protect_table
from disclosure.watching import Watch
from tests.disclosure.tables import JUNE, MAY, NEWCOMER, hidden, newcomer, row, tidy

THRESHOLD = 5
A, B, C = (f"unemployed/narrow/T/district/{name}" for name in ("Amager", "Bispebjerg", "Valby"))


def districts(
    first: int, second: int, third: int, month: str = "2020-06"
) -> list[dict[str, object]]:
    total = first + second + third
    return [
        row("unemployed/narrow/T", total, month=month),
        *(
            row(place, n, month=month)
            for place, n in zip((A, B, C), (first, second, third), strict=True)
        ),
    ]


def published(table: pd.DataFrame) -> PublishedBefore:
    protected, _summary = protect_table(table, THRESHOLD)
    return PublishedBefore(table, (protected["flag"] == "suppressed").to_numpy())


def test_a_corrected_count_does_not_give_away_the_one_before() -> None:
    """3 and 20 were hidden. Corrected to 7 nothing is small; but with 20 in sight the 3 would be known."""
    before = published(tidy(*districts(3, 20, 40)))
    assert before.hidden.tolist() == [False, True, True, False]
    now = tidy(*districts(7, 20, 40))
    assert hidden(protect_table(now, THRESHOLD)[0]) == set()
    beside = hidden(protect_table(now, THRESHOLD, before=[before])[0])
    assert B in beside
    assert len(beside) >= 2, "its partner, or the 20 is what is left of the total"


def test_what_was_shown_hides_nothing() -> None:
    """2 is small now. 9 is the cheapest partner but was shown in the set before, so that everybody knows it."""
    before = published(tidy(*districts(8, 9, 40)))
    now = tidy(*districts(2, 9, 40))
    assert hidden(protect_table(now, THRESHOLD)[0]) == {A, B}
    beside = hidden(protect_table(now, THRESHOLD, before=[before])[0])
    assert A in beside
    assert beside & {C, "unemployed/narrow/T"}, "something that is not known"


@pytest.mark.parametrize("months", [("2020-05",), ("2020-04", "2020-05")])
def test_a_month_more_keeps_the_pattern_of_those_before(months: tuple[str, ...]) -> None:
    old = [one for month in months for one in districts(3, 20, 40, month)]
    before = published(tidy(*old))
    now = tidy(*old, *districts(2, 30, 31))
    protected, _summary = protect_table(now, THRESHOLD, before=[before])
    gone = (protected["flag"] == "suppressed").to_numpy()
    assert gone[: len(old)].tolist() == before.hidden.tolist()
    assert gone[len(old) :].any()


def test_the_same_table_again_is_hidden_the_same() -> None:
    table = tidy(*districts(3, 20, 40))
    before = published(table)
    again, summary = protect_table(table, THRESHOLD, before=[before, before])
    assert (again["flag"] == "suppressed").to_numpy().tolist() == before.hidden.tolist()
    assert (summary.primary, summary.secondary) == (1, 1)


def test_of_a_mean_whose_other_months_were_nobodys_less_is_asked() -> None:
    """Five a month for a year would be 60 in one month, of 31 people: nothing hidden now can make that believable."""
    before = published(newcomer(MAY))
    assert "unemployed/wide/T" not in hidden(before.as_seen())
    now = newcomer(MAY, JUNE)
    protected, _summary = protect_table(now, THRESHOLD, before=[before])
    assert NEWCOMER in hidden(protected)


def test_of_no_mean_less_is_asked_than_one_group_of_the_threshold() -> None:
    shown = PublishedBefore(newcomer(MAY), newcomer(MAY)["value"].isna().to_numpy())
    with pytest.raises(ProtectionError):
        protect_table(newcomer(MAY, JUNE), THRESHOLD, before=[shown])


def test_of_a_mean_for_which_the_search_finds_nothing_no_less_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing was shown before, so hiding could do it: a search that fails is told, and not made easier."""
    table = newcomer(MAY, JUNE)
    asked: list[CellSystem] = []

    def search(system: CellSystem, watch: Watch) -> Statuses:
        asked.append(system)
        if len(asked) == 1:
            raise ProtectionError(np.flatnonzero(system.enough < system.reach))
        return np.zeros(len(system.value), dtype=np.int8)

    monkeypatch.setattr("disclosure.table._wide", search)
    with pytest.raises(ProtectionError):
        protect_table(table, THRESHOLD)
    assert (asked[0].enough < asked[0].reach).any()
