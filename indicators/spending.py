"""What the compensation schemes cost, from the ledger: kroner by scheme in twelve months.

Belongs here: sums of the ledger's rows and their figures. Not here: people and cases (`compensation`, `cases`); the ledger
knows neither, so there are no blocks.

Definition: the specification's `comp_spending`; amounts are summed as the decimal numbers they were delivered as.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa

from indicators.categories import SCHEMES
from indicators.compensation import ALL
from indicators.figures import TOTAL, Rows, tidy
from indicators.tally import Counts

YEAR = 12
EXPENSE, REVENUE = "U", "I"


def spending_figures(ledger: pa.Table | None, months: Sequence[int]) -> pd.DataFrame:
    """`comp_spending` by scheme and in all, and `comp_spending_share` by scheme, of the twelve months to each month.

    `ledger` has the columns of the delivered table `spending`, None where it was never delivered. A month is not computed
    unless the ledger reaches from its eleventh month before, or earlier, to the month itself, or later.
    """
    span = range(min(months), max(months) + 1)
    rows = Rows(months, Counts(span, {}))
    entries = (
        []
        if ledger is None
        else ledger.select(["maaned", "formaal", "beloeb_kr", "indtaegt_udgift"]).to_pylist()
    )
    delivered = [entry["maaned"] for entry in entries]
    counted = np.array(
        [
            bool(delivered) and min(delivered) <= month - YEAR + 1 and max(delivered) >= month
            for month in span
        ]
    )
    net = _net_by_month(entries)
    sums = {name: [_of_year(net, name, month) for month in span] for name in (*SCHEMES, ALL)}
    for name, kroner in sums.items():
        value = np.array([float(each) for each in kroner])
        rows.plain("comp_spending", name, "", TOTAL, counted, {"value": value})
    whole = sums[ALL]
    for name in SCHEMES:
        share = [
            float(Fraction(part) / Fraction(of)) if of else np.nan
            for part, of in zip(sums[name], whole, strict=True)
        ]
        numbers = {
            "numerator": np.array([float(each) for each in sums[name]]),
            "denominator": np.array([float(each) for each in whole]),
            "value": np.array(share),
        }
        rows.plain("comp_spending_share", name, "", TOTAL, counted, numbers)
    return tidy([rows.table()])


def _net_by_month(entries: Sequence[dict[str, object]]) -> dict[tuple[str, int], Decimal]:
    net: dict[tuple[str, int], Decimal] = {}
    for entry in entries:
        purpose, month = entry["formaal"], entry["maaned"]
        if purpose in SCHEMES and entry["beloeb_kr"] is not None:
            # The shortest text that reads back to the stored number is the decimal number that was delivered.
            amount = Decimal(repr(entry["beloeb_kr"]))
            sign = {EXPENSE: 1, REVENUE: -1}.get(str(entry["indtaegt_udgift"]), 0)
            key = (str(purpose), int(str(month)))
            net[key] = net.get(key, Decimal(0)) + sign * amount
    return net


def _of_year(net: dict[tuple[str, int], Decimal], name: str, month: int) -> Decimal:
    schemes = SCHEMES if name == ALL else (name,)
    within = range(month - YEAR + 1, month + 1)
    return sum(
        (net.get((scheme, each), Decimal(0)) for scheme in schemes for each in within), Decimal(0)
    )
