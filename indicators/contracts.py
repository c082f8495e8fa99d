"""What contracts with suppliers require of employment, and what has been achieved.

Belongs here: `clause_fulfilment`. Not here: the municipality's own staff (`own_employer`).

Definition: the specification's "Employers, the municipality as employer, suppliers".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pandas as pd

from indicators.calendar import date_of, last_day
from indicators.lines import Dims, Lines, Number, Row, amount, count, ratio

INDICATOR = "clause_fulfilment"
VARIANTS = ("required", "achieved", "share", "expected")


def contract_figures(contracts: Sequence[Row] | None, months: Sequence[int]) -> pd.DataFrame:
    """`clause_fulfilment` by contract and in all: persons required, achieved, the second over the first, and what a linear
    run of the term would have reached by the day. Contracts begun by the day; in all, those with a requirement stated."""
    lines = Lines(months)
    if contracts is None:
        lines.not_computed(INDICATOR, VARIANTS)
        return lines.table()
    for month in months:
        day = date_of(last_day(month))
        begun = [row for row in contracts if row["start"] is not None and row["start"] <= day]
        by_contract: dict[str, list[Row]] = {}
        for row in begun:
            by_contract.setdefault(row["kontrakt_id"], []).append(row)
        for name, rows in by_contract.items():
            _write(lines, month, rows, day, (("contract", name),))
        _write(lines, month, [row for row in begun if row["krav_antal"] is not None], day, ())
    return lines.table()


def _write(lines: Lines, month: int, rows: Sequence[Row], day: date, dims: Dims) -> None:
    required = _sum([row["krav_antal"] for row in rows])
    achieved = _sum([row["opnaaet_antal"] for row in rows])
    lines.write(INDICATOR, "required", month, count(required), dims)
    lines.write(INDICATOR, "achieved", month, count(achieved), dims)
    lines.write(INDICATOR, "share", month, ratio(achieved, required), dims)
    expected = _sum([_expected(row, day) for row in rows])
    lines.write(INDICATOR, "expected", month, amount(expected), dims)


def _sum(numbers: Sequence[Number | None]) -> Number | None:
    """The sum of those that are stated; None when none is."""
    stated = [Fraction(number) for number in numbers if number is not None]
    return sum(stated, Fraction(0)) if stated else None


def _expected(row: Row, day: date) -> Fraction | None:
    end = row["option_til"] if row["option_udnyttet"] else row["slut"]
    if row["krav_antal"] is None or end is None:
        return None
    term = (end - row["start"]).days + 1
    run = (min(day, end) - row["start"]).days + 1
    return Fraction(row["krav_antal"] * run, term)
