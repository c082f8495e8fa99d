"""Which cells are hidden: the small ones, and enough others that no reader gets near them.

Belongs here: the choice in any system of cells, by a fixed order without randomness, and which
method makes it. Not here: the methods (`exact`, `fast`, `exchange`), tables (`disclosure.additive`), or
proof that the choice holds (`disclosure.audit`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from disclosure.patterns.cells import PRIMARY, SECONDARY, VISIBLE, CellSystem, Ints, Statuses
from disclosure.patterns.exact import cheapest_pattern
from disclosure.patterns.exchange import Exchange
from disclosure.patterns.fast import Found, Search, needs, persons
from disclosure.patterns.moves import DOWN, UP
from disclosure.patterns.together import Together
from disclosure.watching import Watch, unwatched

EXACT_CELLS, EXACT_PRIMARY = 60, 12
"""Up to so many cells, and primary ones among them, that hang together the optimum is looked for."""

THOROUGH_CELLS = 2_000
"""Up to so many cells it is tried for each hidden one whether cheaper ones hide enough in its place."""

TOGETHER_PRIMARY = 600
"""From so many primary cells on most are hidden many at a time."""


@dataclass(frozen=True, eq=False)
class Protection:
    """The cells' statuses, int8[n]; the primary cells that cannot be believed to be as large as they must, whatever is
    hidden, or as small where nothing else is asked of them (`unsafe`); and the others of which no smaller value was found
    (`at_least`).

    An unpublished cell can be primary (small, and it must not be computable) but never secondary.
    """

    hidden: Statuses
    unsafe: Ints
    at_least: Ints


def protect(system: CellSystem, watch: Watch = unwatched) -> Protection:
    """Hide the primary cells and what would give them away. `watch` is told of the steps where the primary cells are many.

    Afterwards a reader who knows every relation and every visible cell can still believe of each primary cell that it is as
    large as its `reach` and as small as its `fall` (`CellSystem`), and so can, in some measure, the person who is another
    cell's count of 1.
    """
    search = Search(system)
    if int(system.sensitive.sum()) >= TOGETHER_PRIMARY:
        search.take_over(Together(system, needs(system), persons(system)).cover(watch))
    else:
        for part in _parts(system):
            pattern = cheapest_pattern(_only(system, part)) if _fits_exact(system, part) else None
            if pattern is not None:
                search.go_on(Found(part[pattern], np.zeros(0, dtype=np.int64), {}, ()))
    search.cover()
    # What insiders take is hidden after what others do not need is shown: asked for before, it would keep more hidden.
    search.show_unused()
    search.cover_insiders()
    thorough = len(system.value) <= THOROUGH_CELLS
    hidden = Exchange(system, search.found()).fewer() if thorough else search.hidden
    status = np.where(hidden & system.published, SECONDARY, VISIBLE).astype(np.int8)
    status[system.sensitive] = PRIMARY
    left = {
        way: np.array(
            sorted(cell for cell, direction in search.unproved if direction == way), dtype=np.int64
        )
        for way in (UP, DOWN)
    }
    alone = np.isnan(system.reach[left[DOWN]])
    unsafe = np.union1d(left[UP], left[DOWN][alone])
    return Protection(hidden=status, unsafe=unsafe, at_least=left[DOWN][~alone])


def _parts(system: CellSystem) -> list[Ints]:
    """The cells that hang together by relations, where one of them is primary."""
    matrix = system.matrix
    entries = matrix.tocoo()
    size = sum(matrix.shape)
    edges = (np.ones(matrix.nnz), (entries.col, entries.row + matrix.shape[1]))
    _, label = connected_components(coo_array(edges, shape=(size, size)), directed=False)
    label = label[: len(system.value)]
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    return [part for part in np.split(order, starts[1:]) if system.sensitive[part].any()]


def _fits_exact(system: CellSystem, part: Ints) -> bool:
    return len(part) <= EXACT_CELLS and int(system.sensitive[part].sum()) <= EXACT_PRIMARY


def _only(system: CellSystem, part: Ints) -> CellSystem:
    """The system of cells that no relation binds to others."""
    matrix = system.matrix[:, part]
    return replace(
        system,
        **{
            name: getattr(system, name)[part]
            for name in (
                "value",
                "lower",
                "reach",
                "fall",
                "enough",
                "weight",
                "published",
                "last",
                "block",
            )
        },
        before=np.full(len(part), -1, dtype=np.int64),
        matrix=matrix[np.flatnonzero(np.diff(matrix.indptr))],
    )
