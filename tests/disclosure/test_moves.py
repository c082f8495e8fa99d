"""Moves are what a plain reading of the relations says they are: the neighbourhoods, the parts cut out, the cheapest one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array

from benchmarks.patterns import cube
from disclosure.patterns.cells import Cell, CellSystem, Relation
from disclosure.patterns.moves import Move, Moves
from disclosure.patterns.near import Surroundings
from disclosure.patterns.solver import Columns


@st.composite
def matrices(draw: st.DrawFn) -> csr_array:
    """Up to twelve relations of up to twenty cells, some cells in none of them."""
    cells = draw(st.integers(1, 20))
    of = st.lists(st.integers(0, cells - 1), min_size=1, max_size=5, unique=True)
    rows = draw(st.lists(of, min_size=1, max_size=12))
    dense = np.zeros((len(rows), cells))
    for at, row in enumerate(rows):
        dense[at, row] = [-1.0, *[1.0] * (len(row) - 1)]
    return csr_array(dense)


def bound(matrix: csr_array, cell: int, allowed: np.ndarray, steps: int) -> set[int]:
    """The cells reached from one by that many relations, over allowed cells, by trying all."""
    dense, found = matrix.toarray() != 0, {cell}
    for _ in range(steps):
        touched = dense[dense[:, sorted(found)].any(axis=1)].any(axis=0)
        found |= set(np.flatnonzero(touched & allowed).tolist())
    return found


@given(matrices(), st.data())
@settings(deadline=None, max_examples=100)
def test_a_neighbourhood_is_a_part_of_what_is_bound_and_all_of_it_when_it_says_so(
    matrix: csr_array, data: st.DataObject
) -> None:
    n = matrix.shape[1]
    cell, size = data.draw(st.integers(0, n - 1)), data.draw(st.integers(1, n))
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    surroundings = Surroundings(matrix)
    cells, whole = surroundings.around(cell, allowed, size)
    near, everything = bound(matrix, cell, allowed, 1), bound(matrix, cell, allowed, n)
    assert cells.tolist() == sorted(set(cells.tolist()))
    assert near <= set(cells.tolist()) <= everything
    assert len(cells) >= min(size, len(everything))
    assert not whole or set(cells.tolist()) == everything
    again, _ = surroundings.around(cell, allowed, size)
    assert again.tolist() == cells.tolist(), "a question leaves nothing behind"


@given(matrices(), st.data())
@settings(deadline=None, max_examples=100)
def test_a_part_is_the_matrix_without_cells_that_cannot_change(
    matrix: csr_array, data: st.DataObject
) -> None:
    n = matrix.shape[1]
    cells = np.array(sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1))))
    part = Surroundings(matrix).part(cells)
    left = cells
    while True:
        dense = matrix.toarray()[:, left]
        alone = (dense != 0).sum(axis=1) == 1
        held = (dense[alone] != 0).any(axis=0)
        if not held.any():
            break
        left = left[~held]
    assert part.cells.tolist() == left.tolist()
    columns = part.columns
    found = np.zeros((columns.height, len(left)))
    for at in range(len(left)):
        mine = slice(columns.starts[at], columns.starts[at + 1])
        found[columns.rows[mine], at] = columns.entries[mine]
    expected = dense[(dense != 0).any(axis=1)]
    assert sorted(found.tolist()) == sorted(expected.tolist()), "the order of relations is free"


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_move_costs_what_a_program_over_everything_says(seed: int) -> None:
    value, matrix = cube(seed, (4, 3, 3), 120)
    system = CellSystem.counts(value, matrix, 5, zeros_shown=False)
    moves, cost = Moves(system), 1 + np.random.default_rng(seed).random(len(value))
    allowed = value > 0
    asked = np.flatnonzero(system.sensitive)
    assert len(asked) > 5
    for cell in asked.tolist():
        move = moves.cheapest(cell, 2.0, cost, allowed)
        limits = [(0, None if may else 0) for may in allowed.tolist()]
        falls = [(0, fall) for fall in np.where(allowed, value, 0).tolist()]
        limits[cell], falls[cell] = (2, 2), (0, 0)
        dense = matrix.toarray()
        plain = linprog(
            np.tile(cost, 2),
            A_eq=np.hstack([dense, -dense]),
            b_eq=np.zeros(len(dense)),
            bounds=[*limits, *falls],
        )
        assert (move is not None) == (plain.status == 0)
        if move is not None:
            assert moves.binds(move)
            assert np.abs(move.change) @ cost[move.cells] == pytest.approx(plain.fun)


def test_an_answer_does_not_depend_on_what_was_asked_before() -> None:
    value, matrix = cube(1, (6, 5, 3), 400)
    system = CellSystem.counts(value, matrix, 5, zeros_shown=False)
    cost, allowed = np.ones(len(value)), value > 0

    def answers(cells: list[int]) -> dict[int, tuple[bytes, bytes] | None]:
        found = {cell: Moves(system).cheapest(cell, 4.0, cost, allowed) for cell in cells}
        return {
            cell: (move.cells.tobytes(), move.change.tobytes()) if move else None
            for cell, move in found.items()
        }

    cells = np.flatnonzero(system.sensitive).tolist()
    assert answers(cells) == answers(cells[::-1])


def test_a_change_that_breaks_a_relation_or_goes_below_what_is_known_is_no_move() -> None:
    cells = [Cell("all", 12), Cell("a", 5), Cell("b", 7)]
    moves = Moves(CellSystem.of(cells, [Relation("all", ("a", "b"))], 5))
    for change, holds in (([4.0, -4.0], True), ([4.0, -3.0], False), ([-5.0, 5.0], False)):
        assert moves.binds(Move(np.array([1, 2]), np.array(change))) is holds
    assert moves.are_bound(0, 2)


@pytest.mark.parametrize(
    ("room", "turned"),
    [
        ([0, 9, 9], None),
        ([1, 9, 9], [-1, 1, -0.25]),
        ([9, 9, 0.5], [-2, 2, -0.5]),
        ([9, 0, 9], [-4, 4, -1]),
    ],
    ids=["no room", "room for a quarter", "room for half", "what fell needs none to rise"],
)
def test_a_move_is_turned_as_far_as_everything_has_room_to_fall(
    room: list[float], turned: list[float] | None
) -> None:
    move = Move(np.arange(3), np.array([4.0, -4.0, 1.0]))
    found = move.turned(np.array(room))
    assert (None if found is None else found.change.tolist()) == turned


def test_columns_that_are_asked_for_twice_stand_behind_the_others_times_a_factor() -> None:
    """Entries other than 1 are those of a mean over months."""
    matrix = np.array([[1.0, 0.0, -12.0], [0.0, 2.0, 0.5]])
    more = Columns.of(csc_array(matrix)).with_more(np.array([2, 1]), -1.0)
    built = csc_array((more.entries, more.rows, more.starts), shape=(2, 5)).toarray()
    assert built.tolist() == np.hstack([matrix, -matrix[:, [2, 1]]]).tolist()
