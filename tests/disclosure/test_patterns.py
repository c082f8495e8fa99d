"""Which cells are hidden, on systems small enough to see through, and on many random ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.patterns.cells import Cell, CellSystem, Relation
from disclosure.patterns.choice import Protection, protect

THRESHOLD = 5

Tables = tuple[list[Cell], list[Relation]]


def marks(cells: list[Cell], relations: list[Relation], threshold: int = THRESHOLD) -> str:
    """The statuses in the cells' order, a digit each."""
    protection = protect(CellSystem.of(cells, relations, threshold))
    assert not len(protection.unsafe)
    return "".join(map(str, protection.hidden))


def one_way(*counts: int, weights: tuple[int, ...] = ()) -> tuple[list[Cell], list[Relation]]:
    """A total and its parts; the total first."""
    names = [f"part{number}" for number in range(len(counts))]
    weights = weights or (1,) * (len(counts) + 1)
    parts = [Cell(*part, weight=w) for *part, w in zip(names, counts, weights[1:], strict=True)]
    return [Cell("all", sum(counts), weight=weights[0]), *parts], [Relation("all", tuple(names))]


@pytest.mark.parametrize(
    ("counts", "expected", "why"),
    [
        ((5, 9), "000", "five may be shown"),
        ((4, 9), "012", "four may not, and the other part would give it away"),
        ((1, 20, 9, 30), "01020", "the smallest other part is hidden with it"),
        ((0, 9, 8), "0000", "a zero is shown"),
        ((3, 0, 40, 9), "01002", "a zero hides nothing, so it is never the partner"),
        ((2, 4, 9), "0110", "two small ones hide one another"),
        ((1, 1, 9, 30), "01120", "1 + 1 = 2 with zeros shown would give both away"),
        ((2, 2, 9, 30), "01120", "one of 2 + 2 = 4 is at most 3: known to be small"),
        ((2, 3, 0, 0), "21100", "nothing is left but the total, whose parts are known to be small"),
        ((3, 0, 0), "1100", "the total is small as well: nobody knows more of either"),
        ((), "", "nothing to protect"),
    ],
)
def test_one_table(counts: tuple[int, ...], expected: str, why: str) -> None:
    cells, relations = one_way(*counts) if counts else ([], [])
    assert marks(cells, relations) == expected, why


@pytest.mark.parametrize(("threshold", "expected"), [(1, "000"), (3, "000"), (4, "012")])
def test_the_threshold_is_the_smallest_count_shown(threshold: int, expected: str) -> None:
    assert marks(*one_way(3, 40), threshold=threshold) == expected


def test_importance_goes_before_size_and_the_total_last_among_equals() -> None:
    assert marks(*one_way(2, 9, 30, weights=(7, 1, 5, 3))) == "0102"
    assert marks(*one_way(2, 9, 30, weights=(1, 1, 5, 5))) == "2100"
    assert marks(*one_way(2, 30, weights=(1, 1, 1))) == "012"


def test_a_shared_total_that_is_hidden_needs_partners_in_its_other_tables() -> None:
    cells = [Cell("all", 5, weight=9), Cell("m", 2), Cell("k", 3), Cell("young", 5), Cell("old", 0)]
    relations = [Relation("all", ("m", "k")), Relation("all", ("young", "old"))]
    assert marks(cells, relations) == "21120"


def test_an_unpublished_rest_is_protected_when_it_is_small_and_ignored_when_it_is_not() -> None:
    for rest, expected in ((3, "021"), (5, "000"), (0, "000")):
        cells = [Cell("of", 50 + rest), Cell("n", 50), Cell("rest", rest, published=False)]
        assert marks(cells, [Relation("of", ("n", "rest"))]) == expected


def test_a_small_part_of_a_total_with_a_large_unpublished_rest_stands_alone() -> None:
    cells = [Cell("of", 50), Cell("n", 3), Cell("rest", 47, published=False)]
    assert marks(cells, [Relation("of", ("n", "rest"))]) == "010"


