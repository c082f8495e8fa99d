"""Whether a night has anything to do, found out before it begins.

Belongs here: asking every step whether what it made is what it would make now. Not here: the steps themselves, and what a
night without news runs (`pipelines`).

Nothing is remembered of earlier nights: a killed one, a setting, a new version of the program or a lost file show by
themselves, for each step knows the version its inputs ask for. What lies in the registers' blocks is not read.
"""

from __future__ import annotations

from collections.abc import Sequence

from assets.computing import is_counted
from assets.keeping import NothingKept
from assets.laying_out import is_current
from assets.publishing import is_protected, is_published
from assets.recipes import AREAS, THINGS
from assets.resources import House
from blocks.damage import DamagedBlockError
from expectations.contract import SOURCES, load
from sources.inbox import InboxAwayError
from sources.intake import has_news


def is_unchanged(house: House, month: int, plans: Sequence[str]) -> bool:
    """Whether the night of a month would find nothing new and make nothing that is not there."""
    try:
        if not_taken_in(house) or any(
            load(s).required and not house.record().in_force(s) for s in SOURCES
        ):
            return False
        return (
            all(is_current(house, thing) for thing in THINGS)
            and all(is_counted(house, name, month) for name in AREAS)
            and is_protected(house, month)
            and all(is_published(house, plan, month) for plan in plans)
        )
    except (NothingKept, DamagedBlockError, InboxAwayError, OSError, ValueError, KeyError):
        # Whatever cannot be read is for the night itself to find and to tell.
        return False


def not_taken_in(house: House) -> list[str]:
    """The sources with something in the inbox that was not judged or told yet."""
    inbox, now = house.inbox_at_hand(), house.now()
    return [source for source in SOURCES if has_news(load(source), inbox, house.path, now)]
