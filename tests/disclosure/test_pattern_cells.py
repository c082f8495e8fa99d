"""A system of cells holds together, or is refused."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.patterns.cells import Cell, CellSystem, Relation

CELLS = [Cell("all", 12), Cell("a", 5), Cell("b", 7)]


def test_what_a_reader_must_be_able_to_believe() -> None:
    cells = [
        Cell("all", 28),
        Cell("small", 2),
        Cell("one", 1),
        Cell("mean", 20, scale=5),
        Cell("rest", 5, published=False),
    ]
    system = CellSystem.of(cells, [Relation("all", ("small", "one", "mean", "rest"))], 5)
    assert system.sensitive.tolist() == [False, True, True, True, False]
    assert system.reach[1:4].tolist() == [5, 5, 25], (
        "the threshold, for a mean of five months five times"
    )
    assert np.nan_to_num(system.fall[1:4]).tolist() == [1, 0, 19], (
        "one less; a one may be known to be at least one"
    )
    assert system.lower.tolist() == [1, 1, 1, 1, 0], (
        "where zeros are shown; nobody says so of an unpublished number"
    )


@pytest.mark.parametrize(
    ("cells", "relations", "fault"),
    [
        (CELLS, [Relation("all", ("a",))], "add up"),
        (CELLS, [Relation("a", ("b",))], "add up"),
        (CELLS, [Relation("all", ())], "add up"),
        ([*CELLS, Cell("a", 1)], [], "one id"),
        ([Cell("a", -1)], [], "negative"),
        ([Cell("a", 1, scale=0)], [], "scale"),
    ],
)
def test_a_system_that_does_not_hold_together_is_refused(
    cells: list[Cell], relations: list[Relation], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        CellSystem.of(cells, relations, 5)
