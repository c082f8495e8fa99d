"""Published before: what was hidden then and what is hidden now hold together, for a reader of every set there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.audit.audit import Needs, audit
from disclosure.audit.linking import linked
from disclosure.audit.view import View
from disclosure.patterns.cells import (
    PRIMARY,
    SECONDARY,
    VISIBLE,
    Bools,
    CellSystem,
    relation_matrix,
)
from disclosure.patterns.choice import protect
from disclosure.patterns.earlier import Earlier, protect_after, protect_again
from tests.disclosure.choosing import chosen
from tests.disclosure.protection_cases import CASES

THRESHOLD = 5
QUARTERS = "22_ssb_incremental_quarters"


@dataclass(frozen=True, eq=False)
class Published:
    """A table with both margins as it was published: its system and what it hides."""

    system: CellSystem
    hidden: Bools
    apart: Bools
    """Of these nobody can suppose that they are what they were in the sets before."""

    @property
    def view(self) -> View:
        m = self.system.matrix.shape[0]
        return View(
            value=self.system.value,
            hidden=self.hidden,
            lower=self.system.lower,
            upper=np.full(len(self.system.value), np.inf),
            matrix=self.system.matrix,
            low=np.zeros(m),
            high=np.zeros(m),
        )

    @property
    def as_earlier(self) -> Earlier:
        return Earlier(self.system, self.hidden, np.arange(len(self.hidden)), self.apart)


def crossed(inner: np.ndarray) -> CellSystem:
    whole = np.block(
        [[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum()]]
    )
    at = np.arange(whole.size).reshape(whole.shape)
    rows = [
        {**dict.fromkeys(line[:-1].tolist(), 1.0), int(line[-1]): -1.0} for line in [*at, *at.T]
    ]
    weight = np.ones(whole.shape)
    weight[-1], weight[:, -1] = 5.0, 5.0
    return CellSystem.counts(
        whole.ravel(), relation_matrix(rows, whole.size), THRESHOLD, weight=weight.ravel()
    )


def first(inner: np.ndarray) -> Published:
    system = crossed(inner)
    return Published(system, protect(system).hidden != VISIBLE, nothing(system))


def again(inner: np.ndarray, *before: Published) -> Published:
    system = crossed(inner)
    figure = np.arange(len(system.value))
    done = protect_again(system, figure, [one.as_earlier for one in before], chosen)
    return Published(system, done.status != VISIBLE, done.apart)


def nothing(system: CellSystem) -> Bools:
    return np.zeros(len(system.value), dtype=np.bool_)


def in_hand(sets: Sequence[Published]) -> tuple[View, Bools]:
    """What a reader of all the sets has before them, every unchanged figure taken for what it was; and what is small in any.

    Of a figure hidden again they cannot tell that it is what it was.
    """
    view, sensitive = sets[0].view, sets[0].system.sensitive
    place = np.arange(len(view.value))
    for before, one in pairwise(sets):
        unchanged = before.system.value == one.system.value
        unchanged &= ~(one.hidden & one.apart)
        figures = np.flatnonzero(unchanged)
        same = zip(place[figures].tolist(), figures.tolist(), strict=True)
        view, place = linked(view, one.view, same)
        more = len(view.value) - len(sensitive)
        sensitive = np.concatenate([sensitive, np.zeros(more, dtype=np.bool_)])
        sensitive[place] |= one.system.sensitive
    return view, sensitive


def breaches(view: View, sensitive: Bools) -> set[tuple[int, str]]:
    """What is seen or follows, but for what would be known though everything except the zeros were hidden."""
    found = audit(view, Needs(THRESHOLD, sensitive=sensitive)).breaches
    told: set[tuple[int, str]] = {(breach.cell, breach.kind) for breach in found}
    if told:
        most = audit(replace(view, hidden=view.value > 0), Needs(THRESHOLD, sensitive=sensitive))
        told -= {(breach.cell, breach.kind) for breach in most.breaches}
    return told


def test_protected_alone_two_sets_give_away_what_each_hides() -> None:
    """3 + 20 = 23 is hidden; corrected, 7 and 20 may both be shown, and the 3 is known. So the 20 stays hidden."""
    old = first(np.array([[3, 20, 40], [30, 50, 60]]))
    corrected = np.array([[7, 20, 40], [30, 50, 60]])
    alone = Published(crossed(corrected), np.zeros(12, dtype=np.bool_), nothing(old.system))
    assert not protect(alone.system).hidden.any()
    assert breaches(*in_hand([old, alone])) == {(0, "exact")}
    together = again(corrected, old)
    assert breaches(*in_hand([old, together])) == set()
    assert together.hidden.any()
    assert not together.apart.any()


def test_unchanged_figures_keep_their_pattern() -> None:
    table = np.array([[3, 20, 40], [30, 50, 60], [9, 2, 70]])
    old = first(table)
    assert np.array_equal(again(table, old).hidden, old.hidden)
    assert np.array_equal(again(table, old, old).hidden, old.hidden)


def test_what_was_shown_and_is_small_now_is_hidden_all_the_same() -> None:
    """Nobody hides it by that; the table of today has no small count in it."""
    system = crossed(np.array([[6, 20], [30, 50]]))
    shown = np.ones(9, dtype=np.bool_)
    stricter = replace(system, reach=np.where(system.value == 6, 10.0, np.nan))
    done = protect_after(stricter, shown, ~shown)
    assert done.hidden.tolist() == [PRIMARY, *[VISIBLE] * 8]
    assert not len(done.unsafe)


@st.composite
def corrections(draw: st.DrawFn) -> list[np.ndarray]:
    """A table and one or two corrected ones: a few people moved, added or taken out."""
    shape = draw(st.integers(2, 3)), draw(st.integers(2, 4))
    size = shape[0] * shape[1]
    table = np.array(draw(st.lists(st.integers(0, 14), min_size=size, max_size=size)))
    tables = [table.reshape(shape)]
    for _ in range(draw(st.integers(1, 2))):
        corrected = tables[-1].ravel().copy()
        for _ in range(draw(st.integers(1, 3))):
            at, change = draw(st.integers(0, size - 1)), draw(st.integers(-4, 4))
            corrected[at] = max(0, corrected[at] + change)
        tables.append(corrected.reshape(shape))
    return tables


@given(corrections())
@settings(deadline=None, max_examples=30)
def test_no_sets_give_away_what_one_hides(tables: list[np.ndarray]) -> None:
    """Whoever kept all of them knows no more of any small count, then or now.

    But that it is no smaller than it is, which tells nobody that it is few (ADR 0032): 2 of 7 and 1 of 7 are known to be
    one less than the other once 6 is in both.
    """
    sets = [first(tables[0])]
    for table in tables[1:]:
        sets.append(again(table, *sets))
    told = breaches(*in_hand(sets))
    assert {(cell, kind) for cell, kind in told if kind != "lower"} == set()


def quarters() -> list[CellSystem]:
    """Case 22, as it grew: each quarter's table with its margins, and the running totals over the quarters so far."""
    people = pd.read_csv(CASES / QUARTERS / "inner.csv")
    inner = people.groupby(["quarter", "main_income", "size"])["freq"].sum().reset_index()
    incomes, sizes = ([*sorted(inner[name].unique()), "Total"] for name in ("main_income", "size"))
    value: list[float] = []
    rows: list[dict[int, float]] = []
    grown = []
    running: np.ndarray | None = None
    for _quarter, own in inner.groupby("quarter", sort=True):
        block = own.pivot(index="main_income", columns="size", values="freq").to_numpy(float)
        whole = np.block(
            [[block, block.sum(1, keepdims=True)], [block.sum(0, keepdims=True), block.sum()]]
        )
        assert whole.shape == (len(incomes), len(sizes))
        at = len(value) + np.arange(whole.size).reshape(whole.shape)
        value += whole.ravel().tolist()
        rows += _margins(at)
        if running is None:
            running = at
        else:
            sums = len(value) + np.arange(whole.size).reshape(whole.shape)
            value += [value[a] + value[b] for a, b in zip(running.ravel(), at.ravel(), strict=True)]
            rows += [
                {int(a): 1.0, int(b): 1.0, int(c): -1.0}
                for a, b, c in zip(running.ravel(), at.ravel(), sums.ravel(), strict=True)
            ]
            rows += _margins(sums)
            running = sums
        counts = np.array(value)
        system = CellSystem.counts(
            counts,
            relation_matrix(rows, len(value)),
            1,
            primary=counts <= 15,
            zeros_shown=False,
        )
        grown.append(system)
    return grown


def _margins(at: np.ndarray) -> list[dict[int, float]]:
    return [
        {**dict.fromkeys(line[:-1].tolist(), 1.0), int(line[-1]): -1.0} for line in [*at, *at.T]
    ]


def test_a_quarter_more_leaves_the_pattern_of_the_earlier_ones() -> None:
    """Case 22: shown stays shown, hidden stays hidden, and nothing primary can be computed at any step."""
    hidden = np.zeros(0, dtype=np.bool_)
    for system in quarters():
        n, old = len(system.value), len(hidden)
        before = np.concatenate([hidden, np.zeros(n - old, dtype=np.bool_)])
        shown = (np.arange(n) < old) & ~before
        done = protect_after(system, shown, before)
        assert not len(done.unsafe)
        status = done.hidden != VISIBLE
        assert np.array_equal(status[:old], hidden), "the earlier quarters' pattern is what it was"
        hidden = status
        view = Published(system, hidden, nothing(system)).view
        found = audit(view, Needs(1, sensitive=system.sensitive, reach=system.value + 1))
        assert found.safe
        assert (done.hidden[system.sensitive] == PRIMARY).all()
        assert (done.hidden == SECONDARY).any()
