"""Fewer hidden cells: what is shown again was not needed, and what is needed stays proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.patterns import cube
from disclosure.audit.audit import Needs, audit
from disclosure.audit.view import View
from disclosure.patterns import exchange
from disclosure.patterns.cells import Bools, Cell, CellSystem, Relation
from disclosure.patterns.exchange import Exchange
from disclosure.patterns.fast import Found, Search, needs, persons
from disclosure.patterns.moves import DOWN, UP, Move
from disclosure.patterns.proofs import Proofs

THRESHOLD = 5


def table(seed: int, *, zeros_shown: bool) -> CellSystem:
    value, matrix = cube(seed, (8, 6, 3), 1_200)
    return CellSystem.counts(value, matrix, THRESHOLD, zeros_shown=zeros_shown)


def found_in(system: CellSystem) -> Found:
    search = Search(system)
    search.cover()
    search.show_unused()
    search.cover_insiders()
    return search.found()


def breaches(system: CellSystem, hidden: Bools) -> set[tuple[int, str]]:
    n, relations = len(system.value), system.matrix.shape[0]
    view = View(
        value=system.value,
        hidden=hidden,
        lower=system.lower,
        upper=np.full(n, np.inf),
        matrix=system.matrix,
        low=np.zeros(relations),
        high=np.zeros(relations),
    )
    found = audit(view, Needs(THRESHOLD, sensitive=system.sensitive, insiders=True))
    return {(breach.cell, breach.kind) for breach in found.breaches}


@pytest.mark.parametrize("zeros_shown", [False, True])
def test_fewer_are_hidden_and_the_audit_finds_nothing_new(zeros_shown: bool) -> None:
    before = after = 0
    for seed in range(6):
        system = table(seed, zeros_shown=zeros_shown)
        found = found_in(system)
        at_first = np.isin(np.arange(len(system.value)), found.hidden)
        hidden = Exchange(system, found).fewer()
        assert hidden.sum() <= at_first.sum()
        assert hidden[system.sensitive].all()
        assert breaches(system, hidden) <= breaches(system, at_first)
        before, after = before + int(at_first.sum()), after + int(hidden.sum())
    # A pattern from one search is far from the best: of these cells some hundredths go.
    assert after < 0.97 * before


def test_the_same_table_gives_the_same_pattern() -> None:
    system = table(3, zeros_shown=False)
    first, second = (Exchange(system, found_in(system)).fewer() for _ in range(2))
    assert (first == second).all()


def test_without_programs_nothing_new_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_PROGRAMS", 0)
    system = table(3, zeros_shown=False)
    found = found_in(system)
    assert np.flatnonzero(Exchange(system, found).fewer()).tolist() == found.hidden.tolist()


def line(*parts: tuple[int, float]) -> CellSystem:
    """A total of any size and its parts, each with what hiding it costs; the total is the last cell and dear."""
    cells = [Cell(f"part{at}", count, weight=weight) for at, (count, weight) in enumerate(parts)]
    total = Cell("all", sum(count for count, _ in parts), weight=100)
    names = tuple(cell.id for cell in cells)
    return CellSystem.of([*cells, total], [Relation("all", names)], THRESHOLD)


def swap(*cells: int, by: Sequence[float]) -> Move:
    return Move(np.array(cells, dtype=np.int64), np.array(by, dtype=np.float64))


@pytest.mark.parametrize(
    ("weights", "kept", "expected", "why"),
    [
        ((1, 9, 2), (0,), [0, 2], "two is less than nine"),
        ((1, 2, 9), (0,), [0, 1], "nine is more than two"),
        ((1, 2, 2), (0,), [0, 1], "as dear is no gain"),
        ((1, 9, 2), (0, 1), [0, 1], "what is to be kept hidden is"),
    ],
)
def test_a_dear_cell_goes_for_a_cheaper_one(
    weights: tuple[float, ...], kept: tuple[int, ...], expected: list[int], why: str
) -> None:
    system = line(*zip((3, 20, 30), weights, strict=True))
    up, down = swap(0, 1, by=(2, -2)), swap(0, 1, by=(-1, 1))
    hidden, kept_hidden = (np.array(cells, dtype=np.int64) for cells in ((0, 1), kept))
    found = Found(hidden, kept_hidden, {(0, UP): up, (0, DOWN): down}, ())
    assert np.flatnonzero(Exchange(system, found).fewer()).tolist() == expected, why


@pytest.mark.parametrize(("told_apart", "expected"), [(True, [0, 1, 2]), (False, [0, 1])])
def test_what_tells_a_person_apart_is_not_given_up(told_apart: bool, expected: list[int]) -> None:
    # Cells 0 and 1 hide one another, but not from the one person in cell 1, if not from all from the start.
    system = replace(line((4, 1), (1, 1), (20, 5), (30, 9)), lower=np.zeros(5))
    other = 2 if told_apart else 1
    witness = {
        (0, UP): swap(0, other, by=(1, -1)),
        (0, DOWN): swap(0, 1, by=(-1, 1)),
        (1, UP): swap(0, 1, by=(-4, 4)),
    }
    found = Found(np.array([0, 1, 2]), np.array([0, 1]), witness, ())
    assert np.flatnonzero(Exchange(system, found).fewer()).tolist() == expected


def test_a_move_proves_while_all_its_cells_are_hidden() -> None:
    system = line((4, 1), (1, 1), (20, 1), (30, 1))
    hidden = np.array([True, True, False, False, False])
    proofs = Proofs(system, needs(system), persons(system), hidden)
    assert not proofs.prove((0, UP))
    proofs.add(swap(0, 2, by=(1, -1)))
    assert not proofs.prove((0, UP))
    proofs.hide([2])
    assert proofs.prove((0, UP))
    assert proofs.prove((0, DOWN)), "the move turned"
    assert proofs.told_by(0) == frozenset()
    assert proofs.rest_on(2) == 2
    proofs.add(swap(0, 1, by=(-1, 1)))
    assert proofs.rest_on(2) == 1
    proofs.show([2])
    assert proofs.told_by(0) == frozenset({1})
    needs_lost, primary = proofs.touched_by(2)
    assert (needs_lost, primary) == ([(0, UP)], [0])
