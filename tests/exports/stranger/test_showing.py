"""What a printed number may differ from the file's: half of its last digit, and no more."""

from __future__ import annotations

import pandas as pd
import pytest

from exports.stranger.showing import cell_findings
from exports.stranger.tidy_file import NUMBERS, TEXTS

ENTRY = {
    **dict.fromkeys(TEXTS, ""),
    **{"indicator": "x", "period": "2020-01", "part": "value", "compared_with": ""},
    **{"sheet": "Ark", "cell": "B5"},
}


@pytest.mark.parametrize(
    ("value", "unit", "printed", "agrees"),
    [
        (41.0, "personer", 41.0, True),
        (41.0, "personer", 42.0, False),
        (0.8312, "andel", 83.1, True),
        (0.8312, "andel", 83.2, False),
        # A share of 0.8 printed as 1 is another number; 0.8 kroner are printed in whole ones.
        (0.8, "andel", 1.0, False),
        (0.8, "kr.", 1.0, True),
        (0.4, "kr.", 0.0, True),
        (0.4, "kr.", 1.0, False),
        # Paid back.
        (-1234.4, "kr.", -1234.0, True),
        (-1234.4, "kr.", 1234.0, False),
    ],
)
def test_what_rounding_may_do(value: float, unit: str, printed: float, agrees: bool) -> None:
    row = {**{name: ENTRY[name] for name in TEXTS}, **dict.fromkeys(NUMBERS, float("nan"))}
    rows = pd.DataFrame([{**row, "value": value, "unit": unit, "flag": ""}])
    found = list(cell_findings("w", {("Ark", "B5"): printed}, [ENTRY], rows))
    assert (not found) == agrees
