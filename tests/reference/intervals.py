"""The two 95 pct. intervals of the indicator page: Wilson for shares, exact Poisson for rates."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from scipy.stats import chi2

Z = NormalDist().inv_cdf(0.975)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval for `count` out of `of` (0 < of, 0 <= count <= of), without correction."""
    share = count / of
    centre = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2)) / (1 + Z**2 / of)
    # The ends are exactly 0 and 1 for none and for all; floats miss them by a hair.
    low = 0.0 if count == 0 else centre - half
    return (low, 1.0 if count == of else centre + half)


def poisson(count: int) -> tuple[float, float]:
    """The exact (Garwood) interval for the mean of a Poisson count."""
    low = 0.0 if count == 0 else float(chi2.ppf(0.025, 2 * count)) / 2
    return (low, float(chi2.ppf(0.975, 2 * (count + 1))) / 2)
