"""The rows of a table, and the cells each of them shows.

Belongs here: from cells' statuses to rows'. Not here: the cells (`patterns`), which row uses which (`system`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from disclosure.patterns.cells import PRIMARY, SECONDARY, VISIBLE, Bools, Ints, Statuses


@dataclass(frozen=True, eq=False)
class Figures:
    """Published rows and the cells each of them shows or can be undone into.

    Row `rows[i]` (of `length`) uses cell `cells[i]`; it may be seen only if all it uses may be.
    """

    length: int
    rows: Ints
    cells: Ints

    def status(self, hidden: Statuses) -> Statuses:
        """int8[length]: primary if a cell used is primary, else secondary if one is, else seen."""
        used = hidden[self.cells]
        status = np.full(self.length, VISIBLE, dtype=np.int8)
        status[self.rows[used == SECONDARY]] = SECONDARY
        status[self.rows[used == PRIMARY]] = PRIMARY
        return status

    def using(self, cells: Bools) -> Bools:
        """Which rows use one of the cells, bool[length]; `cells`: bool[n]."""
        using = np.zeros(self.length, dtype=np.bool_)
        using[self.rows[cells[self.cells]]] = True
        return using

    def used_by(self, rows: Bools, n: int) -> Bools:
        """Which of `n` cells one of the rows uses, bool[n]; `rows`: bool[length]."""
        used = np.zeros(n, dtype=np.bool_)
        used[self.cells[rows[self.rows]]] = True
        return used
