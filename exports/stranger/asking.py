"""How wide what is hidden must be, and what is not.

Belongs here: what is asked of each hidden count beside sets published before. Not here: the sets as one system (`sets`), the
solving (`disclosure.audit`), findings in words (`proof`).

A mean over twelve months of which earlier sets show that eleven were of nobody is below the threshold, and everybody knows
it: no set can keep that. It is asked that the months together could be a group of the threshold.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from disclosure.audit.audit import Breach, Needs, audit
from disclosure.audit.view import Bools
from exports.stranger.sets import Hand

_MONTHS = 12


def breaches_in(
    hand: Hand, threshold: int, enough: int, *, downwards: bool = False
) -> tuple[Breach, ...]:
    """Every count that is seen, computed or bounded below the threshold, up to `enough` of a kind; `downwards`: also those
    that are known to be no fewer than they are, though more hiding, in the sets before too, would keep it.

    A mean that is bounded is none where it is so too for whoever sees nothing but the sets before, and its months together
    could be the threshold.
    """
    # A mean could be of one person fewer in one of its months.
    fall = np.where(hand.means, hand.view.value - 1 / _MONTHS, np.nan)
    needs = Needs(threshold, fall=fall, downwards=downwards, enough=enough)
    upwards = replace(needs, downwards=False, enough=None)
    reach = np.full(len(hand.view.value), np.nan)
    while True:
        found = audit(hand.view, replace(needs, reach=reach)).breaches
        narrow = _among(len(reach), [breach.cell for breach in found if breach.kind == "upper"])
        narrow &= hand.means & np.isnan(reach)
        # Where something else is found, the set is refused whatever may be said of means.
        if len(hand.systems) == 1 or not narrow.any() or narrow.sum() < len(found):
            return found
        before = audit(hand.as_before(), replace(upwards, sensitive=narrow)).breaches
        kept = _among(len(reach), [breach.cell for breach in before])
        if not kept.any():
            return found
        # Of more than that, that they could be one more.
        together = np.fmax(threshold, _MONTHS * hand.view.value + 1)
        reach[kept] = together[kept] / _MONTHS


def _among(n: int, cells: list[int]) -> Bools:
    return np.isin(np.arange(n), cells)
