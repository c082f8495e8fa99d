"""A system of cells holds together, or is refused."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.cells import PRIMARY, SECONDARY, VISIBLE, Cell, CellSystem, Figures, Relation

CELLS = [Cell("all", 12), Cell("a", 5), Cell("b", 7)]


def test_members_are_laid_out_with_the_total_first() -> None:
    system = CellSystem.of(CELLS, [Relation("all", ("b", "a"))])
    assert system.starts.tolist() == [0, 3]
    assert system.members.tolist() == [0, 2, 1]


@pytest.mark.parametrize(
    ("cells", "relations", "fault"),
    [
        (CELLS, [Relation("all", ("a",))], "add up"),
        (CELLS, [Relation("a", ("b",))], "add up"),
        (CELLS, [Relation("all", ())], "no parts"),
        ([*CELLS, Cell("a", 1)], [], "one id"),
        ([Cell("a", -1)], [], "negative"),
        ([Cell("a", 1, scale=0)], [], "scale"),
    ],
)
def test_a_system_that_does_not_hold_together_is_refused(
    cells: list[Cell], relations: list[Relation], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        CellSystem.of(cells, relations)


def test_a_figure_is_primary_if_any_cell_of_it_is_and_seen_only_if_all_are() -> None:
    figures = Figures(4, rows=np.array([0, 0, 1, 1, 2]), cells=np.array([0, 1, 1, 2, 2]))
    status = figures.status(np.array([VISIBLE, SECONDARY, PRIMARY], dtype=np.int8))
    assert status.tolist() == [SECONDARY, PRIMARY, PRIMARY, VISIBLE]
