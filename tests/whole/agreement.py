"""Holding a table of figures against the slow reference's, row by row."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tests.reference.tables import Rows
from tests.reference.units import unit

KEY = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]
EXACT = ("numerator", "denominator", "value")
CLOSE = ("low", "high")
# Elsewhere the breaks are those of the catalogue, which the reference does not know.
MARKED = ("staff_special_terms", "budget_use")
# The interval formulas may be written in another order of operations; what they round differs in the last digits.
TOLERANCE = 1e-12
Key = tuple[str, ...]


def statistic(key: Key) -> str:
    """What a row is one of: an indicator, crossed two ways or not, matched or not."""
    crossed = " two-way" if key[6] else ""
    matched = " matched" if key[1].endswith("matched") else ""
    return f"{key[0]}{matched}{crossed}"


def lacking(table: pd.DataFrame, expected: Rows) -> list[str]:
    """The statistics of the reference that the table has no row of."""
    there = {statistic(tuple(key)) for key in table[KEY].itertuples(index=False)}
    return sorted({statistic(tuple(key)) for key in expected} - there)


def unreferenced(table: pd.DataFrame, expected: Rows) -> list[str]:
    """The statistics of the table that the reference does not know."""
    known = {statistic(tuple(key)) for key in expected}
    return sorted({statistic(tuple(key)) for key in table[KEY].itertuples(index=False)} - known)


def disagreements(table: pd.DataFrame, expected: Rows) -> list[str]:
    """Every row that is missing, too many, or differs: figures to the last digit, interval ends to TOLERANCE.

    Statistics that only one side has are left to `lacking` and `unreferenced`.
    """
    alone = {*lacking(table, expected), *unreferenced(table, expected)}
    found = {
        tuple(row[:8]): row[8:]
        for row in table[[*KEY, *EXACT, *CLOSE, "flag", "unit", "break"]].itertuples(index=False)
        if statistic(tuple(row[:8])) not in alone
    }
    expected = {key: of for key, of in expected.items() if statistic(tuple(key)) not in alone}
    words = [
        f"missing {key}: {figure}" for key, figure in expected.items() if tuple(key) not in found
    ]
    wanted = {tuple(key) for key in expected}
    words += [f"too many {key}: {row}" for key, row in found.items() if key not in wanted]
    for key, figure in expected.items():
        row = found.get(tuple(key))
        if row is None:
            continue
        for name, got in zip((*EXACT, *CLOSE), row[:5], strict=True):
            if not _same(getattr(figure, name), got, exact=name in EXACT):
                words.append(
                    f"{tuple(key)} {name}: {got!r}, the reference says {getattr(figure, name)!r}"
                )
        if (figure.flag or "") != row[5]:
            words.append(f"{tuple(key)} flag: {row[5]!r}, the reference says {figure.flag!r}")
        if unit(*key[:2]) not in (None, row[6]):
            words.append(f"{tuple(key)} unit: {row[6]!r}, the page says {unit(*key[:2])!r}")
        if key[0] in MARKED and figure.mark != row[7]:
            words.append(f"{tuple(key)} break: {row[7]!r}, the reference says {figure.mark!r}")
    return words


def _same(expected: Any, got: float, exact: bool) -> bool:
    if expected is None:
        return bool(pd.isna(got))
    if exact:
        return float(expected) == got
    return math.isclose(float(expected), got, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
