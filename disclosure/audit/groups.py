"""Groups of whom all, none, or all but one have a trait: it is then known of each of them, however many they are.

Belongs here: finding such groups among what a reader can know. Not here: which traits are sensitive (the caller names the
groups), counts that are small in themselves (`audit`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from disclosure.audit.unknowns import unknowns_of
from disclosure.audit.view import TOLERANCE, View


@dataclass(frozen=True)
class GroupBreach:
    """`all` or `none` of the people in cell `total` are in cell `part`; `all but one`: that one knows it of the others."""

    total: int
    part: int
    kind: Literal["all", "none", "all but one"]


def group_breaches(
    view: View, groups: Iterable[tuple[int, int]], largest: float = float("inf")
) -> tuple[GroupBreach, ...]:
    """What a reader knows of each (total, part) of `groups`, the part being some of the total's people.

    Groups larger than `largest` people are left out: so many share a trait that it says little of each. Raises
    Contradiction where the figures do not add up.
    """
    unknowns = unknowns_of(view)
    found = []
    for total, part in groups:
        fewest, most = unknowns.least[total], unknowns.largest[total]
        if most <= TOLERANCE or fewest > largest:
            continue
        if fewest >= 1 - TOLERANCE and unknowns.largest[part] <= TOLERANCE:
            found.append(GroupBreach(total, part, "none"))
        elif unknowns.least[part] >= most - TOLERANCE:
            found.append(GroupBreach(total, part, "all"))
        elif most >= 2 and unknowns.least[part] >= most - 1 - TOLERANCE:
            found.append(GroupBreach(total, part, "all but one"))
    return tuple(found)
