"""What counts as one delivery: a file, or the parts one table was cut into.

Belongs here: the names of parts, putting them together in order, and what is wrong with a set that
does not fit. Does not belong here: whether files are at rest (`inbox`), what is in them.

    <source>_<stamp>_part<N>of<M>.<ending>
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sources.files import shown_text
from sources.rejection import Rejection

Look = tuple[str, int, int]
"""Name as the record shows it, size in bytes and time in nanoseconds."""

_PART = re.compile(
    r"(?P<prefix>.*)_part(?P<number>[0-9]{1,9})of(?P<total>[0-9]{1,9})(?P<ending>\.[^/]*)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_NAMED = 10


class Part(NamedTuple):
    """The place a part's name says: `number` of `total`, of the delivery called `prefix`."""

    prefix: str
    number: int
    total: int


@dataclass(frozen=True)
class Candidate:
    """A plain file in the inbox as it looked: size in bytes and time in nanoseconds; `done` when
    its companion says it is finished.
    """

    path: Path
    size: int
    modified_ns: int
    done: bool

    @property
    def look(self) -> Look:
        """What must not change between two looks, the name as the record writes it."""
        return (shown_text(self.path.name), self.size, self.modified_ns)

    @property
    def part(self) -> Part | None:
        """The part this file is, None when its name says it is whole."""
        found = _PART.fullmatch(self.path.name)
        if found is None:
            return None
        return Part(found["prefix"].casefold(), int(found["number"]), int(found["total"]))


@dataclass(frozen=True)
class Arrival:
    """One delivery in the inbox: its files in order, and why they are no whole set (else None)."""

    pieces: tuple[Candidate, ...]
    fault: Rejection | None = None

    @property
    def looks(self) -> frozenset[Look]:
        """The looks of its files."""
        return frozenset(piece.look for piece in self.pieces)

    @property
    def shown(self) -> str:
        """Its name as it may be shown: the first file's, and how many more there are."""
        name = shown_text(self.pieces[0].path.name)
        more = len(self.pieces) - 1
        return f"{name} og {more} {'del' if more == 1 else 'dele'} mere" if more else name


def gather(candidates: Iterable[Candidate], known: frozenset[frozenset[Look]]) -> list[Arrival]:
    """Put files together into deliveries, leaving out those `known` from the record.

    A set of parts that was judged before and has got a part more, or another, is a new delivery.
    """
    sets: dict[str, list[Candidate]] = {}
    arrivals = []
    for candidate in candidates:
        if part := candidate.part:
            sets.setdefault(part.prefix, []).append(candidate)
        else:
            arrivals.append(Arrival((candidate,)))
    for parts in sets.values():
        arrivals += _of_parts(parts, known)
    return [arrival for arrival in arrivals if arrival.looks not in known]


def in_order(source: str, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """By the stamp in `<source>_<stamp>` when all have one, otherwise by time, then name."""
    pattern = re.compile(re.escape(source) + r"_(\d{4}[\dT_-]*)", re.IGNORECASE)
    stamps = [pattern.match(arrival.pieces[0].path.name) for arrival in arrivals]
    stamped = all(stamps)

    def place(at: int) -> tuple[str, int, str]:
        arrival, stamp = arrivals[at], stamps[at]
        digits = re.sub(r"\D", "", stamp[1]) if stamped and stamp else ""
        newest = max(piece.modified_ns for piece in arrival.pieces)
        return (digits, newest, arrival.pieces[0].path.name)

    return [arrivals[at] for at in sorted(range(len(arrivals)), key=place)]


def _of_parts(parts: Sequence[Candidate], known: frozenset[frozenset[Look]]) -> list[Arrival]:
    """The delivery of the files with one prefix; a set of another total that was judged before is
    left aside, so that a table may be cut anew.
    """
    if frozenset(item.look for item in parts) in known:
        return []
    by_total: dict[int, list[tuple[Part, Candidate]]] = {}
    for item in parts:
        if part := item.part:
            by_total.setdefault(part.total, []).append((part, item))
    new = [
        pair
        for same in by_total.values()
        if frozenset(item.look for _, item in same) not in known
        for pair in same
    ]
    new.sort(key=lambda pair: (pair[0].number, pair[0].total, pair[1].path.name))
    fault = _fault([part for part, _ in new])
    return [Arrival(tuple(item for _, item in new), fault)] if new else []


def _fault(parts: Sequence[Part]) -> Rejection | None:
    """Why `parts`, in order, are not one whole set."""
    totals = sorted({part.total for part in parts})
    if len(totals) > 1:
        return Rejection(
            "parts_disagree",
            f"Delene siger forskelligt om, hvor mange de er ({_listed(totals)}).",
            "Levér alle delene igen under et nyt tidsstempel, med samme antal i hvert navn.",
        )
    total = totals[0] if totals else 0
    outside = [part.number for part in parts if not 1 <= part.number <= total]
    if outside:
        return Rejection(
            "part_number",
            f"Del {_listed(outside)} findes ikke i en leverance på {total} dele.",
            "Levér delene igen, nummereret fra 1.",
        )
    counted = Counter(part.number for part in parts)
    doubled = [number for number, count in counted.items() if count > 1]
    if doubled:
        return Rejection(
            "part_doubled",
            f"Del {_listed(doubled)} af {total} findes i mere end én fil.",
            "Levér alle delene igen under et nyt tidsstempel, hver del én gang.",
        )
    if len(counted) < total:
        gap = (number for number in range(1, total + 1) if number not in counted)
        missing = [number for number, _ in zip(gap, range(_MOST_NAMED), strict=False)]
        rest = total - len(counted) - len(missing)
        more = f" og {rest} dele mere" if rest else ""
        return Rejection(
            "part_missing",
            f"Del {_listed(missing)}{more} af {total} er ikke kommet.",
            "Levér de manglende dele; så læses hele leverancen.",
        )
    return None


def _listed(numbers: Sequence[int]) -> str:
    shown = [str(number) for number in numbers[:_MOST_NAMED]]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} og {shown[-1]}"
