"""The figures of courses and of what became of their participants, from the counts of `programmes`, `course_outcomes` and
`matched`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.course_outcomes import LAGS, WINDOW
from indicators.figures import Rows, over
from indicators.programmes import QUANTITIES, WINDOWS
from indicators.tally import Counts, Cube
from indicators.uncertainty import wilson
from indicators.weeks import VARIANTS


def course_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`course_starts`, `course_active` and `course_completed` in the month, in twelve and in the calendar year."""
    rows = Rows(months, counts)
    for quantity in QUANTITIES:
        for window in WINDOWS:
            rows.count(quantity, window, "", counts.of(quantity, window, ""))
    return rows.table()


def outcome_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`course_outcome_26` and `_52` by destination, and by programme and destination, of the courses that ended in twelve
    months. There is no total: it is 1."""
    rows = Rows(months, counts)
    for after, lag in LAGS.items():
        for variant in VARIANTS:
            indicator = f"course_outcome_{after}"
            ended = {
                dims: cube.over(WINDOW).later(lag)
                for dims, cube in counts.of(f"outcome_{after}", variant, "").items()
            }
            if not ended:
                rows.not_computed(indicator, [variant], [""])
            for dims, cube in ended.items():
                _shares(rows, indicator, variant, dims, cube)
    return rows.table()


def _shares(rows: Rows, indicator: str, variant: str, dims: tuple[str, str], cube: Cube) -> None:
    by_programme = bool(dims[1])
    n = cube.n.astype(np.float64)
    whole = n.sum(axis=2 if by_programme else 1, keepdims=True)
    of = np.broadcast_to(whole, n.shape)
    low, high = wilson(n, of)
    numbers = {"numerator": n, "denominator": of, "value": over(n, of), "low": low, "high": high}
    rows.plain(indicator, variant, "", dims, cube.counted, numbers)
    if not by_programme:
        rows.lacking(indicator, variant, "", cube.counted)
