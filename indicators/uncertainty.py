"""How certain a figure is: 95 pct. intervals of shares and of rates per 1,000.

Belongs here: interval formulas over arrays. Not here: tests of change (`plans.assessment`).

Sources: Wilson (1927) for a share; Garwood (1936), exact Poisson, for a rate.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CONFIDENCE = 0.95


def wilson(numerator: Floats, denominator: Floats) -> tuple[Floats, Floats]:
    """Low and high of a share (0-1); NaN where the denominator is 0."""
    from scipy.special import ndtri

    z = float(ndtri((1 + CONFIDENCE) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = numerator / denominator
        centre = share + z * z / (2 * denominator)
        spread = z * np.sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2))
        scale = 1 + z * z / denominator
        low, high = (centre - spread) / scale, (centre + spread) / scale
    # The ends are known exactly where nobody or everybody has the trait; rounding would leave a trace of a trait.
    low = np.where(numerator == 0, 0.0, low)
    high = np.where(numerator == denominator, 1.0, high)
    undefined = ~(denominator > 0)
    low[undefined] = high[undefined] = np.nan
    return low, high


def poisson_per_1000(numerator: Floats, denominator: Floats) -> tuple[Floats, Floats]:
    """Low and high of a rate per 1,000; NaN where the denominator is 0."""
    from scipy.special import gammaincinv

    tail = (1 - CONFIDENCE) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        # Half the quantile of chi square with twice as many degrees of freedom.
        low = np.where(numerator > 0, gammaincinv(np.maximum(numerator, 1), tail), 0.0)
        high = gammaincinv(numerator + 1, 1 - tail)
        low, high = low * 1000 / denominator, high * 1000 / denominator
    undefined = ~(denominator > 0)
    low[undefined] = high[undefined] = np.nan
    return low, high
