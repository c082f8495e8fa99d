"""Medians and nearest-rank percentiles of histograms, against the values written out one by one."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.distributions import Distribution

SPAN = range(100, 104)


def of_values(values: list[int], month: int = 101) -> Distribution:
    rows = [[month, 7, value, 1] for value in values]
    return Distribution.of(SPAN, np.array(rows, dtype=np.int64).reshape(-1, 4))


@given(st.lists(st.integers(-50, 400), min_size=1, max_size=40))
def test_as_the_values_one_by_one(values: list[int]) -> None:
    found, ordered = of_values(values), sorted(values)
    assert found.median()[1] == statistics.median(values)
    assert found.total.tolist() == [0, len(values), 0, 0]
    assert found.sum[1] == sum(values)
    assert found.at_most(10)[1] == sum(value <= 10 for value in values)
    for hundredths in (25, 75, 90):
        rank = math.ceil(hundredths * len(values) / 100)
        assert found.percentile(hundredths)[1] == ordered[rank - 1]


@pytest.mark.parametrize(
    ("n", "p25", "p75", "p90"),
    [(1, 1, 1, 1), (4, 1, 3, 4), (5, 2, 4, 5), (10, 3, 8, 9), (11, 3, 9, 10), (200, 50, 150, 180)],
)
def test_nearest_rank(n: int, p25: int, p75: int, p90: int) -> None:
    found = of_values(list(range(1, n + 1)))
    assert [found.percentile(of)[1] for of in (25, 75, 90)] == [p25, p75, p90]


def test_months_with_nothing_have_no_middle() -> None:
    found = of_values([3])
    assert math.isnan(found.median()[0])
    assert math.isnan(found.percentile(90)[3])
    assert np.isnan(of_values([]).median()).all()


def test_a_window_of_months() -> None:
    rows = np.array([[100, 0, 1, 1], [101, 0, 5, 2], [103, 0, 9, 1]], dtype=np.int64)
    of_two = Distribution.of(SPAN, rows).over(2)
    assert of_two.total.tolist() == [1, 3, 2, 1]
    assert of_two.median().tolist() == [1, 5, 5, 9]
    chosen = Distribution.of(SPAN, rows, rows[:, 2] > 1)
    assert chosen.total.tolist() == [0, 2, 0, 1]
