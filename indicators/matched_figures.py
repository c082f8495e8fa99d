"""The difference between participants of courses and those like them, from the counts of `matched`.

The pool's share with a job is weighted to the participants cell by cell; participants without anybody like them are left
out. Shares are exact fractions until they are shown. The difference is no estimate of an effect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm, sqrt

import numpy as np
import pandas as pd

from indicators.categories import PROGRAMMES
from indicators.course_outcomes import LAGS, WINDOW
from indicators.figures import TOTAL, Rows
from indicators.matched import ANY_PROGRAMME, EVERYBODY, PARTICIPANTS, POOL, TAKEN_OUT
from indicators.tally import Counts, Ints, Series
from indicators.uncertainty import CONFIDENCE
from indicators.weeks import VARIANTS

POINTS = 100


@dataclass
class Compared:
    """Participants with somebody like them: how many, how many with a job, and for each size of pool the sums over its cells
    of (participants x pool with a job) and of (participants squared x pool with x pool without a job)."""

    n: int = 0
    with_job: int = 0
    pools: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, participants: int, with_job: int, pool: int, pool_with_job: int) -> None:
        """Add a cell; one without a pool is left out."""
        if not pool:
            return
        self.n += participants
        self.with_job += with_job
        without = pool - pool_with_job
        self._add_pool(
            pool, participants * pool_with_job, participants**2 * pool_with_job * without
        )

    def merge(self, other: Compared) -> None:
        """Add the cells of another month."""
        self.n += other.n
        self.with_job += other.with_job
        for pool, sums in other.pools.items():
            self._add_pool(pool, *sums)

    def _add_pool(self, pool: int, expected: int, spread: int) -> None:
        so_far = self.pools.get(pool, (0, 0))
        self.pools[pool] = (so_far[0] + expected, so_far[1] + spread)

    def difference(self) -> tuple[float, float, float]:
        """The difference in percentage points with its 95 pct. interval; NaN of nobody."""
        if not self.n:
            return (np.nan, np.nan, np.nan)
        from scipy.stats import norm

        common = lcm(*self.pools)
        expected = sum(a * (common // pool) for pool, (a, _) in self.pools.items())
        spread = sum(b * (common // pool) ** 3 for pool, (_, b) in self.pools.items())
        n, jobs = self.n, self.with_job
        value = float(POINTS * (Fraction(jobs, n) - Fraction(expected, common * n)))
        variance = Fraction(jobs * (n - jobs), n**3) + Fraction(spread, common**3 * n**2)
        half = POINTS * float(norm.ppf((1 + CONFIDENCE) / 2)) * sqrt(variance)
        return (value, value - half, value + half)


def matched_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`course_outcome_26` and `_52`, any job against those like them: in all and by programme."""
    rows = Rows(months, Counts(counts.span, {"programme": PROGRAMMES}))
    for after, lag in LAGS.items():
        counted = counts.was_counted(f"matched_{after}")
        of_year = np.array(
            [
                place >= WINDOW + lag - 1
                and counted[place - lag - WINDOW + 1 : place - lag + 1].all()
                for place in range(len(counted))
            ]
        )
        for variant in VARIANTS:
            empty: Ints = np.zeros((0, 6), dtype=np.int64)
            found = counts.histograms.get(Series(f"matched_{after}", variant, ""), empty)
            numbers = _numbers(counts.span, months, lag, _by_month(found))
            named = (f"course_outcome_{after}", f"{variant}|any|matched", "")
            whole = {name: each[:, ANY_PROGRAMME] for name, each in numbers.items()}
            parts = {name: each[:, :ANY_PROGRAMME] for name, each in numbers.items()}
            rows.plain(*named, TOTAL, of_year, whole)
            rows.plain(*named, ("programme", ""), of_year, parts)
    return rows.table()


def _by_month(found: Ints) -> dict[tuple[int, int], Compared]:
    """Those compared by month and programme."""
    cells: dict[int, dict[tuple[int, int, int], list[int]]] = {}
    for month, programme, cell, kind, job, n in found.tolist():
        of_kind = cells.setdefault(kind, defaultdict(lambda: [0, 0]))
        of_kind[month, programme, cell][job] += n
    compared: dict[tuple[int, int], Compared] = defaultdict(Compared)
    nobody = [0, 0]
    for (month, programme, cell), (without, with_job) in cells.get(PARTICIPANTS, {}).items():
        everybody = cells[POOL].get((month, EVERYBODY, cell), nobody)
        out = cells.get(TAKEN_OUT, {}).get((month, programme, cell), nobody)
        pool = [all_of - taken for all_of, taken in zip(everybody, out, strict=True)]
        compared[month, programme].add(without + with_job, with_job, sum(pool), pool[1])
    return compared


def _numbers(
    span: range, months: Sequence[int], lag: int, by_month: dict[tuple[int, int], Compared]
) -> dict[str, np.ndarray]:
    """Denominator, value and interval: (months of the span x programmes, all of them last)."""
    shape = (len(span), ANY_PROGRAMME + 1)
    numbers = {name: np.full(shape, np.nan) for name in ("denominator", "value", "low", "high")}
    for month in months:
        for programme in range(ANY_PROGRAMME + 1):
            of_year = Compared()
            for end in range(month - lag - WINDOW + 1, month - lag + 1):
                if (end, programme) in by_month:
                    of_year.merge(by_month[end, programme])
            at = (month - span.start, programme)
            numbers["denominator"][at] = of_year.n
            for name, number in zip(("value", "low", "high"), of_year.difference(), strict=True):
                numbers[name][at] = number
    return numbers