def test_an_unpublished_cell_in_two_sums_is_known_by_one_and_told_by_the_other() -> None:
    # Two twelve-month sums share eleven months: 40 = 4 + 36, 36 = 0 + 36.
    cells = [
        Cell("sum1", 40),
        Cell("leaves", 4),
        Cell("sum2", 36),
        Cell("enters", 0),
        Cell("common", 36, published=False),
    ]
    relations = [Relation("sum1", ("leaves", "common")), Relation("sum2", ("enters", "common"))]
    assert marks(cells, relations) == "01200"


def test_months_added_up_are_small_when_their_mean_is() -> None:
    assert marks([Cell("mean below five", 59, scale=12)], []) == "1"
    assert marks([Cell("mean of five", 60, scale=12)], []) == "0"


def test_a_zero_is_the_partner_where_nothing_else_is_left() -> None:
    cells = [Cell("rest", 4, published=False), Cell("zero", 0), Cell("of", 4, published=False)]
    assert marks(cells, [Relation("of", ("rest", "zero"))]) == "101"


def test_a_cell_that_nothing_may_be_hidden_for_is_named() -> None:
    cells = [Cell("of", 20, weight=np.inf), Cell("small", 2), Cell("large", 18, weight=np.inf)]
    protection = protect(CellSystem.of(cells, [Relation("of", ("small", "large"))], THRESHOLD))
    assert protection.unsafe.tolist() == [1]


@st.composite
def linked_tables(draw: st.DrawFn) -> Tables:
    """One group of people cut in one to three ways, with a part of them that is a subset."""
    people = draw(st.integers(0, 60))
    cells, relations = [Cell("all", people, weight=9)], []
    for way in range(draw(st.integers(1, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, people), min_size=1, max_size=6)))
        counts = np.diff([0, *cuts, people]).tolist()
        names = [f"{way}.{number}" for number in range(len(counts))]
        cells += [Cell(name, count) for name, count in zip(names, counts, strict=True)]
        relations.append(Relation("all", tuple(names)))
    inner = draw(st.integers(0, people))
    cells += [Cell("inner", inner), Cell("outer", people - inner, published=False)]
    relations.append(Relation("all", ("inner", "outer")))
    return cells, relations


def faults(cells: list[Cell], relations: list[Relation], protection: Protection) -> list[str]:
    """What a reader would object to, found a relation at a time, without the suppressor's code."""
    at = {cell.id: number for number, cell in enumerate(cells)}
    hidden = protection.hidden
    found = []
    for number, cell in enumerate(cells):
        if 0 < cell.count < THRESHOLD and not hidden[number]:
            found.append(f"{cell.id} is small and shown")
    for relation in relations:
        members = [at[name] for name in (relation.total, *relation.parts)]
        secret = [m for m in members if hidden[m]]
        unknown = [m for m in members if hidden[m] or not cells[m].published]
        if len(unknown) == 1 and secret:
            found.append(f"{relation.total} has exactly one unknown")
        if secret == unknown and secret and not hidden[at[relation.total]]:
            total = sum(cells[m].count for m in secret)
            if total - (len(secret) - 1) < THRESHOLD:
                found.append(f"{relation.total} bounds its hidden parts below the threshold")
    return found


@given(linked_tables())
@settings(deadline=None, max_examples=50)
def test_no_relation_gives_a_hidden_cell_away(tables: Tables) -> None:
    cells, relations = tables
    protection = protect(CellSystem.of(cells, relations, THRESHOLD))
    assert not len(protection.unsafe)
    assert faults(cells, relations, protection) == []
    zeros = [number for number, cell in enumerate(cells) if cell.count == 0]
    assert not protection.hidden[zeros].any()


@given(linked_tables())
@settings(deadline=None, max_examples=50)
def test_the_order_of_relations_and_their_parts_changes_nothing(
    tables: Tables,
) -> None:
    cells, relations = tables
    turned = [Relation(rel.total, rel.parts[::-1]) for rel in reversed(relations)]
    first = protect(CellSystem.of(cells, relations, THRESHOLD))
    second = protect(CellSystem.of(cells, turned, THRESHOLD))
    assert first.hidden.tolist() == second.hidden.tolist()
