"""One part of the audit at a time, on views small enough to see through."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from disclosure.audit.audit import Needs, audit
from disclosure.audit.groups import group_breaches
from disclosure.audit.intervals import intervals
from disclosure.audit.programs import Room, any_point
from disclosure.audit.seal import Seal, seal
from disclosure.audit.search import clear
from disclosure.audit.solver import Program, solve
from disclosure.audit.unavoidable import Containing, Floor
from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import Contradiction, View

TOTAL_OF_TWO = {0: -1.0, 1: 1.0, 2: 1.0}


def test_the_seal_is_of_the_keys_in_whatever_order() -> None:
    """Anybody can make it again: the keys sorted, unit separators within them, record separators between."""
    digest = hashlib.sha256("a\x1fb\x1ec\x1fø".encode()).hexdigest()
    assert seal([("c", "ø"), ("a", "b")]) == seal([("a", "b"), ("c", "ø")]) == Seal(2, digest)


@pytest.mark.parametrize(
    "others",
    [
        [("a", "b")],
        [("a", "b"), ("c", "d"), ("e", "f")],
        [("a", "b"), ("c", "e")],
        [("ab",), ("cd",)],
    ],
    ids=["one fewer", "one more", "another", "cut elsewhere"],
)
def test_other_keys_have_another_seal(others: list[tuple[str, ...]]) -> None:
    assert seal(others) != seal([("a", "b"), ("c", "d")])


@pytest.mark.parametrize(
    ("total", "part", "kind"),
    [
        (1, 0, "none"),
        (1, 1, "all"),
        (2, 0, "none"),
        (2, 1, "all but one"),
        (2, 2, "all"),
        (3, 1, None),
        (3, 2, "all but one"),
    ],
)
def test_what_is_known_of_a_group(total: int, part: int, kind: str | None) -> None:
    """From one person on; of two people the one with the trait knows it of the other."""
    view = View.of([total, part, total - part], [False] * 3, [TOTAL_OF_TWO])
    assert [one.kind for one in group_breaches(view, [(0, 1)])] == ([kind] if kind else [])


@pytest.mark.parametrize(("whole", "low", "high"), [(False, 0.0, 7.0), (True, 1.0, 7.0)])
def test_whole_numbers_narrow_what_follows_from_them(whole: bool, low: float, high: float) -> None:
    """7 = 2a + b: that a is at most 3, not 3.5, leaves at least one to b."""
    view = View.of([7, 2, 3], [False, True, True], [{0: -1.0, 1: 2.0, 2: 1.0}])
    found = intervals(view, np.array([2]), whole=whole)
    assert [float(limit[0]) for limit in found] == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("values", "cell", "same", "why"),
    [
        ([1, 1, 0], 0, [0, 1], "the one of the total is the one of its part"),
        ([1, 0, 1], 2, [0, 2], "and the other way"),
        ([2, 1, 1], 1, [1], "two parts of one each are two people"),
    ],
)
def test_who_is_one_person(values: list[float], cell: int, same: list[int], why: str) -> None:
    view = View.of(values, [True] * 3, [TOTAL_OF_TWO])
    assert Containing(view).same_person(cell).tolist() == same, why


@pytest.mark.parametrize("parts", [3, 450])
def test_few_and_many_hidden_counts_of_one_sum_are_cleared(parts: int) -> None:
    """Many are asked all at once before they are asked one by one."""
    view = View.of(
        [4 * parts, *[4] * parts],
        [False, *[True] * parts],
        [{0: -1.0, **dict.fromkeys(range(1, parts + 1), 1.0)}],
        lower=1.0,
    )
    assert audit(view, Needs(5, sensitive=np.arange(parts + 1) > 0)).safe


# Of three categories each a whole, some of them, and their sums; last those of all wholes who are not among the some.
_WHOLES, _SOME, _APART = (1, 2, 3, 0), (5, 6, 7, 4), 8
_THREE_PAIRS = [
    {0: -1.0, 1: 1.0, 2: 1.0, 3: 1.0},
    {4: -1.0, 5: 1.0, 6: 1.0, 7: 1.0},
    {0: -1.0, 4: 1.0, _APART: 1.0},
    *(({whole: 1.0, some: -1.0}, 0.0, np.inf) for whole, some in zip(_WHOLES, _SOME, strict=True)),
]


@pytest.mark.parametrize(
    ("wholes", "some", "seen", "kinds", "why"),
    [
        ((1, 1, 2), (0, 0, 2), (5, 6), [], "of two wholes nobody is among the some"),
        ((2, 1, 2), (1, 0, 2), (1, 5, 6), ["lower"], "so of one, and the other two are seen"),
        ((2, 1, 2), (1, 0, 2), (6,), [], "the first can be among the some"),
    ],
)
def test_what_no_hiding_can_keep_is_no_breach(
    wholes: tuple[int, ...],
    some: tuple[int, ...],
    seen: tuple[int, ...],
    kinds: list[str],
    why: str,
) -> None:
    """That two are not among the some: no one relation says it, all together do."""
    values = [sum(wholes), *wholes, sum(some), *some, sum(wholes) - sum(some)]
    assert values[_APART] == 2
    view = View.of(values, [at not in seen for at in range(9)], _THREE_PAIRS)
    view.lower[[at for at in range(9) if values[at] and at != _APART]] = 1.0
    cells = np.arange(9)
    needs = Needs(5, sensitive=cells == _APART)
    assert [one.kind for one in audit(view, needs).breaches] == kinds, why


@pytest.mark.parametrize(
    ("cost", "low", "x", "endless"),
    [(1.0, 3.0, 3.0, False), (-1.0, 3.0, None, True), (1.0, 9.0, None, False)],
    ids=["best", "endless", "nothing fits"],
)
def test_a_program_without_an_answer_says_why(
    cost: float, low: float, x: float | None, endless: bool
) -> None:
    """One number, at most 5 unless it has no end, that is at least `low`."""
    one = np.ones(1)
    most = np.inf if endless else 5.0
    found = solve(
        Program(
            np.array([0, 1]),
            np.array([0]),
            one,
            low=low * one,
            high=np.inf * one,
            cost=cost * one,
            lower=0.0 * one,
            upper=most * one,
        )
    )
    assert found.endless == endless
    assert (None if found.x is None else found.x.tolist()) == (None if x is None else [x])


@pytest.mark.parametrize(
    ("known", "point"), [(3.0, 3.0), (9.0, None)], ids=["fits", "more than the sum"]
)
def test_a_point_is_of_what_is_known_where_that_fits(known: float, point: float | None) -> None:
    view = View.of([7, known, np.nan], [False, True, True], [TOTAL_OF_TWO])
    first, second = any_point(unknowns_of(view), np.arange(2))
    assert first + second == pytest.approx(7)
    assert point is None or first == pytest.approx(point)


def test_where_no_values_fit_that_is_said() -> None:
    """7 = a + b, and a is twelve more than b at least."""
    view = View.of(
        [7, np.nan, np.nan],
        [False, True, True],
        [TOTAL_OF_TWO, ({1: 1.0, 2: -1.0}, 12.0, np.inf)],
    )
    with pytest.raises(Contradiction):
        any_point(unknowns_of(view), np.arange(2))


def test_a_search_that_has_found_enough_ends_with_what_it_found() -> None:
    """4 = 2 + 2, both somebody: either can be 3 and neither 4."""
    view = View.of([4, 2, 2], [False, True, True], [TOTAL_OF_TWO], lower=1.0)
    room, cells = Room.around(unknowns_of(view)), np.arange(2)
    assert clear(room, cells, np.full(2, 2.0)).tolist() == [0, 1]
    assert clear(room, cells, np.full(2, 2.0), enough=1).tolist() == [0]
    assert clear(room, cells, np.full(2, 1.0), enough=1).tolist() == []


@pytest.mark.parametrize(
    ("cell", "number", "plain"),
    [(_APART, 2, True), (_APART, 3, False), (5, 0, True), (5, 1, False)],
)
def test_what_several_relations_force_is_plain_near_the_cell(
    cell: int, number: int, plain: bool
) -> None:
    """The first case above: two wholes of somebody have nobody among the some. One relation alone does not tell."""
    view = View.of([4, 1, 1, 2, 2, 0, 0, 2, 2], [True] * 9, _THREE_PAIRS)
    view.lower[[1, 2, 3, 7]] = 1.0
    floor = Floor(view)
    assert floor.simple[_APART] < 2
    assert floor.plainly_forces(cell, number) == plain
    assert floor.forces(cell, number) == plain
