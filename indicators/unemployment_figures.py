"""The figures of long-term unemployment, from the counts of `unemployment`."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators.figures import Rows
from indicators.tally import Counts
from indicators.weeks import VARIANTS


def unemployment_figures(counts: Counts, months: Sequence[int]) -> pd.DataFrame:
    """`unemployed`, `ltu_80`, `ltu_80_share` and `ltu_52` of T, narrow and wide; the first two narrow also crossed."""
    rows = Rows(months, counts)
    for variant in VARIANTS:
        unemployed = counts.of("unemployed", variant, "T")
        long_term = counts.of("ltu_80", variant, "T")
        rows.count("unemployed", variant, "T", unemployed, crossed=True)
        rows.count("ltu_80", variant, "T", long_term, crossed=True)
        rows.share("ltu_80_share", variant, "T", long_term, unemployed)
        rows.count("ltu_52", variant, "T", counts.of("ltu_52", variant, "T"))
    return rows.table()
