"""Times that may be cut short: the Kaplan–Meier median.

Belongs here: the product-limit estimate. Not here: whose times they are (`waiting`).

Source: Kaplan and Meier (1958). Those whose time is cut short at t are at risk at t.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from indicators.tally import Ints

HALF = Fraction(1, 2)
SURELY = 1e-6
"""How far from a half a share worked out in floating point must be to be on the right side of it: rounding over as many
steps as there are people is far below."""


def km_median(times: Ints, ended: Ints, cut_short: Ints) -> float:
    """The smallest time at which the share that still waits is at most a half; NaN when it never is.

    `times` in rising order; `ended` and `cut_short` say how many waits ended, or were cut short, at each. The share is the
    product over the times of (at risk - ended) / at risk, compared with a half exactly.
    """
    leaving = ended + cut_short
    at_risk = leaving[::-1].cumsum()[::-1]
    steps = np.flatnonzero(ended)
    share = np.cumprod(1 - ended[steps] / at_risk[steps])
    for place in np.flatnonzero(share <= 0.5 + SURELY):
        if share[place] < 0.5 - SURELY or _exactly(ended, at_risk, steps[: place + 1]) <= HALF:
            return float(times[steps[place]])
    return float("nan")


def _exactly(ended: Ints, at_risk: Ints, steps: Ints) -> Fraction:
    share = Fraction(1)
    for risk, ends in zip(at_risk[steps].tolist(), ended[steps].tolist(), strict=True):
        share *= Fraction(risk - ends, risk)
    return share
