"""The Kaplan–Meier median against scipy's and statsmodels', with ties and heavy censoring, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from indicators.survival import km_median

People = list[tuple[int, bool]]
"""A time, and whether the wait ended then; else it was cut short."""


def median_of(people: People) -> float:
    times = np.unique([time for time, _ in people]).astype(np.int64)
    counts = np.zeros((2, len(times)), dtype=np.int64)
    for time, ended in people:
        counts[int(ended), np.searchsorted(times, time)] += 1
    return km_median(times, ended=counts[1], cut_short=counts[0])


@pytest.mark.parametrize(
    ("people", "median"),
    [
        ([], math.nan),
        ([(5, False)], math.nan),
        ([(5, True)], 5),
        # One of two: a half is enough.
        ([(3, True), (9, True)], 3),
        # Cut short at the same time as another ends: at risk there still, so 2/3 and not 1/2.
        ([(3, True), (3, False), (9, True)], 9),
        ([(3, True), (4, False), (9, True)], 9),
        # Cut short before: no longer at risk, so 1/2.
        ([(2, False), (3, True), (9, True)], 3),
        # Two of three at once.
        ([(3, True), (3, True), (9, False)], 3),
        ([(-20, True), (0, False)], -20),
        # 3/4, then 3/4 x 2/3 = 1/2 exactly.
        ([(1, True), (2, True), (8, False), (9, False)], 2),
    ],
)
def test_by_hand(people: People, median: float) -> None:
    assert median_of(people) == median or (math.isnan(median) and math.isnan(median_of(people)))


WAITS = st.lists(st.tuples(st.integers(-3, 25), st.booleans()), min_size=1, max_size=60)
HEAVY = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from([True, False, False, False, False])), min_size=1
)


@settings(max_examples=200, deadline=None)
@given(WAITS | HEAVY)
def test_as_scipy_and_statsmodels_have_it(people: People) -> None:
    times = np.array([time for time, _ in people], dtype=float)
    ended = np.array([is_ended for _, is_ended in people])
    expected = math.nan
    if ended.any():
        curve = ecdf(CensoredData.right_censored(times, ~ended)).sf
        share, when = np.asarray(curve.probabilities), np.asarray(curve.quantiles)
        # The shares of scipy are products of rounded numbers: half a billionth is a half.
        reached = when[(share <= 0.5 + 1e-9) & np.isin(when, times[ended])]
        expected = float(reached[0]) if len(reached) else math.nan
        survival = SurvfuncRight(times, ended.astype(int))
        at = survival.surv_times[survival.surv_prob <= 0.5 + 1e-9]
        assert (at[0] if len(at) else math.nan) == pytest.approx(expected, nan_ok=True)
    assert median_of(people) == pytest.approx(expected, nan_ok=True)


def test_a_half_is_told_from_what_is_next_to_it() -> None:
    """Of 2,000,001 people 1,000,000 end one by one: a little more than a half are left until one more ends."""
    people = 2_000_001
    times = np.array([1, 2, 3], dtype=np.int64)
    few, one = people // 2, 1
    rest = people - few - one
    ended, cut_short = np.array([few, one, 0]), np.array([0, 0, rest])
    assert km_median(times, ended, cut_short) == 2
    assert math.isnan(km_median(times, np.array([few, 0, 0]), np.array([0, 0, rest + one])))
