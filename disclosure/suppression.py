"""Which cells are hidden: the small ones, and enough others that no sum gives them back.

Belongs here: the choice of cells in any system of them, by a fixed order without randomness. Not
here: tables (`table`, `system`), or proof that the choice holds; every single relation is made
safe, combinations of several only where an unpublished cell links them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disclosure.cells import PRIMARY, SECONDARY, VISIBLE, Bools, CellSystem, Ints, Statuses


@dataclass(frozen=True, eq=False)
class Protection:
    """The cells' statuses, int8[n], and the relations left unsafe because nothing could be hidden.

    An unpublished cell can be primary (small, and it must not be computable) but never secondary.
    """

    hidden: Statuses
    unsafe: Ints


def protect(system: CellSystem, threshold: int) -> Protection:
    """Hide counts of 1 to `threshold` - 1 and, until nothing changes, what would give them away.

    A relation gives a hidden cell away when

    * it is the only member a reader does not know; an unpublished cell is known once a relation
      gives it; or
    * the total is seen and the hidden parts, each known to be at least 1 because zeros are shown,
      sum to so little that none of them can be as large as the threshold.

    One more member is then hidden: of the non-zero visible published ones the first by (weight,
    total or part, count, position); a zero only where nothing else is left. Months added up
    (`scale`) are held to the threshold as their mean.
    """
    hidden = np.where(
        (system.count > 0) & (system.count < threshold * system.scale), PRIMARY, VISIBLE
    ).astype(np.int8)
    relations = _Relations(system, hidden, threshold)
    while True:
        exposed = relations.exposed(hidden)
        partners = relations.partners(hidden, exposed)
        if not len(partners):
            return Protection(hidden=hidden, unsafe=np.flatnonzero(exposed))
        hidden[partners] = SECONDARY


class _Relations:
    """The relations of a system, laid out once for the rounds of `protect`."""

    def __init__(self, system: CellSystem, primary: Statuses, threshold: int) -> None:
        self._size = system.relations
        self._threshold = threshold
        self._published = system.published
        self._count = system.count
        total = np.zeros(len(system.members), dtype=np.bool_)
        total[system.starts[:-1]] = True
        of = system.relation_of()
        # An unpublished cell that nobody need protect and that stands in one relation alone is a
        # number no reader has: that relation says nothing.
        degree = np.bincount(system.members, minlength=len(system.count))
        free = ~system.published & (primary == VISIBLE) & (degree == 1)
        void = np.zeros(self._size, dtype=np.bool_)
        void[of[free[system.members]]] = True
        kept = ~void[of]
        of, members, total = of[kept], system.members[kept], total[kept]
        count, weight = system.count[members], system.weight[members]
        order = np.lexsort((members, count, total, weight, count == 0, of))
        self._of, self._members, self._total = of[order], members[order], total[order]
        self._scale = np.full(self._size, np.iinfo(np.int64).max // threshold)
        np.minimum.at(self._scale, self._of, system.scale[self._members])

    def exposed(self, hidden: Statuses) -> Bools:
        """Which relations give a hidden cell away, bool[r]."""
        unknown = (hidden != VISIBLE) | ~self._published
        while True:
            mask = unknown[self._members]
            lacking = self._per_relation(mask)
            alone = mask & (lacking[self._of] == 1) & (hidden[self._members] == VISIBLE)
            if not alone.any():
                break
            unknown[self._members[alone]] = False
        secret = hidden[self._members] != VISIBLE
        secrets = self._per_relation(secret)
        only_one = (lacking == 1) & (secrets == 1)
        total_seen = self._per_relation(self._total & ~mask) == 1
        left = np.bincount(
            self._of, weights=np.where(secret, self._count[self._members], 0), minlength=self._size
        )
        largest = left - (secrets - 1)
        bounded = total_seen & (secrets > 0) & (lacking == secrets)
        exposed: Bools = only_one | (bounded & (largest < self._threshold * self._scale))
        return exposed

    def partners(self, hidden: Statuses, exposed: Bools) -> Ints:
        """The cell to hide in each exposed relation that has one left."""
        eligible = (
            exposed[self._of] & (hidden[self._members] == VISIBLE) & self._published[self._members]
        )
        at = np.flatnonzero(eligible)
        first = np.unique(self._of[at], return_index=True)[1]
        return self._members[at[first]]

    def _per_relation(self, mask: Bools) -> Ints:
        return np.bincount(self._of[mask], minlength=self._size)
