"""The inbox: which deliveries of a source are there, which are at rest, and in what order they
count.

Belongs here: what is a file to read and what is not, and two looks apart. Does not belong here:
names of parts (`arrivals`), reading what is in a file. Links are never followed; what is not read
is told in words.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from sources.arrivals import Arrival, Candidate, Look, gather, in_order
from sources.files import shown_text

_NEVER_STARTS = (".", "~$")
_NEVER_ENDS = (".tmp", ".part", ".filepart")
_DONE = ".done"
_NEARLY = 0.75
"""How alike a folder's name is to a source's that it was meant for, by difflib's measure."""


class InboxAwayError(Exception):
    """The inbox cannot be looked in; the message is in Danish."""


@dataclass(frozen=True)
class Rest:
    """When files are at rest: unchanged for `seconds`; a set of parts with one missing is given
    up when the others have lain still for `parts_seconds` (the same when None).
    """

    seconds: float = 30.0
    parts_seconds: float | None = None

    def needed(self, arrival: Arrival) -> float:
        """How long the files of `arrival` must lie still before it is judged."""
        if arrival.fault is None or self.parts_seconds is None:
            return self.seconds
        return self.parts_seconds


@dataclass(frozen=True)
class Looked:
    """The deliveries of a source: `ready` in the order they count, `waiting` not at rest or not
    all there, and words on what was `ignored`. `since`: from when each waiting file has looked
    as it does.
    """

    ready: tuple[Arrival, ...]
    waiting: tuple[Arrival, ...]
    ignored: tuple[str, ...]
    since: dict[Look, str]


def require_at_hand(inbox: Path, delivered_before: Callable[[], bool]) -> None:
    """Raise InboxAwayError for an inbox that is not there, or that has no folder though something was delivered before.

    Either is most likely a drive that is not connected, and would pass for a night without news.
    """
    if not inbox.is_dir():
        raise InboxAwayError(f"Indbakken {inbox} er der ikke. Er drevet forbundet?")
    if not any(found.is_dir() for found in inbox.iterdir()) and delivered_before():
        raise InboxAwayError(
            f"Indbakken {inbox} er tom, selv om der er leveret før. Er drevet forbundet? Ellers lav en mappe til en kilde."
        )


def folders_of_nobody(inbox: Path, sources: Collection[str]) -> tuple[str, ...]:
    """Words on the folders of the inbox that are none of the `sources`', so that nothing reads them. Only one that is nearly
    a source's is named: any other may bear a person's name."""
    told, others = [], 0
    for name in sorted(path.name for path in inbox.iterdir() if path.is_dir()):
        if name in sources or name.startswith(_NEVER_STARTS):
            continue
        if meant := get_close_matches(name.casefold(), sources, n=1, cutoff=_NEARLY):
            told.append(
                f"Mappen {shown_text(name)} i indbakken er ingen kildes og læses ikke; er det {meant[0]}?"
            )
        else:
            others += 1
    if others:
        told.append(f"Mapper i indbakken, der ingen kildes er og ikke læses: {others}.")
    return tuple(told)


def look(
    source: str,
    inbox: Path,
    known: frozenset[frozenset[Look]],
    earlier: Mapping[Look, str],
    rest: Rest,
    now: datetime,
) -> Looked:
    """Find the deliveries of `source` that are new and at rest.

    One whose files are `known` was judged before and is left out. A file with a `.done` companion
    is at rest at once; so is one that has looked the same long enough, `earlier` saying from when
    (ISO time). For the others this waits once, `rest.seconds`.
    """
    candidates, ignored = _scan(source, inbox)
    since = dict(earlier)
    ready, waiting = _split(gather(candidates, known), since, rest, now)
    moment = now
    if waiting:
        time.sleep(rest.seconds)
        moment = now + timedelta(seconds=rest.seconds)
        since = {item.look: now.isoformat() for item in candidates} | since
        candidates, ignored = _scan(source, inbox)
        ready, waiting = _split(gather(candidates, known), since, rest, moment)
    looks = [piece.look for arrival in waiting for piece in arrival.pieces]
    return Looked(
        tuple(in_order(source, ready)),
        tuple(waiting),
        tuple(ignored),
        {look: since.get(look, moment.isoformat()) for look in looks},
    )


def glance(
    source: str,
    inbox: Path,
    known: frozenset[frozenset[Look]],
    earlier: Mapping[Look, str],
    rest: Rest,
    now: datetime,
) -> tuple[list[Arrival], dict[Look, str]]:
    """As `look`, without waiting: the deliveries that are at rest by what `earlier` says, and from when each file has
    looked as it does now.
    """
    candidates, _ = _scan(source, inbox)
    since = {item.look: earlier.get(item.look, now.isoformat()) for item in candidates}
    ready, _ = _split(gather(candidates, known), since, rest, now)
    return in_order(source, ready), since


def _split(
    arrivals: Sequence[Arrival], since: Mapping[Look, str], rest: Rest, moment: datetime
) -> tuple[list[Arrival], list[Arrival]]:
    """The deliveries that may be judged at `moment`, and those that must wait; `since` says from
    when each file has looked as it does.
    """
    ready: list[Arrival] = []
    waiting: list[Arrival] = []
    for arrival in arrivals:
        needed = timedelta(seconds=rest.needed(arrival))

        def still(piece: Candidate, needed: timedelta = needed) -> bool:
            first = since.get(piece.look)
            return first is not None and datetime.fromisoformat(first) + needed <= moment

        finished = arrival.fault is None
        at_rest = all((piece.done and finished) or still(piece) for piece in arrival.pieces)
        (ready if at_rest else waiting).append(arrival)
    return ready, waiting


def _scan(source: str, inbox: Path) -> tuple[list[Candidate], list[str]]:
    folder = inbox / source
    candidates: list[Candidate] = []
    ignored: list[str] = []
    if not folder.is_dir():
        return candidates, ignored
    names = frozenset(path.name for path in folder.iterdir())
    for name in sorted(names, key=os.fsencode):
        path = folder / name
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        if why := _not_read(name, status.st_mode):
            ignored.append(f"{source}/{shown_text(name)} {why} og læses ikke.")
        elif not name.casefold().endswith(_DONE):
            done = f"{name}{_DONE}" in names
            candidates.append(Candidate(path, status.st_size, status.st_mtime_ns, done))
    return candidates, ignored


def _not_read(name: str, mode: int) -> str:
    """Why something in the inbox is not read, blank when it is."""
    if stat.S_ISDIR(mode):
        return "er en mappe"
    if stat.S_ISLNK(mode):
        return "er en henvisning til en anden fil"
    if not stat.S_ISREG(mode):
        return "er ikke en almindelig fil"
    low = name.casefold()
    if low.startswith(_NEVER_STARTS) or low.endswith(_NEVER_ENDS):
        return "har navn som en midlertidig fil"
    return ""
