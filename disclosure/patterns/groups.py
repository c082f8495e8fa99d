"""Groups of whom all, none, or all but one have a trait: it would be known of each of them, however many they are.

Belongs here: making that something to be protected in a system of cells. Not here: which traits are sensitive (the caller
names the groups), the choice of what is hidden for it (`choice`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from disclosure.patterns.cells import CellSystem

_NOT_ALL_BUT_ONE, _NOT_NONE = 2.0, 1.0


def with_groups(
    system: CellSystem, groups: Iterable[tuple[int, int]], largest: float = np.inf
) -> CellSystem:
    """The system with more to protect: each (total, part) of `groups`, the part being some of the total's people.

    Where all of the total, or all but one, are in the part, a reader must be able to believe that two are not; where none
    are, that one is. Groups of more than `largest` people are left out: so many share a trait that it says little of each.
    The cells keep their positions; after them comes, unpublished, who is in the total and not in the part.
    """
    asked = np.array(sorted(set(groups)), dtype=np.int64).reshape(-1, 2)
    size = system.value[asked[:, 0]]
    asked = asked[(size > 0) & (size <= largest)]
    total, part = asked.T
    others = system.value[total] - system.value[part]
    nobody = part[system.value[part] == 0]
    narrow = np.flatnonzero(others <= 1)
    n, k = len(system.value), len(narrow)
    row = np.arange(k)
    sums = csr_array(
        (
            np.repeat([-1.0, 1.0, 1.0], k),
            (np.tile(row, 3), np.concatenate([total[narrow], part[narrow], n + row])),
        ),
        shape=(k, n + k),
    )
    own = system.matrix
    wider = csr_array((own.data, own.indices, own.indptr), shape=(own.shape[0], n + k))
    reach = system.reach.copy()
    reach[nobody] = np.fmax(reach[nobody], _NOT_NONE)

    def and_others(own: object, theirs: float | bool) -> np.ndarray:
        array = np.asarray(own)
        return np.concatenate([array, np.full(k, theirs, dtype=array.dtype)])

    return replace(
        system,
        value=np.concatenate([system.value, others[narrow]]),
        lower=and_others(system.lower, 0.0),
        reach=and_others(reach, _NOT_ALL_BUT_ONE),
        fall=and_others(system.fall, np.nan),
        enough=and_others(system.enough, np.nan),
        weight=and_others(system.weight, 1.0),
        published=and_others(system.published, False),
        last=and_others(system.last, False),
        block=np.concatenate([system.block, system.block[total[narrow]]]),
        before=and_others(system.before, -1),
        matrix=csr_array(vstack([wider, sums])),
    )
