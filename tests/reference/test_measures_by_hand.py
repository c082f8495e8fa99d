"""Medians, percentiles and Kaplan–Meier by hand, and against scipy and statsmodels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.stats.proportion import proportion_confint

from .intervals import wilson
from .measures import Wait, kaplan_meier_median, median, percentile


@pytest.mark.parametrize(
    ("numbers", "quarter", "middle", "three_quarters"),
    [
        ([7], 7, 7, 7),
        ([1, 2], 1, 1.5, 2),
        # Of four a quarter is the first, three quarters the third.
        ([4, 1, 3, 2], 1, 2.5, 3),
        # Of five a quarter is 1.25: the second; three quarters 3.75: the fourth.
        ([5, 1, 4, 2, 3], 2, 3, 4),
        ([9, 9, 1, 1], 1, 5, 9),
    ],
)
def test_quartiles(numbers: list[int], quarter: int, middle: float, three_quarters: int) -> None:
    assert percentile(numbers, 25) == quarter
    assert median(numbers) == middle
    assert percentile(numbers, 75) == three_quarters


# why, (days, whether it ended), the median
TABLE: list[tuple[str, list[Wait], int | None]] = [
    ("nobody", [], None),
    ("one who waits still", [(10, False)], None),
    ("S falls to 0 at once", [(10, True)], 10),
    ("two: at the first S is exactly one half, which is enough", [(3, True), (9, False)], 3),
    (
        "three: 2/3 at 1, and then the one who waits is gone at 2: 2/3 x 0 at 5",
        [(1, True), (2, False), (5, True)],
        5,
    ),
    (
        "watched to 4 is at risk at 4: S is 1 - 1/2",
        [(4, False), (4, True)],
        4,
    ),
    (
        "watched to 4 at risk at 4: 3/4 at 1, then x 2/3 is one half at 4",
        [(1, True), (4, True), (4, False), (6, False)],
        4,
    ),
    (
        "4/5 at 1, 2/3 of it is 8/15 at 3: just above one half, and nobody ends after",
        [(1, True), (2, False), (3, True), (5, False), (6, False)],
        None,
    ),
    (
        "before the birthday: time runs from below nought",
        [(-30, True), (0, True), (40, False), (50, False)],
        0,
    ),
    (
        "15/16 x 14/15 x ... x 8/9 is exactly one half: eight of sixteen ended",
        [*((day, True) for day in range(1, 9)), *((99, False) for _ in range(8))],
        8,
    ),
]


@pytest.mark.parametrize(("why", "waits", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_kaplan_meier_by_hand(why: str, waits: list[Wait], expected: int | None) -> None:
    assert kaplan_meier_median(waits) == expected, why


@given(st.lists(st.tuples(st.integers(-5, 12), st.booleans()), min_size=1, max_size=15))
def test_kaplan_meier_agrees_with_scipy(waits: list[Wait]) -> None:
    data = CensoredData(
        uncensored=[time for time, ended in waits if ended],
        right=[time for time, ended in waits if not ended],
    )
    curve = ecdf(data).sf
    at_half = [
        time
        for time, left in zip(curve.quantiles, curve.probabilities, strict=True)
        if left <= 0.5 + 1e-9
    ]
    ended = [time for time, event in waits if event]
    assert kaplan_meier_median(waits) == (min(at_half) if at_half and ended else None)


@given(st.integers(1, 400), st.data())
def test_wilson_agrees_with_statsmodels(of: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, of))
    theirs = proportion_confint(number, of, 0.05, method="wilson")
    assert wilson(number, of) == pytest.approx(theirs, abs=1e-12)
