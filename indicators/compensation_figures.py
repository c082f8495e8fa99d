"""The figures of people with a grant under the compensation Act, from the counts of `compensation`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.calendar import month_name
from indicators.categories import SCHEMES
from indicators.compensation import ALL, ASSISTANCE, GROUPS, HOURS_DIMS
from indicators.figures import TOTAL, Rows
from indicators.tally import Counts, Ints, Series

YEAR = 12
NAMES = (*SCHEMES, ALL)


def compensation_figures(
    counts: Counts, months: Sequence[int], baselines: Sequence[int] = ()
) -> pd.DataFrame:
    """`comp_persons` and `comp_growth` of P, `comp_uptake` of T, and `comp_hours` of both. `baselines` are the months that
    growth is also counted from."""
    rows = Rows(months, counts)
    members = counts.of("members", "", "T")
    for name in NAMES:
        rows.count("comp_persons", name, "P", counts.of("with_grant", name, "P"))
        rows.per_1000("comp_uptake", name, "T", counts.of("with_grant", name, "T"), members)
        _growth(rows, counts, name, months, baselines)
    for group in GROUPS:
        _hours(rows, counts, group)
    return rows.table()


def _growth(
    rows: Rows, counts: Counts, name: str, months: Sequence[int], baselines: Sequence[int]
) -> None:
    """Persons over those of an earlier month, less 1; not computed where that month lies before the first one asked for or
    is not earlier."""
    earlier = {name: [month - YEAR for month in counts.span]}
    earlier |= {f"{name}|{month_name(base)}": [base] * len(counts.span) for base in baselines}
    persons = counts.of("with_grant", name, "P").get(TOTAL)
    if persons is None:
        rows.not_computed("comp_growth", list(earlier), ["P"])
        return
    now = persons.n.ravel()
    for variant, bases in earlier.items():
        usable = [
            min(months) <= base <= month for base, month in zip(bases, counts.span, strict=True)
        ]
        at = np.array([base - counts.span.start for base in bases]).clip(0, len(now) - 1)
        then, counted = now[at], persons.counted & persons.counted[at] & np.array(usable)
        growth = np.array(
            [
                (n - of) / of if of else np.nan
                for n, of in zip(now.tolist(), then.tolist(), strict=True)
            ]
        )
        numbers = {"numerator": now.astype(float), "denominator": then.astype(float)}
        rows.plain("comp_growth", variant, "P", TOTAL, counted, {"value": growth, **numbers})


def _hours(rows: Rows, counts: Counts, group: str) -> None:
    """Mean weekly hours of active personal assistance; sum and mean are exact and rounded once."""
    variant, counted = f"{ASSISTANCE}|mean", counts.was_counted("hours")
    empty: Ints = np.zeros((0, 4), dtype=np.int64)
    for dim in ("", *HOURS_DIMS[group]):
        found = counts.histograms.get(Series("hours", "", group, dim), empty)
        sums, scale, n = _exact_sums(counts, dim, found)
        value = [
            total / (scale * of) if of else np.nan
            for total, of in zip(sums, n.ravel().tolist(), strict=True)
        ]
        numbers = {
            "numerator": np.array([total / scale for total in sums]).reshape(n.shape),
            "denominator": n.astype(np.float64),
            "value": np.array(value).reshape(n.shape),
        }
        rows.plain("comp_hours", variant, group, (dim, ""), counted, numbers)


def _exact_sums(counts: Counts, dim: str, found: Ints) -> tuple[list[int], int, Ints]:
    """Sum of the hours, month by month and category by category, as whole numbers of one part in `scale`; and how many
    grants there are. A floating-point number is a whole number of some power of two's parts, so nothing is rounded."""
    categories = len(counts.categories[dim]) if dim else 1
    n = np.zeros((len(counts.span), categories), dtype=np.int64)
    sums = [0] * n.size
    hours = np.ascontiguousarray(found[:, 2]).view(np.float64).tolist()
    parts = {each: each.as_integer_ratio() for each in set(hours)}
    scale = max((of for _, of in parts.values()), default=1)
    whole = {each: part * (scale // of) for each, (part, of) in parts.items()}
    for (month, category, _, times), each in zip(found.tolist(), hours, strict=True):
        at = (month - counts.span.start) * categories + category
        sums[at] += whole[each] * times
        n[divmod(at, categories)] += times
    return sums, scale, n
