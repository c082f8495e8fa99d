"""Middles and percentiles of many histograms at once.

Belongs here: medians, nearest-rank percentiles and sums of histograms by month. Not here: what is measured (the area
modules), times that are cut short (`survival`).

Definitions: the specification's "Median": the mean of the two middle values where the number is even; every other
percentile is nearest-rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.block import Bools, Floats
from indicators.tally import Ints


@dataclass(frozen=True)
class Distribution:
    """`n[month, v]` is how often `values[v]`, in rising order, occurs in each month of a span."""

    values: Ints
    n: Ints

    @classmethod
    def of(cls, span: range, rows: Ints, chosen: Bools | None = None) -> Distribution:
        """From histogram rows (month, keys..., value, n), or those of them chosen by a mask."""
        some = rows if chosen is None else rows[chosen]
        values, place = np.unique(some[:, -2], return_inverse=True)
        n = np.zeros((len(span), len(values)), dtype=np.int64)
        np.add.at(n, (some[:, 0] - span.start, place), some[:, -1])
        return cls(values, n)

    def over(self, months: int) -> Distribution:
        """Each month's together with those before it, `months` in all."""
        upto = np.cumsum(self.n, axis=0)
        upto[months:] -= upto[:-months].copy()
        return Distribution(self.values, upto)

    @property
    def total(self) -> Ints:
        """How many there are in each month."""
        return np.asarray(self.n.sum(axis=1))

    @property
    def sum(self) -> Ints:
        """The values of each month added up."""
        return np.asarray(self.n @ self.values)

    def at_most(self, limit: int) -> Ints:
        """How many of each month are no larger than the limit."""
        return np.asarray(self.n[:, self.values <= limit].sum(axis=1))

    def median(self) -> Floats:
        """The middle value of each month, or the mean of the two; NaN of none."""
        total = self.total
        return (self._ranked((total + 1) // 2) + self._ranked(total // 2 + 1)) / 2

    def percentile(self, hundredths: int) -> Floats:
        """The smallest value that at least so many hundredths do not exceed; NaN of none."""
        return self._ranked(-(-hundredths * self.total // 100))

    def _ranked(self, rank: npt.NDArray[np.int64]) -> Floats:
        if not len(self.values):
            return np.full(len(self.n), np.nan)
        upto = np.cumsum(self.n, axis=1)
        place = (upto < rank[:, None]).sum(axis=1).clip(max=len(self.values) - 1)
        return np.where(self.total > 0, self.values[place], np.nan)
