"""Intervals against statsmodels, ends and all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from indicators.uncertainty import poisson_per_1000, wilson


@given(st.integers(1, 10**6), st.data())
def test_wilson(of: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, of))
    low, high = wilson(np.array([float(n)]), np.array([float(of)]))
    expected = proportion_confint(n, of, alpha=0.05, method="wilson")
    assert (low[0], high[0]) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.integers(0, 10**5), st.integers(1, 10**6))
def test_exact_poisson(n: int, of: int) -> None:
    low, high = poisson_per_1000(np.array([float(n)]), np.array([float(of)]))
    expected = confint_poisson(n, of, method="exact-c", alpha=0.05)
    assert low[0] == pytest.approx(1000 * np.nan_to_num(expected[0]), rel=1e-9)
    assert high[0] == pytest.approx(1000 * expected[1], rel=1e-9)


def test_of_nobody_there_is_none() -> None:
    for interval in (wilson, poisson_per_1000):
        assert np.isnan(interval(np.array([0.0]), np.array([0.0]))).all()


def test_nobody_and_everybody_are_certain_at_that_end() -> None:
    low, high = wilson(np.array([0.0, 7.0]), np.array([7.0, 7.0]))
    assert (low[0], high[1]) == (0.0, 1.0)
    assert 0 < high[0] < 1
    assert 0 < low[1] < 1
