"""Both sides of every kind of check, in the library that evaluates them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from expectations.checks import CheckResult, table_checks
from expectations.contract import load
from expectations.validation import profile_columns, validate

CANARY = "Canary-0702900100"


def population(rows: int = 3) -> pd.DataFrame:
    """A faultless population frame."""
    return pd.DataFrame(
        {
            "person": np.arange(rows, dtype=np.uint64),
            "foedselsdato": pd.to_datetime(["1990-02-07"] * rows),
            "koen": ["K"] * rows,
            "kommunekode": [101] * rows,
            "bydel": ["Valby"] * rows,
            "fra": pd.to_datetime(["2010-01-01"] * rows),
            "til": pd.to_datetime([None] * rows),
            "doedsdato": pd.to_datetime([None] * rows),
        }
    )


def failed(results: list[CheckResult]) -> set[str]:
    """Names of checks that did not pass."""
    return {item.name for item in results if not item.passed}


@pytest.mark.parametrize(
    ("column", "value", "names"),
    [
        ("koen", "K", set()),
        ("koen", CANARY, {"koen_in_set"}),
        ("koen", None, {"koen_not_null"}),
        ("bydel", None, set()),
        ("kommunekode", 0, {"kommunekode_in_range"}),
        ("fra", pd.NaT, {"fra_not_null"}),
        ("fra", pd.Timestamp("1850-01-01"), {"fra_in_range"}),
        ("til", pd.Timestamp("2010-01-01"), set()),
        ("til", pd.Timestamp("2009-12-31"), {"til_not_before_fra"}),
        ("doedsdato", pd.Timestamp("1990-02-06"), {"doedsdato_not_before_foedselsdato"}),
    ],
)
def test_population(column: str, value: object, names: set[str]) -> None:
    frame = population()
    frame.loc[1, column] = value  # type: ignore[call-overload]
    results = validate(load("population").table, [population(), frame])
    assert failed(results) == names
    assert all(item.evaluated for item in results)
    for item in results:
        if item.name in names:
            assert item.counts == {"rows": 6, "unexpected": 1}
    assert CANARY not in json.dumps([item.as_dict() for item in results])


def test_nothing_is_below_the_floor_and_nothing_else_is_evaluated() -> None:
    results = validate(load("population").table, [])
    assert failed(results) == {spec.name for spec in table_checks(load("population").table)}
    assert [item.name for item in results if item.evaluated] == ["row_floor"]


def test_an_empty_frame_fails_the_floor() -> None:
    assert "row_floor" in failed(validate(load("population").table, [population(0)]))


def test_a_missing_column_is_not_evaluated_hence_failed() -> None:
    results = validate(load("population").table, [population().drop(columns="koen")])
    assert failed(results) == {"koen_not_null", "koen_in_set"}
    assert [item.name for item in results if not item.evaluated] == ["koen_not_null", "koen_in_set"]


def test_a_library_that_raises_is_not_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    from great_expectations.datasource.fluent.interfaces import Batch

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(Batch, "validate", broken)
    results = validate(load("population").table, [population()])
    assert not any(item.evaluated or item.passed for item in results)
    assert CANARY not in str(results)


def test_implausible_is_a_warning() -> None:
    frame = pd.DataFrame(
        {
            "person": np.arange(2, dtype=np.uint64),
            "maaned": np.array([2020 * 12] * 2, dtype=np.int32),
            "cvr": [10000001] * 2,
            "loentimer": [1.0, 745.0],
            "loen_kr": [-1.0, None],
            "ansaettelsesform": ["ordinær"] * 2,
        }
    )
    results = validate(load("income").table, [frame])
    assert failed(results) == {"loentimer_plausible", "loen_kr_plausible"}
    assert {item.severity for item in results if not item.passed} == {"warning"}


def test_dream_is_judged_on_a_profile() -> None:
    table = load("dream").table
    assert profile_columns(table) == ("person", "weeks_with_code", "wage_months")
    good = pd.DataFrame(
        {"person": np.arange(2, dtype=np.uint64), "weeks_with_code": [0, 5], "wage_months": [1, 0]}
    )
    assert failed(validate(table, [good])) == set()
    assert failed(validate(table, [good.assign(weeks_with_code=[-1, 0])])) == {
        "weeks_with_code_in_range"
    }


def test_declaring_checks_does_not_import_the_library() -> None:
    program = (
        "import sys; from expectations.checks import checks_for; "
        "from expectations.contract import SOURCES, load; import expectations.validation; "
        "[checks_for(load(s)) for s in SOURCES]; sys.exit('great_expectations' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    assert (
        subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode
        == 0
    )
