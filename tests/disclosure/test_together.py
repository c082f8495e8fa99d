"""Many cells hidden by one move: what is proved at once holds as what is proved one by one does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.patterns import choice, together
from disclosure.patterns.cells import Cell, CellSystem, Relation
from disclosure.patterns.fast import Search, needs, persons
from disclosure.patterns.moves import UP
from disclosure.patterns.together import Covered, Together
from tests.disclosure.test_patterns import THRESHOLD, Tables, faults, linked_tables, one_way


def cover(system: CellSystem) -> Covered:
    return Together(system, needs(system), persons(system)).cover()


def test_two_small_counts_and_what_must_be_hidden_beside_them() -> None:
    """2 + 2 = 4 with the total seen: both at most 3. A third one, the smallest, goes along."""
    system = CellSystem.of(*one_way(2, 2, 9, 30), THRESHOLD)
    covered = cover(system)
    assert covered.hidden.tolist() == [False, True, True, True, False]
    assert {cell for cell, way in covered.proved if way == UP} == {1, 2}


@pytest.mark.parametrize("last", [True, False])
def test_a_total_is_hidden_only_where_nothing_else_will_do(last: bool) -> None:
    """Twelve ones beside a seven: of those asked for together only one can rise at its cost, but one after another all."""
    system = CellSystem.of(*one_way(*(1,) * 12, 7), THRESHOLD)
    system.last[0] = last
    covered = cover(system)
    assert {cell for cell, way in covered.proved if way == UP} == {*range(1, 13)}
    assert covered.hidden[0] != last


def test_a_total_is_hidden_where_nothing_else_will_do() -> None:
    system = CellSystem.of(*one_way(2, 3), THRESHOLD)
    system.last[0] = True
    covered = cover(system)
    assert covered.hidden.all()
    assert {cell for cell, way in covered.proved if way == UP} == {1, 2}


@pytest.mark.parametrize("free", [True, False])
def test_a_cell_of_which_only_less_is_asked_is_unsafe_without_it(free: bool) -> None:
    system = CellSystem.of(*one_way(7, 9), THRESHOLD)
    system.fall[1] = 6
    system.weight[[0, 2]] = 1.0 if free else np.inf
    protection = choice.protect(system)
    assert protection.unsafe.tolist() == ([] if free else [1])
    assert not len(protection.at_least)


def test_what_nothing_may_be_hidden_for_is_left_unproved() -> None:
    cells, relations = one_way(2, 18, weights=(1, 1, 1))
    system = CellSystem.of(cells, relations, THRESHOLD)
    system.weight[[0, 2]] = np.inf
    assert (1, UP) not in cover(system).proved


@pytest.mark.parametrize("asked", ["in blocks", "along edges", "from the middle"])
@given(data=st.data())
@settings(deadline=None, max_examples=50)
def test_no_relation_gives_a_hidden_cell_away(asked: str, data: st.DataObject) -> None:
    """The whole choice, with every table taken for a large one: asked in one program, by blocks or by all cells."""
    tables: Tables = data.draw(linked_tables())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "TOGETHER_PRIMARY", 1)
        if asked != "in blocks":
            patch.setattr(together, "ALL_CELLS", 1)
            patch.setattr(together, "MANY_CELLS", 1)
        if asked == "from the middle":
            patch.setattr(together, "STEPS", 0)
        protection = choice.protect(CellSystem.of(*tables, THRESHOLD))
    assert not len(protection.unsafe)
    assert faults(*tables, protection) == []


@pytest.mark.parametrize(
    ("counts", "hidden"), [((2, 3, 9, 30), 2), ((3, 9, 30), 2)], ids=["as hidden", "one more"]
)
def test_smaller_values_that_many_at_once_leave_are_looked_for_near(
    counts: tuple[int, ...], hidden: int
) -> None:
    system = CellSystem.of(*one_way(*counts), THRESHOLD)
    search = Search(system)
    large = frozenset(need for need in needs(system) if need[1] == UP)
    search.take_over(Covered(system.sensitive, large, np.zeros((0, 2), dtype=np.int64)))
    search.cover()
    assert not search.unproved
    assert search.hidden.sum() == hidden


def test_where_edges_once_lead_too_far_they_are_not_walked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def too_far(*program: object) -> None:
        asked.append(len(program))

    system = CellSystem.of(*one_way(2, 2, 9, 30), THRESHOLD)
    usual = cover(system)
    monkeypatch.setattr(together, "MANY_CELLS", 1)
    monkeypatch.setattr(together.solver, "cheapest_along_edges", too_far)
    large = {need for need in usual.proved if need[1] == UP}
    assert cover(system).proved >= large
    assert len(asked) == 1, "the block's other shares begin in the middle"


def test_what_is_not_found_in_so_many_steps_is_left_for_the_last_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[object] = []

    def not_found(*program: object) -> None:
        given.append(program[-1])

    monkeypatch.setattr(together, "MANY_CELLS", 1)
    monkeypatch.setattr(together, "STEPS", 0)
    monkeypatch.setattr(together, "ALL_CELLS", 1)
    monkeypatch.setattr(together.solver, "cheapest_along_edges", not_found)
    monkeypatch.setattr(together.solver, "cheapest_of_many", not_found)
    covered = cover(CellSystem.of(*one_way(2, 2, 9, 30), THRESHOLD))
    assert covered.proved == frozenset()
    assert {*given[:-1]} == {0}
    assert given[-1] == together.solver.ENDLESS


def test_cells_that_hang_together_are_one_block() -> None:
    """Three tables side by side, of which the second holds nobody that is few."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    for name, parts in (("a", (2, 9)), ("b", (8, 9)), ("c", (3, 4, 7))):
        own, (its,) = one_way(*parts)
        relations.append(Relation(name + its.total, tuple(name + part for part in its.parts)))
        cells += [replace(cell, id=name + cell.id) for cell in own]
    system = CellSystem.of(cells, relations, THRESHOLD)
    found = [block.tolist() for block in together._blocks(system, len(cells))]
    assert found == [[0, 1, 2], [6, 7, 8, 9]]
