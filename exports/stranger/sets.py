"""Several sets in one reader's hand.

Belongs here: the table of today beside those published before it, as one system. Not here: one table as a system (`system`),
which sets there are (the house says), how wide what is hidden must be (`asking`), what is found (`proof`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from disclosure.audit.linking import linked
from disclosure.audit.view import TOLERANCE, Bools, Ints, View
from exports.stranger.cells import read_cells
from exports.stranger.system import System, as_system


@dataclass(frozen=True, eq=False)
class SetBefore:
    """A set published before: its rows (`tidy_file`) as a reader has them, the same unprotected, and the positions of the
    hidden ones that nobody can suppose to be what they were in sets before it (`apart`)."""

    rows: pd.DataFrame
    truth: pd.DataFrame
    apart: Sequence[int] = ()


@dataclass(frozen=True, eq=False)
class Hand:
    """One view of everything in hand. `systems`: each set's, the newest last; `places`: where its cells are in the view;
    `given_back`: cells of the view that a set before hides apart from others, and the newest shows."""

    view: View
    systems: tuple[System, ...]
    places: tuple[Ints, ...]
    given_back: Ints

    @property
    def means(self) -> Bools:
        """Which cells of the view are means over twelve months, or who is in one such mean and not in another."""
        found = np.zeros(len(self.view.value), dtype=np.bool_)
        for system, place in zip(self.systems, self.places, strict=True):
            own = system.cells.means
            found[place] |= np.concatenate([own, own[system.pairs].all(axis=1)])
        return found

    def as_before(self) -> View:
        """The view of a reader to whom the newest set shows nothing but which counts there are."""
        seen = np.zeros(len(self.view.value), dtype=np.bool_)
        for system, place in zip(self.systems[:-1], self.places[:-1], strict=True):
            seen[place[~system.view.hidden]] = True
        nobody = ~self.view.hidden & ~seen & (np.abs(self.view.value) <= TOLERANCE)
        return replace(self.view, hidden=~seen, lower=np.where(nobody, 0.0, self.view.lower))

    def named(self, cell: int) -> str:
        """A cell of the view in words, without its value."""
        for system, place in zip(reversed(self.systems), reversed(self.places), strict=True):
            at = np.flatnonzero(place == cell)
            if len(at):
                return system.named(int(at[0]))
        raise LookupError(f"no set has cell {cell}")


def in_one_hand(
    before: Sequence[SetBefore], now: System, rows: pd.DataFrame, apart: Sequence[int] = ()
) -> Hand:
    """The sets published before, the oldest first, and the one of today, made of `rows`.

    A count that has the same value in two sets is one unknown: a reader may suppose so as long as they have not seen it
    change. What a set hides `apart` (positions of its rows, told by the house) is another: its being hidden says that
    something has changed. Raises Contradiction where figures do not add up.
    """
    coder = now.cells.coder
    systems = [as_system(read_cells(one.rows, coder), one.truth) for one in before]
    systems.append(now)
    strangers = [
        *(
            _strangers(system, one.truth, one.apart)
            for system, one in zip(systems, before, strict=False)
        ),
        _strangers(now, rows, apart),
    ]
    view, names = systems[0].view, _names(systems[0], strangers[0])
    places = [np.arange(len(names))]
    for system, strange in zip(systems[1:], strangers[1:], strict=True):
        known = pd.Series(np.arange(len(names)), index=names)
        known = known[~known.index.duplicated()]
        own = _names(system, strange)
        at = known.reindex(own, fill_value=-1).to_numpy(np.int64)
        cells = np.flatnonzero((at >= 0) & ~np.isnan(own.get_level_values(1)))
        view, place = linked(
            view, system.view, zip(at[cells].tolist(), cells.tolist(), strict=True)
        )
        names = names.append(own[place >= len(names)])
        places.append(place)
    return Hand(view, tuple(systems), tuple(places), _given_back(systems, strangers, places[-1]))


def _strangers(system: System, rows: pd.DataFrame, apart: Sequence[int]) -> Bools:
    """Which hidden cells the rows of these positions count, bool[cells]."""
    strange = np.zeros(len(system.view.value), dtype=np.bool_)
    if apart:
        keys = read_cells(rows.iloc[list(apart)], system.cells.coder).cells.key
        strange[: len(system.cells)] = np.isin(system.cells.key, keys)
    strange &= system.view.hidden
    return strange


def _given_back(systems: Sequence[System], strangers: Sequence[Bools], place: Ints) -> Ints:
    """Where the newest set alone shows, with the same value, what stands apart in one before: places in the view."""
    away = np.zeros(len(place), dtype=np.bool_)
    seen = away.copy()
    names = _names(systems[-1], away)
    for system, strange in zip(systems[:-1], strangers[:-1], strict=True):
        away |= names.isin(_names(system, ~strange))
        seen |= names.isin(_names(system, system.view.hidden))
    named = ~np.isnan(names.get_level_values(1))
    back: Ints = place[named & away & ~seen & ~systems[-1].view.hidden]
    return back


def _names(system: System, nameless: Bools) -> pd.MultiIndex:
    """Each count by whom it counts, and its value, which the `nameless` lack. A difference has none: it is the same where
    both its sides are."""
    value = np.full(len(system.view.value), np.nan)
    value[: len(system.cells)] = system.view.value[: len(system.cells)]
    value[nameless] = np.nan
    key = np.full(len(value), -1)
    key[: len(system.cells)] = system.cells.key
    return pd.MultiIndex.from_arrays([key, value])
