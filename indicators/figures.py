"""From joined counts to figures: the rows of the tidy table, common to all areas.

Belongs here: the table's columns, and how a count, a share, a rate or a figure that cannot be computed becomes rows. Not
here: which indicators an area has (`areas`), protection (`disclosure`), writing (`exports`).

Definition of the columns: the specification's "indicators.csv". Shares are computed from unrounded counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.calendar import month_name, parse_month
from indicators.catalogue import catalogue
from indicators.people import TARGET_GROUP_RULE
from indicators.uncertainty import poisson_per_1000, wilson

COLUMNS = (
    "indicator",
    "variant",
    "period",
    "group",
    "dim1",
    "value1",
    "dim2",
    "value2",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "unit",
    "flag",
    "break",
    "definition_version",
)
IDENTITY = ["variant", "month", "group", "dim1", "value1"]
NOT_COMPUTED, MISSING = "not_computed", "missing"


def of_quantity(counts: pd.DataFrame, quantity: str, months: Iterable[int]) -> pd.DataFrame:
    """The counts of one quantity in the given months: IDENTITY and n."""
    wanted = (counts["quantity"] == quantity) & counts["month"].isin(list(months))
    return counts.loc[wanted, [*IDENTITY, "n"]]


def count_rows(indicator: str, counts: pd.DataFrame) -> pd.DataFrame:
    """A count: numerator and value are the count itself, there is no denominator."""
    n = counts["n"].to_numpy(np.float64)
    return _rows(indicator, counts, numerator=n, value=n)


def share_rows(
    indicator: str, numerators: pd.DataFrame, denominators: pd.DataFrame
) -> pd.DataFrame:
    """A share with its Wilson interval, 0-1. Rows are matched by identity; `denominators` without a variant serve every
    variant."""
    matched = matched_counts(numerators, denominators)
    n, of = matched["n"].to_numpy(np.float64), matched["of"].to_numpy(np.float64)
    low, high = wilson(n, of)
    return _rows(
        indicator, matched, numerator=n, denominator=of, value=_over(n, of), low=low, high=high
    )


def per_1000_rows(
    indicator: str, numerators: pd.DataFrame, denominators: pd.DataFrame
) -> pd.DataFrame:
    """A rate per 1,000 with its exact Poisson interval."""
    matched = matched_counts(numerators, denominators)
    n, of = matched["n"].to_numpy(np.float64), matched["of"].to_numpy(np.float64)
    low, high = poisson_per_1000(n, of)
    value = _over(1000 * n, of)
    return _rows(indicator, matched, numerator=n, denominator=of, value=value, low=low, high=high)


def plain_rows(
    indicator: str,
    identity: pd.DataFrame,
    value: npt.NDArray[np.float64],
    numerator: npt.NDArray[np.float64] | None = None,
    denominator: npt.NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    """A figure without an interval; NaN values are flagged `missing`."""
    return _rows(indicator, identity, numerator=numerator, denominator=denominator, value=value)


def not_computed_rows(
    indicator: str, variants: Sequence[str], months: Iterable[int], group: str
) -> pd.DataFrame:
    """One row a variant and month that could not be computed."""
    months = list(months)
    identity = pd.DataFrame(
        {
            "variant": np.repeat(np.array(variants, dtype=object), len(months)),
            "month": np.tile(np.array(months, dtype=np.int64), len(variants)),
            "group": group,
            "dim1": "",
            "value1": "",
        }
    )
    return _rows(indicator, identity, flag=NOT_COMPUTED)


def fill_gaps(
    indicator: str,
    rows: pd.DataFrame,
    variants: Sequence[str],
    months: Iterable[int],
    groups: Sequence[str],
) -> pd.DataFrame:
    """The rows with a `not_computed` row for every variant, month and group that has none."""
    present = set(zip(rows["variant"], rows["period"], rows["group"], strict=True))
    gaps = []
    for group in groups:
        for variant in variants:
            lacking = [m for m in months if (variant, month_name(m), group) not in present]
            gaps.append(not_computed_rows(indicator, [variant], lacking, group))
    return pd.concat([rows, *(gap for gap in gaps if len(gap))], ignore_index=True)


def matched_counts(numerators: pd.DataFrame, denominators: pd.DataFrame) -> pd.DataFrame:
    """Numerators with their denominators as column `of`, by identity."""
    of = denominators.rename(columns={"n": "of"})
    keys = IDENTITY if set(of["variant"]) != {""} else [key for key in IDENTITY if key != "variant"]
    if keys != IDENTITY:
        of = of.drop(columns="variant")
    return numerators.merge(of, on=keys, how="inner", validate="many_to_one")


def tidy(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Rows of several indicators as one table in the order of its identity."""
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    order = ["indicator", "variant", "period", "group", "dim1", "value1"]
    return table.sort_values(order, ignore_index=True, kind="stable")


def _over(
    numerator: npt.NDArray[np.float64], denominator: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    undefined = np.full(len(numerator), np.nan)
    return np.asarray(np.divide(numerator, denominator, out=undefined, where=denominator > 0))


def _rows(
    indicator: str,
    identity: pd.DataFrame,
    *,
    numerator: npt.NDArray[np.float64] | None = None,
    denominator: npt.NDArray[np.float64] | None = None,
    value: npt.NDArray[np.float64] | None = None,
    low: npt.NDArray[np.float64] | None = None,
    high: npt.NDArray[np.float64] | None = None,
    flag: str = "",
) -> pd.DataFrame:
    entry = catalogue()[indicator]
    blank = np.full(len(identity), np.nan)
    months = identity["month"].to_numpy(np.int64)
    names = {month: month_name(month) for month in np.unique(months).tolist()}
    table = pd.DataFrame(
        {
            "indicator": indicator,
            "variant": identity["variant"].to_numpy(object),
            "period": np.array([names[month] for month in months.tolist()], dtype=object),
            "group": identity["group"].to_numpy(object),
            "dim1": identity["dim1"].to_numpy(object),
            "value1": identity["value1"].to_numpy(object),
            "dim2": "",
            "value2": "",
            "numerator": blank if numerator is None else numerator,
            "denominator": blank if denominator is None else denominator,
            "value": blank if value is None else value,
            "low": blank if low is None else low,
            "high": blank if high is None else high,
            "unit": [entry.unit_of(variant) for variant in identity["variant"]],
            "flag": flag,
            "break": "",
            "definition_version": TARGET_GROUP_RULE,
        }
    )
    if not flag:
        table.loc[table["value"].isna(), "flag"] = MISSING
    for legal_break in entry.breaks:
        marked = [
            parse_month(legal_break.month) == month and legal_break.covers(variant)
            for month, variant in zip(months, table["variant"], strict=True)
        ]
        table.loc[marked, "break"] = legal_break.text
    return table[list(COLUMNS)]
