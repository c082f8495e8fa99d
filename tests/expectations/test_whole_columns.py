"""The library compares whole columns, whatever units the frame came in, and says the same of them.

Going cell by cell is what made a large source slow, so here it is an error; the seconds are in `benchmarks/validation.py`.
"""

from __future__ import annotations

from typing import NoReturn

import numpy as np
import pandas as pd
import pytest

from expectations.contract import load
from expectations.validation import validate


def income(months: list[int], unit: str = "int32") -> pd.DataFrame:
    """A wage frame with these running months."""
    rows = len(months)
    return pd.DataFrame(
        {
            "person": np.arange(rows, dtype=np.uint64),
            "maaned": np.array(months, dtype=unit),
            "cvr": [10000001] * rows,
            "loentimer": [100.0] * rows,
            "loen_kr": [20000.0] * rows,
            "ansaettelsesform": ["ordinær"] * rows,
        }
    )


def spells(last_days: list[str], unit: str) -> pd.DataFrame:
    """A frame of impairments with these last days in the unit."""
    rows = len(last_days)
    return pd.DataFrame(
        {
            "person": np.arange(rows, dtype=np.uint64),
            "funktionsnedsaettelse": ["syn"] * rows,
            "primaer": [True] * rows,
            "fra": np.array(["2010-01-01"] * rows, dtype="datetime64[D]").astype(unit),
            "til": np.array(last_days, dtype="datetime64[D]").astype(unit),
            "jobcenter": ["A"] * rows,
            "synlig": [True] * rows,
        }
    )


@pytest.mark.parametrize("unit", ["datetime64[s]", "datetime64[ms]", "datetime64[ns]"])
def test_nothing_goes_cell_by_cell(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> NoReturn:
        raise AssertionError("cell by cell")

    good, late = spells(["2019-01-01"], unit), spells(["2009-01-01", "2109-01-01"], unit)
    monkeypatch.setattr(pd.Series, "map", slow)
    results = {item.name: item for item in validate(load("target_group").table, [good, late])}
    assert all(item.evaluated for item in results.values())
    assert {name for name, item in results.items() if not item.passed} == {
        "til_in_range",
        "til_not_before_fra",
    }
    assert all(item.evaluated for item in validate(load("income").table, [income([2020 * 12])]))


def test_a_date_beyond_nanoseconds_is_judged_all_the_same() -> None:
    results = validate(
        load("target_group").table, [spells(["9999-12-31", "2019-01-01"], "datetime64[s]")]
    )
    assert all(item.evaluated for item in results)
    failed = [(item.name, item.counts["unexpected"]) for item in results if not item.passed]
    assert failed == [("til_in_range", 1)]


def test_a_coded_column_without_a_value_passes_and_one_with_a_stranger_does_not() -> None:
    blank = spells(["2019-01-01"], "datetime64[s]").assign(funktionsnedsaettelse=[None])
    odd = spells(["2019-01-01"], "datetime64[s]").assign(funktionsnedsaettelse=["Syn"])
    verdicts = [
        {item.name for item in validate(load("target_group").table, [frame]) if not item.passed}
        for frame in (blank, odd)
    ]
    assert verdicts == [{"funktionsnedsaettelse_not_null"}, {"funktionsnedsaettelse_in_set"}]
