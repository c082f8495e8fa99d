"""The reference's table of made-up people, protected, then attacked with everything published."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsqr

from disclosure.cells import PRIMARY, VISIBLE
from disclosure.quantities import VOCABULARY
from disclosure.suppression import protect
from disclosure.system import build
from disclosure.table import protect_table
from tests.disclosure.tables import COLUMNS, NUMBERS
from tests.foreign.inbox import make_rows, report_months
from tests.reference import deliveries
from tests.reference.figures import figures

THRESHOLD = 5
CODES = Path(__file__).parents[2] / "indicators" / "dream_codes.csv"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rows = make_rows(seed=1, persons=700)
    months = report_months(rows)[20:24]
    found = figures(deliveries.build(rows, deliveries.read_code_table(CODES)), months)
    records = [
        dict(zip(["indicator", "variant", "period", "group", "dim1", "value1"], key, strict=False))
        | {name: getattr(figure, name) for name in [*NUMBERS, "flag"]}
        for key, figure in found.items()
        if key.indicator in VOCABULARY.counted and not key.dim2
    ]
    frame = pd.DataFrame(records).reindex(columns=COLUMNS)
    return frame.astype(dict.fromkeys(NUMBERS, "float64") | {"flag": "str"})


def test_nothing_small_is_shown(table: pd.DataFrame) -> None:
    result, summary = protect_table(table, THRESHOLD)
    assert summary.primary > 500
    assert summary.secondary > 100
    seen = result[result["flag"] != "suppressed"]
    numerator = seen["numerator"].mask(seen["variant"].str.contains("mean"))
    rest = (seen["denominator"] - numerator).mask(seen["variant"].str.contains("12m"))
    for number in (numerator, seen["denominator"], rest):
        assert not number.between(0, THRESHOLD, inclusive="neither").any()
    assert len(seen) > len(table) / 2


def test_the_rows_order_changes_nothing(table: pd.DataFrame) -> None:
    first, _ = protect_table(table, THRESHOLD)
    second, _ = protect_table(table.sample(frac=1, random_state=3), THRESHOLD)
    pd.testing.assert_frame_equal(first, second.sort_index())


def test_no_small_count_can_be_computed_from_all_that_is_known(table: pd.DataFrame) -> None:
    # A cell is determined by the equations when no direction of their null space moves it: a random
    # vector's projection on that space is then nought there.
    system = build(table, VOCABULARY).system
    status = protect(system, THRESHOLD).hidden
    unknown = np.flatnonzero((status != VISIBLE) | ~system.published)
    signs = np.ones(len(system.members))
    signs[system.starts[:-1]] = -1
    shape = (system.relations, len(system.count))
    equations = csr_matrix((signs, system.members, system.starts), shape=shape)[:, unknown]
    direction = np.random.default_rng(1).standard_normal(len(unknown))
    solved = lsqr(equations, equations @ direction, atol=1e-13, btol=1e-13, iter_lim=20_000)[0]
    determined = np.abs(direction - solved) < 1e-6
    primary = status[unknown] == PRIMARY
    assert primary.sum() > 500
    assert not (determined & primary).any()
