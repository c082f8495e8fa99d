"""Figures that stand apart: which may be doubted beside what was published before, and what then stays hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from disclosure.patterns.cells import (
    PRIMARY,
    SECONDARY,
    VISIBLE,
    CellSystem,
    ProtectionError,
    relation_matrix,
)
from disclosure.patterns.earlier import Earlier, protect_again
from tests.disclosure.choosing import chosen

THRESHOLD = 5


def test_what_was_shown_is_doubted_where_nothing_else_is_left() -> None:
    """0 + 5 became 2 + 3: hiding both leaves each at most 4, and all else was shown."""
    sums = relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0, 3: 1.0}], 4)
    then, now = (
        CellSystem.counts(value, sums, THRESHOLD) for value in ([25, 0, 5, 20], [25, 2, 3, 20])
    )
    figure, nothing = np.arange(4), np.zeros(4, dtype=np.bool_)
    before = Earlier(then, nothing, figure, nothing)
    done = protect_again(now, figure, [before], chosen)
    assert done.doubted.tolist() == [3]
    assert done.status.tolist() == [VISIBLE, PRIMARY, PRIMARY, SECONDARY]


def split(*counts: float) -> CellSystem:
    """All are some and others, and some are a few and the rest: 0 = 1 + 2, 1 = 3 + 4."""
    sums = relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0}, {1: -1.0, 3: 1.0, 4: 1.0}], 5)
    return CellSystem.counts(counts, sums, THRESHOLD)


def earlier(system: CellSystem, *hidden: int, apart: Sequence[int] = ()) -> Earlier:
    at = np.arange(len(system.value))
    return Earlier(system, np.isin(at, hidden), at, np.isin(at, apart))


def test_what_was_hidden_stands_apart_where_it_would_give_away_what_was_shown() -> None:
    """The 5 was shown beside 8 - 3; now it is 1 + 4. Hidden, it still follows for whoever supposes 8 and 3 unchanged."""
    before, now = earlier(split(8, 5, 3, 0, 5), 0, 2), split(8, 5, 3, 1, 4)
    done = protect_again(now, np.arange(5), [before], chosen)
    assert (done.status != VISIBLE).all()
    assert done.doubted.tolist() == [1]
    assert done.apart[:3].all()
    same = protect_again(
        now, np.arange(5), [before, earlier(now, *range(5), apart=[0, 1, 2])], chosen
    )
    assert np.array_equal(same.status, done.status)


def test_what_stands_apart_in_a_set_before_stays_hidden() -> None:
    """3 + 20 was hidden. 7 and 20 may be shown, and the 20 would give the 3 away."""
    sums = relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0, 3: 1.0}], 4)
    then, now = (
        CellSystem.counts(value, sums, THRESHOLD) for value in ([63, 3, 20, 40], [67, 7, 20, 40])
    )
    done = protect_again(now, np.arange(4), [earlier(then, 1, 2, apart=[1, 2])], chosen)
    assert done.status[2] == SECONDARY
    assert done.status[[0, 1, 3]].any(), "or the 20 is what is left of the total"


def test_what_stays_hidden_may_be_less_where_it_cannot_be_more() -> None:
    """All twelve were shown, and who is not of the eleven is at least one: the eleven may be ten, but not twelve."""
    sums = relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0}], 3)
    now = CellSystem.counts([12, 11, 1], sums, THRESHOLD)
    done = protect_again(now, np.arange(3), [earlier(now, 1, 2, apart=[1])], chosen)
    assert done.status.tolist() == [VISIBLE, SECONDARY, PRIMARY]


def test_what_stays_hidden_need_be_no_more_than_one_less() -> None:
    """12 = 11 + 1, and now 3 = 1 + 2 as well: the eleven may be ten beside a shown 3, and nine only if it were hidden."""
    sums = relation_matrix([{0: -1.0, 1: 1.0, 2: 1.0}, {3: -1.0, 2: 1.0, 4: 1.0}], 5)
    now = CellSystem.counts([12, 11, 1, 3, 2], sums, threshold=1)
    before = replace(earlier(now, 1, 2, apart=[1, 2]), figure=np.array([0, 1, 2, -1, -1]))
    done = protect_again(now, np.arange(5), [before], chosen)
    assert done.status.tolist() == [VISIBLE, SECONDARY, SECONDARY, VISIBLE, SECONDARY]


def test_what_stays_hidden_must_be_more_or_less() -> None:
    """The eleven are all, and all were shown."""
    now = CellSystem.counts([11, 11], relation_matrix([{0: -1.0, 1: 1.0}], 2), THRESHOLD)
    with pytest.raises(ProtectionError):
        protect_again(now, np.arange(2), [earlier(now, 1, apart=[1])], chosen)


def test_nobody_doubts_a_set_that_agrees() -> None:
    """The 8, the 5 and the 3 are what they were, and nothing else was published: it is the 1 + 4 that cannot be hidden."""
    now, then = split(8, 5, 3, 1, 4), split(8, 5, 3, 0, 5)
    before = replace(earlier(then, 0, 2), figure=np.array([0, 1, 2, -1, -1]))
    with pytest.raises(ProtectionError):
        protect_again(now, np.arange(5), [before], chosen)


def chained(*more: float) -> CellSystem:
    """As `split`, with 8, 5, 3, 1 and 4; then ever more beside them all: 0 + 5 = 6, 6 + 7 = 8, 8 + 9 = 10."""
    value = [8.0, 5.0, 3.0, 1.0, 4.0]
    rows = [{0: -1.0, 1: 1.0, 2: 1.0}, {1: -1.0, 3: 1.0, 4: 1.0}]
    everybody = 0
    for count in more:
        at = len(value)
        rows.append({everybody: 1.0, at: 1.0, at + 1: -1.0})
        value += [count, value[everybody] + count]
        everybody = at + 1
    return CellSystem.counts(value, relation_matrix(rows, len(value)), THRESHOLD)


def before_the_correction(*more: float, besides: Sequence[int] = ()) -> Earlier:
    """What was published: the 8, the 3 and the first count more hidden, and `besides`; nothing of the 1 and the 4."""
    one = earlier(chained(*more), 0, 2, 5, *besides)
    return replace(one, figure=np.where(np.isin(one.figure, [3, 4]), -1, one.figure))


def test_what_a_correction_is_near_can_be_doubted() -> None:
    """20 became 30 beside the 8, so the 8 and what it is made of may have changed too."""
    now = chained(30, 40, 50)
    done = protect_again(
        now, np.arange(len(now.value)), [before_the_correction(20, 40, 50)], chosen
    )
    assert done.apart[:3].all()
    assert done.doubted.tolist() == [1]


@pytest.mark.parametrize("then", [(30, 20, 50), (30, 40, 20)])
def test_a_correction_far_away_makes_nobody_doubt(then: tuple[float, ...]) -> None:
    now = chained(30, 40, 50)
    with pytest.raises(ProtectionError):
        protect_again(now, np.arange(len(now.value)), [before_the_correction(*then)], chosen)


def test_a_correction_that_nobody_sees_makes_nobody_doubt() -> None:
    """What was hidden before may have been anything."""
    now, sums = chained(30, 40, 50), (6, 8, 10)
    before = before_the_correction(20, 40, 50, besides=sums)
    with pytest.raises(ProtectionError):
        protect_again(now, np.arange(len(now.value)), [before], chosen)
