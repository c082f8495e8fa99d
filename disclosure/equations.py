"""The sums a reader knows to hold between the counts of a tidy table.

Belongs here: the growing system, and how a total, its parts and what is left become a relation. Not
here: which places of a table add up (`sums`), making cells out of rows (`system`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from disclosure.patterns.cells import Bools, Floats, Ints

_NOTHING = 1e-6


class Equations:
    """A growing system: published cells in the order of their keys, then unpublished ones.

    `value`, `scale`: float64[n]; `block`: int64[n], what an unpublished cell takes from the total it is a part of.
    """

    def __init__(self, value: Floats, scale: Floats, block: Ints) -> None:
        self.value, self.scale, self.block = value, scale, block
        self._rows: list[tuple[Ints, Ints, Floats]] = []
        self._relations = 0
        self._rests: list[tuple[Ints, Ints, Ints, Ints]] = []

    def add(self, totals: Ints, of: Ints, parts: Ints, *, complete: bool | Bools) -> Ints:
        """Relation i: `totals[i]` is the sum of the `parts` whose `of` is i, and what is left.

        What is left is an unpublished cell, returned by relation (-1 where there is none): those of the total who are in no
        part, or, where the parts come to more than the total, those who are in several. `complete` says that a reader knows
        that nothing is left where nothing is. A total without parts makes no relation.
        """
        size = len(totals)
        known = np.bincount(of, weights=self.value[parts], minlength=size)
        left = self.value[totals] - known
        some = np.bincount(of, minlength=size) > 0
        open_ended = some & (
            (np.abs(left) > _NOTHING) | ~np.broadcast_to(np.asarray(complete), size)
        )
        rests = np.full(size, -1, dtype=np.int64)
        rests[open_ended] = self.unpublished(np.abs(left[open_ended]), totals[open_ended])
        first = np.zeros(size, dtype=np.int64)
        first[of[::-1]] = parts[::-1]
        made = rests[open_ended]
        self._rests.append(
            (np.full(len(made), len(self._rests)), totals[open_ended], first[open_ended], made)
        )
        number = self._relations - 1 + np.cumsum(some)
        self._relations += int(some.sum())
        at = np.flatnonzero(some)
        self._rows += [
            (number[at], totals[at], np.full(len(at), -1.0)),
            (number[of], parts, np.ones(len(parts))),
            (number[open_ended], rests[open_ended], np.where(left[open_ended] < 0, -1.0, 1.0)),
        ]
        return rests

    def relate(self, *terms: tuple[Ints, float]) -> None:
        """Relation i: the sum of each term's cell i times its coefficient is nought."""
        size = len(terms[0][0])
        number = self._relations + np.arange(size)
        self._relations += size
        self._rows += [(number, cells, np.full(size, factor)) for cells, factor in terms]

    def unpublished(self, value: Floats, like: Ints) -> Ints:
        """New cells that stand in no table, months and block as those of the cells `like`, and their positions."""
        start = len(self.value)
        self.value = np.concatenate([self.value, value])
        self.scale = np.concatenate([self.scale, self.scale[like]])
        self.block = np.concatenate([self.block, self.block[like]])
        return np.arange(start, start + len(value))

    def before(self, before: Ints) -> Ints:
        """The same cell a month earlier, int64[n], -1 for none, given that of the published ones.

        What is left of a total was left of that total, after the same part, a month earlier.
        """
        kind, total, part, rest = (
            np.concatenate(column) for column in zip(*self._rests, strict=True)
        )
        whole = np.full(len(self.value), -1, dtype=np.int64)
        whole[: len(before)] = before
        known = pd.DataFrame({"kind": kind, "total": total, "part": part, "rest": rest})
        asked = known.assign(total=whole[total], part=whole[part])
        asked = asked[(asked["total"] >= 0) & (asked["part"] >= 0)]
        same = ["kind", "total", "part"]
        found = asked.merge(known.drop_duplicates(same), on=same, suffixes=("", "_before"))
        whole[found["rest"].to_numpy()] = found["rest_before"].to_numpy()
        return whole

    def matrix(self) -> csr_array:
        """The relations, a row each."""
        nothing = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
        row, column, entry = (
            np.concatenate(column) for column in zip(nothing, *self._rows, strict=True)
        )
        shape = (self._relations, len(self.value))
        # A cell that is total and part of one relation says nothing; such entries cancel.
        matrix = coo_array((entry, (row, column)), shape=shape).tocsr()
        matrix.eliminate_zeros()
        return matrix
