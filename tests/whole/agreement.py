"""Holding a table of figures against the slow reference's, row by row."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tests.reference.tables import Rows

KEY = ["indicator", "variant", "period", "group", "dim1", "value1"]
EXACT = ("numerator", "denominator", "value")
CLOSE = ("low", "high")
# The interval formulas may be written in another order of operations; what they round differs in the last digits.
TOLERANCE = 1e-12


def disagreements(table: pd.DataFrame, expected: Rows) -> list[str]:
    """Every row that is missing, too many, or differs: figures to the last digit, interval ends to TOLERANCE."""
    found = {
        tuple(row[:6]): row[6:]
        for row in table[[*KEY, *EXACT, *CLOSE, "flag"]].itertuples(index=False)
    }
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
    return words


def _same(expected: Any, got: float, exact: bool) -> bool:
    if expected is None:
        return bool(pd.isna(got))
    if exact:
        return float(expected) == got
    return math.isclose(float(expected), got, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
