"""Several sets in one reader's hand.

Belongs here: the table of today beside those published before it, as one system. Not here: one table as a system (`system`),
which sets there are (the house says), what is found (`proof`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.audit.linking import linked
from disclosure.audit.view import Ints, View
from exports.stranger.cells import read_cells
from exports.stranger.system import System, as_system


@dataclass(frozen=True, eq=False)
class SetBefore:
    """A set published before: its rows (`tidy_file`) as a reader has them, the same unprotected, and whether it hides some
    that sets before it show (`doubted`)."""

    rows: pd.DataFrame
    truth: pd.DataFrame
    doubted: bool = False


@dataclass(frozen=True, eq=False)
class Hand:
    """One view of everything in hand. `systems`: each set's, the newest last; `places`: where its cells are in the view."""

    view: View
    systems: tuple[System, ...]
    places: tuple[Ints, ...]

    def named(self, cell: int) -> str:
        """A cell of the view in words, without its value."""
        for system, place in zip(reversed(self.systems), reversed(self.places), strict=True):
            at = np.flatnonzero(place == cell)
            if len(at):
                return system.named(int(at[0]))
        raise LookupError(f"no set has cell {cell}")


def in_one_hand(before: Sequence[SetBefore], now: System, *, doubted: bool = False) -> Hand:
    """The sets published before, the oldest first, and the one of today.

    A count that has the same value in two sets is one unknown: a reader may suppose so as long as they have not seen it
    change. What a set hides though one before it shows it (`doubted`, told by the house) is another: its being hidden says
    that something has changed. Raises Contradiction where figures do not add up.
    """
    coder = now.cells.coder
    systems = [as_system(read_cells(one.rows, coder), one.truth) for one in before]
    systems.append(now)
    view, places, names = (
        systems[0].view,
        [np.arange(len(systems[0].view.value))],
        _names(systems[0]),
    )
    apart = [*(one.doubted for one in before), doubted]
    for system, strangers in zip(systems[1:], apart[1:], strict=True):
        known = pd.Series(np.arange(len(names)), index=names)
        known = known[~known.index.duplicated()]
        own = _names(system)
        at = known.reindex(own, fill_value=-1).to_numpy(np.int64)
        one = (at >= 0) & ~np.isnan(own.get_level_values(1))
        if strangers:
            one &= ~(system.view.hidden & ~view.hidden[at])
        cells = np.flatnonzero(one)
        view, place = linked(
            view, system.view, zip(at[cells].tolist(), cells.tolist(), strict=True)
        )
        names = names.append(own[place >= len(names)])
        places.append(place)
    return Hand(view, tuple(systems), tuple(places))


def _names(system: System) -> pd.MultiIndex:
    """Each count by whom it counts, and its value. A difference has none: it is the same where both its sides are."""
    value = np.full(len(system.view.value), np.nan)
    value[: len(system.cells)] = system.view.value[: len(system.cells)]
    key = np.full(len(value), -1)
    key[: len(system.cells)] = system.cells.key
    return pd.MultiIndex.from_arrays([key, value])
