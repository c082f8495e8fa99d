"""The inbox: which files of a source are there, which are at rest, and in what order they count.

Belongs here: names, file kinds, two looks apart, the stamp in a name. Does not belong here:
reading what is in a file. Links are never followed; what is not a plain file is ignored with a
word.
"""

from __future__ import annotations

import json
import re
import stat
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sources.files import shown_text, write_json

_NEVER_STARTS = (".", "~$")
_NEVER_ENDS = (".tmp", ".part", ".filepart", ".done")
PART = re.compile(r"_part\d+of\d+(?=\.)", re.IGNORECASE)


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
    def look(self) -> tuple[str, int, int]:
        """What must not change between two looks."""
        return (self.path.name, self.size, self.modified_ns)

    @property
    def recorded(self) -> tuple[str, int, int]:
        """The same as the record writes it, where a name may have been masked."""
        return (shown_text(self.path.name), self.size, self.modified_ns)


@dataclass(frozen=True)
class Looked:
    """The files of a source: `ready` in the order they count, `waiting` not at rest, and words on
    what was `ignored`.
    """

    ready: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...]
    ignored: tuple[str, ...]


def look(
    source: str,
    inbox: Path,
    home: Path,
    known: frozenset[tuple[str, int, int]],
    rest_seconds: float,
    now: datetime,
    *,
    remember: bool = True,
) -> Looked:
    """Find the files of `source` that are new and at rest.

    A file in `known` (name, size, time) was judged before and is left out. One with a `.done`
    companion is at rest at once; so is one that looked the same at least `rest_seconds` ago,
    remembered in `<home>/status/looks.json` (not written when `remember` is false). For the
    others this waits once.
    """
    candidates, ignored = _scan(source, inbox)
    candidates = [item for item in candidates if item.recorded not in known]
    memory = home / "status" / "looks.json"
    looks = _remembered(memory)
    seen = looks.get(source, {})
    unsure = [
        item for item in candidates if not (item.done or _rested(item, seen, rest_seconds, now))
    ]
    ready = [item for item in candidates if item not in unsure]
    waiting: list[Candidate] = []
    if unsure:
        time.sleep(rest_seconds)
        again = {item.look for item in _scan(source, inbox)[0]}
        ready += [item for item in unsure if item.look in again]
        waiting = [item for item in unsure if item.look not in again and item.path.exists()]
    if remember and (waiting or seen):
        looks[source] = {item.path.name: [*item.look[1:], now.isoformat()] for item in waiting}
        write_json(memory, looks)
    return Looked(tuple(in_order(source, ready)), tuple(waiting), tuple(ignored))


def in_order(source: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """By the stamp in `<source>_<stamp>` when all have one, otherwise by time, then name."""
    stamp = re.compile(re.escape(source) + r"_(\d{4}[\dT_-]*)", re.IGNORECASE)
    stamps = {item.path: stamp.match(item.path.name) for item in candidates}
    if all(stamps.values()):
        digits = {path: re.sub(r"\D", "", found[1]) for path, found in stamps.items() if found}
        return sorted(
            candidates, key=lambda item: (digits[item.path], item.modified_ns, item.path.name)
        )
    return sorted(candidates, key=lambda item: (item.modified_ns, item.path.name))


def _scan(source: str, inbox: Path) -> tuple[list[Candidate], list[str]]:
    folder = inbox / source
    candidates: list[Candidate] = []
    ignored: list[str] = []
    if not folder.is_dir():
        return candidates, ignored
    for path in sorted(folder.iterdir()):
        low = path.name.casefold()
        if low.startswith(_NEVER_STARTS) or low.endswith(_NEVER_ENDS):
            continue
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(status.st_mode):
            kind = "en mappe" if stat.S_ISDIR(status.st_mode) else "ikke en almindelig fil"
            ignored.append(f"{source}/{shown_text(path.name)} er {kind} og læses ikke.")
            continue
        done = path.with_name(path.name + ".done").exists()
        candidates.append(Candidate(path, status.st_size, status.st_mtime_ns, done))
    return candidates, ignored


def _remembered(memory: Path) -> dict[str, dict[str, list[int | str]]]:
    try:
        looks: dict[str, dict[str, list[int | str]]] = json.loads(memory.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return looks


def _rested(
    item: Candidate, seen: Mapping[str, list[int | str]], rest_seconds: float, now: datetime
) -> bool:
    earlier = seen.get(item.path.name)
    if earlier is None or earlier[:2] != [item.size, item.modified_ns]:
        return False
    return datetime.fromisoformat(str(earlier[2])) + timedelta(seconds=rest_seconds) <= now
