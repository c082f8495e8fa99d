"""The tests against chance, held against scipy and statsmodels or counted by hand."""

from __future__ import annotations

from math import comb

import pytest
from statsmodels.stats.proportion import proportions_ztest

from plans.chance import Share, p_of_difference, p_of_rates, p_of_shares


@pytest.mark.parametrize("counts", [((20, 100), (35, 120)), ((1, 50), (0, 60)), ((7, 9), (7, 9))])
def test_the_test_of_two_shares_is_the_usual_one(
    counts: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    (x, n), (y, m) = counts
    expected = proportions_ztest([x, y], [n, m])[1]
    assert p_of_shares(Share(x, n), Share(y, m)) == pytest.approx(expected)


def test_shares_of_none_or_all_tell_nothing() -> None:
    assert p_of_shares(Share(0, 10), Share(0, 20)) == 1
    assert p_of_shares(Share(10, 10), Share(20, 20)) == 1


def test_equal_exposure_is_the_toss_of_a_coin() -> None:
    # 2 and 8: as far from 5 or farther are 0-2 and 8-10 heads of ten.
    outer = 2 * sum(comb(10, heads) for heads in (0, 1, 2)) / 2**10
    assert p_of_rates(2, 1, 8, 1) == pytest.approx(outer)
    assert p_of_rates(0, 1, 0, 1) == 1


def test_exposure_that_grows_with_the_count_is_no_change() -> None:
    assert p_of_rates(100, 1000.0, 300, 3000.0) == 1
    assert p_of_rates(100, 1000.0, 300, 1000.0) < 1e-9


def test_a_difference_of_differences() -> None:
    same = Share(50, 100)
    assert p_of_difference((same, same), (same, same)) == 1
    # 0.5 - 0.5 + 0.6 - 0.5 over four variances of 0.0025 or 0.0024: z = 1.005.
    assert p_of_difference((Share(60, 100), same), (same, same)) == pytest.approx(0.3149, abs=1e-4)
    assert p_of_difference((Share(9, 9),), (Share(0, 9),)) == 0
