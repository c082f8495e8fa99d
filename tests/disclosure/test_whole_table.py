"""The reference's table of made-up people, protected, then attacked with everything published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from disclosure.quantities import VOCABULARY
from disclosure.table import Summary, protect_table
from exports.stranger.counted import counted
from exports.stranger.proof import worked_out
from exports.stranger.tidy_file import as_rows
from tests.disclosure.tables import COLUMNS, NUMBERS
from tests.foreign.inbox import make_rows, report_months
from tests.reference import deliveries
from tests.reference.figures import figures

THRESHOLD = 5
CODES = Path(__file__).parents[2] / "indicators" / "dream_codes.csv"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rows = make_rows(seed=1, persons=400)
    months = report_months(rows)[22:24]
    found = figures(deliveries.build(rows, deliveries.read_code_table(CODES)), months)
    records = [
        dict(zip(["indicator", "variant", "period", "group", "dim1", "value1"], key, strict=False))
        | {name: getattr(figure, name) for name in [*NUMBERS, "flag"]}
        for key, figure in found.items()
        if key.indicator in VOCABULARY.counted and not key.dim2
    ]
    frame = pd.DataFrame(records).reindex(columns=COLUMNS)
    return frame.astype(dict.fromkeys(NUMBERS, "float64") | {"flag": "str"})


@pytest.fixture(scope="module")
def protected(table: pd.DataFrame) -> tuple[pd.DataFrame, Summary]:
    return protect_table(table, THRESHOLD)


def test_nothing_small_is_shown(
    table: pd.DataFrame, protected: tuple[pd.DataFrame, Summary]
) -> None:
    result, summary = protected
    assert summary.primary > 200
    assert summary.secondary > 50
    seen = result[result["flag"] != "suppressed"]
    rows = as_rows(seen)
    # Whom a figure counts is read from the gate's own description of the definitions.
    people = [counted(*names) for names in zip(rows["indicator"], rows["variant"], strict=True)]
    numerator = rows["numerator"].where(np.array([bool(one.numerator) for one in people]))
    denominator = rows["denominator"].where(np.array([bool(one.denominator) for one in people]))
    rest = (rows["denominator"] - rows["numerator"]).where(np.array([one.within for one in people]))
    for number in (numerator, denominator, rest):
        assert not number.between(0, THRESHOLD, inclusive="neither").any()
    assert len(seen) > len(table) / 2


def test_the_rows_order_changes_nothing(
    table: pd.DataFrame, protected: tuple[pd.DataFrame, Summary]
) -> None:
    first, _ = protected
    second, _ = protect_table(table.sample(frac=1, random_state=3), THRESHOLD)
    pd.testing.assert_frame_equal(first, second.sort_index())


def test_no_small_count_can_be_computed_from_all_that_is_known(
    table: pd.DataFrame, protected: tuple[pd.DataFrame, Summary]
) -> None:
    # By the solver that shares nothing with what hid them, and reads the definitions itself.
    result, _ = protected
    assert worked_out(as_rows(result), THRESHOLD, as_rows(table)) == []
    rest = (table["denominator"] - table["numerator"]).fillna(THRESHOLD)
    large = (result["flag"] == "suppressed") & (table["numerator"] >= THRESHOLD)
    shown = result.mask(large & ~rest.between(1, THRESHOLD - 1), table)
    shown = shown.astype(result.dtypes.to_dict())
    assert worked_out(as_rows(shown), THRESHOLD, as_rows(table)) != []
