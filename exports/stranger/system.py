"""The rows of one tidy file as one system, as the auditor solves it.

Belongs here: the counts, the sums between them, and those who are in one count and not in another. Not here: the cells
(`cells`), which sums there are (`sums`), several files (`sets`), what is found (`proof`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from disclosure.audit.view import Floats, Ints, Matrix, View
from exports.stranger.cells import Cells, Reading, read_cells
from exports.stranger.definitions import NESTED
from exports.stranger.keys import unpack
from exports.stranger.sums import Relations, relations, unpublished


@dataclass(frozen=True, eq=False)
class System:
    """Everything in the file as one view. The first cells are `cells`; after them each difference of `pairs`
    (positions of a part
    and of the whole it is some of).
    """

    cells: Cells
    pairs: Ints
    view: View

    def named(self, cell: int) -> str:
        """A cell in words, without its value."""
        n = len(self.cells)
        if cell < n:
            return self.cells.coder.told(int(self.cells.key[cell]))
        part, whole = (int(self.cells.key[at]) for at in self.pairs[cell - n])
        return f"{self.cells.coder.told(whole)} uden {self.cells.coder.told(part)}"


def as_system(reading: Reading, truth: pd.DataFrame | None = None) -> System:
    """The rows' counts, the sums between them, and the people in one count and not in another that holds it."""
    cells = reading.cells.with_unpublished(unpublished(reading.cells))
    pairs = _pairs(cells, reading)
    n, d = len(cells), len(pairs)
    shown = _and_differences(cells.value, pairs)
    value = shown
    if truth is not None:
        known = read_cells(truth, cells.coder).cells
        at = known.find(cells.key)
        true = _and_differences(np.where(at < 0, np.nan, known.value[at]), pairs)
        value = np.where(np.isnan(shown), true, shown)
    least = np.concatenate([cells.least, np.zeros(d)])
    matrix, low, high = _joined([*relations(cells), _differences(pairs, n)], n + d)
    view = View(
        value=value,
        hidden=np.isnan(shown),
        # Where a zero was hidden all the same, nobody can know that it is not one.
        lower=np.fmin(least, value),
        upper=np.full(n + d, np.inf),
        matrix=matrix,
        low=low,
        high=high,
    )
    return System(cells, pairs, view)


def _and_differences(value: Floats, pairs: Ints) -> Floats:
    return np.concatenate([value, value[pairs[:, 1]] - value[pairs[:, 0]]])


def _pairs(cells: Cells, reading: Reading) -> Ints:
    """Positions of each count and of one that holds it, each pair once."""
    fields, coder = unpack(cells.key), cells.coder
    found = [cells.find(reading.pairs.ravel()).reshape(-1, 2)]
    for part, whole in NESTED:
        numbers = coder.quantities.known(part), coder.quantities.known(whole)
        if numbers[0] is not None and numbers[1] is not None:
            at = np.flatnonzero(fields.quantity == numbers[0])
            found.append(np.column_stack([at, cells.find(fields.at(at).of(numbers[1]).pack())]))
    target, population = coder.groups.known("T"), coder.groups.known("P")
    if target is not None and population is not None:
        at = np.flatnonzero(fields.group == target)
        same = replace(fields.at(at), group=np.full(len(at), population))
        found.append(np.column_stack([at, cells.find(same.pack())]))
    every = np.unique(np.concatenate(found), axis=0)
    return every[(every >= 0).all(axis=1)]


def _differences(pairs: Ints, first: int) -> Relations:
    """The whole is the part and the difference."""
    row = np.arange(len(pairs))
    nothing = np.zeros(len(pairs))
    return Relations(
        np.tile(row, 3),
        np.concatenate([pairs[:, 0], pairs[:, 1], first + row]),
        np.concatenate([nothing + 1, nothing - 1, nothing + 1]),
        nothing,
        nothing,
    )


def _joined(kinds: list[Relations], columns: int) -> tuple[Matrix, Floats, Floats]:
    starts = np.cumsum([0, *(kind.count for kind in kinds)])
    row = np.concatenate([start + kind.row for start, kind in zip(starts, kinds, strict=False)])
    cell = np.concatenate([kind.cell for kind in kinds])
    factor = np.concatenate([kind.factor for kind in kinds])
    matrix = csr_array((factor, (row, cell)), shape=(int(starts[-1]), columns))
    low = np.concatenate([kind.low for kind in kinds])
    return matrix, low, np.concatenate([kind.high for kind in kinds])
