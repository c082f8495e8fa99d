"""Could the change be chance? The tests behind a goal that has a direction and no target.

Belongs here: p-values from numerators and denominators. Not here: which test a goal takes and what
follows from it (`assessment`), intervals of single figures (`indicators`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt


@dataclass(frozen=True)
class Share:
    """`count` persons or spells out of `of`, `of` > 0."""

    count: float
    of: float

    @property
    def value(self) -> float:
        """The share, 0-1 where the counted are among the many."""
        return self.count / self.of

    @property
    def variance(self) -> float:
        """The binomial variance of the share."""
        return self.value * (1 - self.value) / self.of


def p_of_shares(before: Share, after: Share) -> float:
    """Two-sided p of the two-proportion z-test with pooled variance, no continuity correction."""
    pooled = (before.count + after.count) / (before.of + after.of)
    variance = pooled * (1 - pooled) * (1 / before.of + 1 / after.of)
    return _two_sided(after.value - before.value, variance)


def p_of_rates(before: int, exposure_before: float, after: int, exposure_after: float) -> float:
    """Two-sided p that two Poisson counts have one rate: the exact conditional binomial test.

    Given their sum, `before` is binomial with the exposures' share as probability (Przyborowski and
    Wilenski 1940). Two zeros say nothing: p is 1.
    """
    if before + after == 0:
        return 1.0
    # Imported here: scipy.stats takes a second to load, and plans are read where nothing is tested.
    from scipy.stats import binomtest

    expected = exposure_before / (exposure_before + exposure_after)
    return float(binomtest(before, before + after, expected).pvalue)


def p_of_difference(plus: tuple[Share, ...], minus: tuple[Share, ...]) -> float:
    """Two-sided p that the `plus` shares less the `minus` shares are nought: normal, unpooled."""
    difference = sum(share.value for share in plus) - sum(share.value for share in minus)
    return _two_sided(difference, sum(share.variance for share in plus + minus))


def _two_sided(difference: float, variance: float) -> float:
    if variance <= 0:
        return 1.0 if difference == 0 else 0.0
    return erfc(abs(difference) / sqrt(2 * variance))
