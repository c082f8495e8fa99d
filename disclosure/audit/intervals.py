"""The smallest and largest value a reader has to believe possible, cell by cell.

Belongs here: exact answers for named cells. Not here: whether they are wide enough (`audit`, which needs
far fewer programs).
"""

from __future__ import annotations

import numpy as np

from disclosure.audit.programs import extreme
from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import TOLERANCE, Floats, Ints, View


def intervals(view: View, cells: Ints, *, whole: bool = False) -> tuple[Floats, Floats]:
    """The interval of each of `cells` over every relation at once: (smallest float64[k], largest float64[k]).

    A visible cell's interval is its value; a largest value is infinite where nothing limits it. `whole` narrows each
    limit to whole numbers; what only a combination of whole numbers excludes is not seen, so that an interval is never
    too narrow. Raises Contradiction where no values fit.
    """
    unknowns = unknowns_of(view, whole=whole)
    place = {int(cell): at for at, cell in enumerate(unknowns.cells)}
    smallest = unknowns.least[cells].copy()
    largest = unknowns.largest[cells].copy()
    for at, cell in enumerate(cells):
        if int(cell) in place:
            unknown = place[int(cell)]
            smallest[at] = extreme(unknowns, unknown, -1.0)
            largest[at] = extreme(unknowns, unknown, 1.0)
    if whole:
        smallest, largest = np.ceil(smallest - TOLERANCE), np.floor(largest + TOLERANCE)
    return smallest, largest
