"""Cases that disclose otherwise (amounts, groups all alike, tables that overlap), protected by us and audited by what shares
no code with us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from disclosure.audit.audit import Needs, audit
from disclosure.audit.groups import group_breaches
from disclosure.audit.intervals import intervals
from disclosure.audit.linking import with_differences
from disclosure.audit.view import View
from disclosure.patterns.cells import VISIBLE, Bools, CellSystem, Floats, relation_matrix
from disclosure.patterns.choice import protect
from disclosure.patterns.groups import with_groups
from tests.disclosure.differencing_cases import plain_table
from tests.disclosure.protection_cases import load

THRESHOLD = 5
MAGNITUDES = "13_tauargus_simple2D"
GROUPS = "14_handbook_group_disclosure"

Table = Mapping[tuple[str, str], int]


def test_a_magnitude_table_hides_no_more_than_its_reference() -> None:
    """Case 13: amounts, of which empty ones are known to be empty; every primary can be a tenth off either way."""
    case = load(MAGNITUDES)
    value, primary = case.cells["value"].to_numpy(np.float64), case.primary
    system = CellSystem(
        value=value,
        lower=np.zeros(len(value)),
        reach=np.where(primary, value * 1.1, np.nan),
        fall=np.where(primary, value * 0.9, np.nan),
        enough=np.full(len(value), np.nan),
        weight=np.where(value == 0, np.inf, 1.0),
        published=np.ones(len(value), dtype=np.bool_),
        last=np.zeros(len(value), dtype=np.bool_),
        block=np.zeros(len(value), dtype=np.int64),
        before=np.full(len(value), -1),
        matrix=case.matrix,
    )
    done = protect(system)
    assert not len(done.unsafe)
    hidden = done.hidden != VISIBLE
    assert hidden[primary].all()
    assert not hidden[value == 0].any()
    published = case.about["expected"]["published"]
    assert hidden.sum() <= published["unsafe_primary"] + published["secondary"]
    cells = np.flatnonzero(primary)
    low, high = intervals(case.view(hidden), cells)
    assert (low <= value[cells] * 0.9 + 0.001).all()
    assert (high >= value[cells] * 1.1 - 0.001).all()


def test_no_group_is_all_alike() -> None:
    """Case 14: that all six married work full time, and all but one of the divorced, can no longer be read."""
    case = load(GROUPS)
    at = {(row.marital, row.hours): number for number, row in enumerate(case.cells.itertuples())}
    statuses = ("Married", "Divorced", "Single")
    groups = [(at[one, "Total"], at[one, hours]) for one in statuses for hours in ("Full", "Part")]
    value = case.cells["value"].to_numpy(np.float64)
    plain = CellSystem.counts(value, case.matrix, THRESHOLD)
    without = protect(plain).hidden != VISIBLE
    assert group_breaches(case.view(without), groups), "hiding small counts alone is not enough"
    done = protect(with_groups(plain, groups))
    assert not len(done.unsafe)
    hidden = done.hidden[: len(value)] != VISIBLE
    assert group_breaches(case.view(hidden), groups) == ()
    needs = Needs(THRESHOLD, sensitive=plain.sensitive, insiders=True)
    assert audit(case.view(hidden, lower=1.0), needs).safe


@pytest.mark.parametrize(("largest", "protected"), [(6.0, True), (5.0, False)])
def test_large_groups_may_be_alike(largest: float, protected: bool) -> None:
    system = CellSystem.counts([6.0, 6.0, 0.0], relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0}], 3), 5)
    wider = with_groups(system, [(0, 1), (0, 2)], largest)
    assert wider.sensitive.any() == protected
    assert np.array_equal(wider.value[:3], system.value)


def tables_with_differences(
    tables: Sequence[Table],
    differences: Sequence[tuple[int, int]],
    sums: Sequence[Mapping[int, float]],
) -> tuple[CellSystem, Bools]:
    """The tables' cells one after another, and unpublished after them the people in the first cell of each pair and not in
    the second; with `sums` between published cells. And which cells are published."""
    value = [float(count) for table in tables for count in table.values()]
    n = len(value)
    rows = [dict(row) for row in sums]
    for number, (larger, smaller) in enumerate(differences):
        value.append(value[larger] - value[smaller])
        rows.append({larger: -1.0, smaller: 1.0, n + number: 1.0})
    published = np.arange(len(value)) < n
    matrix = relation_matrix(rows, len(value))
    system = CellSystem.counts(value, matrix, THRESHOLD, published=published)
    lower: Floats = np.where(published, system.lower, 0.0)
    return CellSystem(**{**vars(system), "lower": lower}), published


def areas() -> tuple[list[Table], list[tuple[int, int]], list[dict[int, float]]]:
    tables: list[Table] = [
        plain_table("16_handbook_geographical_differencing", f"table{n}.csv") for n in (1, 2)
    ]
    n = len(tables[0])
    return tables, [(n + at, at) for at in range(n)], []


def women() -> tuple[list[Table], list[tuple[int, int]], list[dict[int, float]]]:
    males, totals = (
        plain_table("17_handbook_linking", f"{name}.csv") for name in ("males", "totals")
    )
    n = len(males)
    return [males, totals], [(n + at, at) for at in range(n)], []


def age_bands() -> tuple[list[Table], list[tuple[int, int]], list[dict[int, float]]]:
    """Both tables cut the same people: so the two youngest bands of each are as many together."""
    first, second = (
        plain_table("18_handbook_overlapping_age_bands", f"table{n}.csv") for n in (1, 2)
    )
    at = {key: n for n, key in enumerate(first)}
    other = {key: len(first) + n for n, key in enumerate(second)}
    pairs = [(other[sex, "<25"], at[sex, "<20"]) for sex in ("Male", "Female")]
    alike = [
        {
            at[sex, "<20"]: 1.0,
            at[sex, "20-39"]: 1.0,
            other[sex, "<25"]: -1.0,
            other[sex, "25-39"]: -1.0,
        }
        for sex in ("Male", "Female")
    ]
    same = [
        {at[sex, band]: 1.0, other[sex, band]: -1.0}
        for sex in ("Male", "Female")
        for band in ("40-59", "60-69", "70+")
    ]
    return [first, second], pairs, alike + same


@pytest.mark.parametrize("case", [areas, women, age_bands])
def test_nothing_follows_from_the_difference_of_two_tables(case: object) -> None:
    """Cases 16 to 18: the audit finds the differences in the tables as published, and nothing in ours."""
    assert callable(case)
    tables, pairs, sums = case()
    system, published = tables_with_differences(tables, pairs, sums)
    assert system.sensitive[~published].any(), "a difference is a small count"
    done = protect(system)
    assert not len(done.unsafe)
    shown = (done.hidden == VISIBLE)[published]
    value = system.value[published]
    m = len(sums)
    view = View(
        value=value,
        hidden=~shown,
        lower=system.lower[published],
        upper=np.full(len(value), np.inf),
        matrix=relation_matrix(sums, len(value)),
        low=np.zeros(m),
        high=np.zeros(m),
    )
    wider, differences = with_differences(view, pairs)
    sensitive = np.concatenate([system.sensitive[published], system.sensitive[~published]])
    assert sensitive[differences].any()
    assert audit(wider, Needs(THRESHOLD, sensitive=sensitive)).safe
    bare, _ = with_differences(
        View(**{**vars(view), "hidden": np.zeros(len(value), dtype=np.bool_)}), pairs
    )
    assert not audit(bare, Needs(THRESHOLD, sensitive=sensitive)).safe
    assert shown.any()


@pytest.mark.parametrize(("others", "protected"), [(0, True), (1, True), (2, False)])
def test_all_and_all_but_one_are_protected(others: int, protected: bool) -> None:
    """The people outside the part become a cell of their own, of which a reader must be able to believe two."""
    system = CellSystem.counts(
        [20.0 + others, 20.0, others], relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0}], 3), 5
    )
    wider = with_groups(system, [(0, 1)])
    assert wider.value[3:].tolist() == ([others] if protected else [])
    assert wider.reach[3:].tolist() == ([2.0] if protected else [])
