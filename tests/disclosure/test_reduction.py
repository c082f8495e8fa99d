"""A system with what a reader knows anyway left out has the same solutions as the one it was made of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from disclosure.patterns.cells import Cell, CellSystem, Relation
from disclosure.reduction import NOTHING, reduce
from tests.disclosure.test_patterns import THRESHOLD, Tables, linked_tables, one_way


@pytest.mark.parametrize(
    ("counts", "left", "why"),
    [
        ((7, 0, 0), 1, "the only category with people in it is the total"),
        ((7, 2, 0), 3, "two categories and their total, without the one nobody is in"),
        ((0, 0), 0, "nobody"),
    ],
)
def test_what_is_left(counts: tuple[int, ...], left: int, why: str) -> None:
    cells, relations = one_way(*counts)
    reduced = reduce(CellSystem.of(cells, relations, THRESHOLD))
    assert len(reduced.system.value) == left, why
    assert all(
        at == NOTHING or reduced.system.value[at] == cell.count
        for at, cell in zip(reduced.cell, cells, strict=True)
    )


def test_a_zero_that_may_be_hidden_stays() -> None:
    system = CellSystem.of(*one_way(7, 0), THRESHOLD)
    assert len(reduce(system, np.array([False, False, True])).system.value) == 3


def test_an_unknown_made_of_several_cells_is_their_most_careful_one() -> None:
    cells, relations = one_way(3, 0, weights=(9, 2, 1))
    cells.append(Cell("rest", 3, published=False))
    system = CellSystem.of(cells, [*relations, Relation("all", ("rest",))], THRESHOLD)
    system.last[0] = True
    made = reduce(system).system
    assert (len(made.value), made.weight[0], made.published[0]) == (1, 11, True)
    assert made.last.tolist() == [True]
    assert (made.lower[0], made.reach[0], made.fall[0]) == (1, 5, 2)


def rank(matrix: np.ndarray) -> int:
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


@given(linked_tables())
@settings(deadline=None, max_examples=100)
def test_nothing_can_be_solved_in_the_one_that_cannot_in_the_other(tables: Tables) -> None:
    """As many unknowns are free, and each solution of the reduced system is one of the whole."""
    system = CellSystem.of(*tables, THRESHOLD)
    reduced = reduce(system)
    zeros = system.published & (system.value == 0)
    whole, small = system.matrix.toarray(), reduced.system.matrix.toarray()
    free = (~zeros).sum() - rank(whole[:, ~zeros])
    assert free == small.shape[1] - rank(small)
    _, _, directions = np.linalg.svd(small, full_matrices=True)
    for solution in directions[rank(small) :]:
        every = np.where(reduced.cell == NOTHING, 0.0, solution[reduced.cell])
        assert np.abs(whole @ every).max() < 1e-9
