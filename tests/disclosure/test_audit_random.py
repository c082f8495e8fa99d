"""The audit against every whole-number solution of small random tables, written out one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.audit.audit import Needs, audit
from disclosure.audit.intervals import intervals
from disclosure.audit.programs import extreme, forced
from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import Bools, View

THRESHOLD = 4

# The view, and where each cell stands: int64[rows + 1, columns + 1], margins last.
Table = tuple[View, np.ndarray]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of 2-3 by 2-3 cells with both margins and a total, any cells of it hidden."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    inner = np.array(
        draw(st.lists(st.integers(0, 5), min_size=rows * columns, max_size=rows * columns))
    ).reshape(rows, columns)
    whole = np.block(
        [[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]]
    )
    at = np.arange(whole.size).reshape(whole.shape)
    relations = [{**dict.fromkeys(line[:-1].tolist(), 1.0), int(line[-1]): -1.0} for line in at]
    relations += [{**dict.fromkeys(line[:-1].tolist(), 1.0), int(line[-1]): -1.0} for line in at.T]
    hidden = draw(st.lists(st.booleans(), min_size=whole.size, max_size=whole.size))
    least = draw(st.sampled_from([0.0, 1.0]))
    view = View.of(whole.ravel().tolist(), hidden, relations, least)
    lower = np.where(view.value == 0, 0.0, view.lower)
    return replace(view, lower=lower), at


def solutions(table: Table, most: int | None = None) -> np.ndarray:
    """Every whole-number table that fits what is shown, a row each, found by trying: the inner cells settle the
    margins. With `most` no inner cell is more than that above its true value.
    """
    view, at = table
    inner = at[:-1, :-1]
    total = int(view.value.max())
    ranges = [
        range(int(view.lower[cell]), 1 + (total if most is None else int(view.value[cell]) + most))
        if view.hidden[cell]
        else (int(view.value[cell]),)
        for cell in inner.ravel()
    ]
    found = []
    for guess in itertools.product(*ranges):
        block = np.array(guess).reshape(inner.shape)
        whole = np.block(
            [[block, block.sum(1, keepdims=True)], [block.sum(0, keepdims=True), block.sum()]]
        ).ravel()
        shown = ~view.hidden
        if (whole[shown] == view.value[shown]).all() and (
            whole >= np.where(shown, 0, view.lower)
        ).all():
            found.append(whole)
    return np.array(found, dtype=np.float64)


def _few(table: Table) -> bool:
    """Few enough guesses, and a total in sight so that every cell has a limit."""
    view, _at = table
    return bool(view.hidden.sum() <= 7 and view.value.max() <= 12 and not view.hidden[-1])


@settings(max_examples=150, deadline=None)
@given(tables().filter(_few))
def test_intervals_hold_every_solution_and_reach_those_of_plain_tables(table: Table) -> None:
    """Two-way tables have whole corners, so the continuous limits are those of the solutions."""
    view, every = table[0], solutions(table)
    cells = np.arange(len(view.value))
    low, high = intervals(view, cells)
    assert np.allclose(low, every.min(axis=0), atol=0.001)
    assert np.allclose(high, every.max(axis=0), atol=0.001)


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(1, 16))
def test_what_some_relations_force_all_do(table: Table, size: int) -> None:
    """However few unknowns are near: never more than all relations force, and as much where all unknowns are near."""
    known = unknowns_of(table[0])
    for cell in range(len(known.cells)):
        least = extreme(known, cell, -1.0)
        assert forced(known, cell, size) <= least + 0.001
        assert abs(forced(known, cell, 16) - least) < 0.001


@settings(max_examples=150, deadline=None)
@given(tables().filter(_few))
def test_breaches_are_those_of_the_solutions(table: Table) -> None:
    """What is found, and of which kind, is what the list of solutions says."""
    view, every = table[0], solutions(table)
    small = (view.value > 0) & (view.value < THRESHOLD)
    asked = small & view.hidden
    found = audit(view, Needs(THRESHOLD, sensitive=asked, insiders=True)).breaches
    told = {(breach.cell, breach.kind) for breach in found if breach.kind != "insider"}
    low, high = every.min(axis=0), every.max(axis=0)
    # What a reader believes when everything but the zeros is hidden: no hiding can keep more.
    most_hidden = replace(view, hidden=view.value != 0, lower=np.minimum(view.value, view.lower))
    kept = solutions((most_hidden, table[1]), most=1)
    expected = {
        (int(cell), _kind(view, low, high, kept.min(axis=0), int(cell)))
        for cell in np.flatnonzero(asked)
    }
    assert told == {(cell, kind) for cell, kind in expected if kind}
    insiders = {(breach.cell, breach.insider) for breach in found if breach.insider is not None}
    for cell, insider in itertools.product(np.flatnonzero(asked), np.flatnonzero(asked)):
        if cell != insider and view.value[insider] == 1 and not _given(told, int(cell)):
            left = every[every[:, insider] == 1][:, cell]
            known_alone = low[insider] == high[insider]
            same_person = set(kept[kept[:, insider] == 1][:, cell]) == {1.0}
            assert ((int(cell), int(insider)) in insiders) == (
                not known_alone and not same_person and len(set(left)) == 1
            )


def _kind(view: View, low: np.ndarray, high: np.ndarray, kept: np.ndarray, cell: int) -> str:
    if low[cell] == high[cell]:
        return "exact"
    if high[cell] < THRESHOLD:
        return "upper"
    return "lower" if low[cell] >= view.value[cell] > max(1, kept[cell]) else ""


def _given(told: set[tuple[int, str]], cell: int) -> bool:
    """Already known to readers who are no insiders."""
    return any(known == cell for known, _kind in told)


def test_the_hidden_of_a_group_are_asked_when_their_values_are_not_known() -> None:
    """A stranger has no true values: 3 = 1 + 2 with both hidden is below the threshold, 9 = 2 + 7 is not known to be."""
    hidden: Bools = np.array([False, True, True])
    for total, safe in ((3.0, False), (9.0, True)):
        view = View.of([total, np.nan, np.nan], hidden.tolist(), [{0: -1.0, 1: 1.0, 2: 1.0}], 1.0)
        assert audit(view, Needs(5)).safe is safe
