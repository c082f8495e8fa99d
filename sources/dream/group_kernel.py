"""The compiled loop that puts people in order, and meanwhile counts what the checks ask about.

Belongs here: rows of lists taken in an order, weeks with a code, months with a wage, person-weeks of each
code. Does not belong here: which rows and in what order (`dream.storing`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sources.dream.compiling import compiled


class Lists(NamedTuple):
    """The lists of some people, rows x places; one that was not delivered has no places."""

    weeks: npt.NDArray[np.uint16]
    grad: npt.NDArray[np.float32]
    branche: npt.NDArray[np.uint8]


class Counts(NamedTuple):
    """`weeks`: how many weeks of each row have a code. `months`: in how many months each row has a
    wage, by hours or by industry, whichever are more. `codes`: person-weeks of code 0 to 999.
    """

    weeks: npt.NDArray[np.int64]
    months: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]


@compiled
def take(rows: Lists, order: npt.NDArray[np.int64], into: Lists, counts: Counts) -> None:
    """Put the rows numbered in `order` into `into`, and count them in `counts`, which is all 0."""
    for place in range(len(order)):
        row = order[place]
        held = 0
        for week in range(rows.weeks.shape[1]):
            code = rows.weeks[row, week]
            into.weeks[place, week] = code
            if code:
                counts.codes[code] += 1
                held += 1
        counts.weeks[place] = held
        hours = industries = 0
        for month in range(rows.grad.shape[1]):
            degree = rows.grad[row, month]
            into.grad[place, month] = degree
            hours += degree > 0
        for month in range(rows.branche.shape[1]):
            industry = rows.branche[row, month]
            into.branche[place, month] = industry
            industries += industry
        counts.months[place] = max(hours, industries)
