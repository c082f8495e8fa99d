"""What holds after every fault: the invariants I1 to I9 of the specification, asserted on a house that is tried.

Belongs here: looking at what a night left, as somebody from outside would; a `Tried` house does so by itself after each
night and once more at the end. Not here: what went wrong (the tests).
"""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from expectations.contract import SOURCES
from exports.ledger import verify
from exports.notices import kept
from exports.published_sets import verify_set
from sources.record import DeliveryRecord
from tests.canaries import CANARIES, forms
from tests.whole.faults.history import Ended, History, House
from tests.whole.faults.nights import Begun
from tests.whole.faults.reader import Reader
from tests.whole.faults.stopping import kill, kill_with_its_tree
from tests.whole.searching import everything, found

FINISHED = (0, 11)
STOPPED = (10, 20, 30, 40)
KILLED = (-signal.SIGKILL, -signal.SIGTERM)
PIECE = 1 << 14
"""Bytes looked in at a time: a night writes to 85 in a hundred megabytes of a database of 550, and to 4 of these."""
_BEGINS = re.compile(rb" s  (?:l\xc3\xa6ser|register|statistik) ")


@dataclass
class Tried(House):
    """A house something goes wrong in. Whatever a test does, at its end a plain night must leave what a history without the
    fault leaves.

    `notices`: how many faults there may be to be told of, where it is not one for each night that fails. `other_bytes`:
    the fault is in what was delivered or published before, so that other bytes are right. `afterwards`: what is put back
    when the invariants were asserted. `looked_at`: the files no canary was found in, by inode, time and size; `searched`:
    the digests of what was looked in.
    """

    reader: Reader = field(init=False)
    begun: list[Begun] = field(default_factory=list)
    notices: Collection[int] = ()
    failures: int = 0
    other_bytes: bool = False
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    looked_at: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    searched: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reader = Reader(self.home / "published")

    def start(self, *plants: str, **how: Any) -> Begun:
        night = super().start(*plants, **how)
        self.begun.append(night)
        return night

    def night(self, *plants: str, **how: Any) -> Ended:
        before = self.published()
        ended = super().night(*plants, **how)
        self.look_at(ended, before)
        return ended

    def killed_after(self, seconds: float, whole_tree: bool = False) -> Ended:
        """A night killed that long after its start, unless it is done before."""
        before, begun = self.published(), self._so_far()
        night = self.start()
        if night.poll(seconds) is None:
            (kill_with_its_tree if whole_tree else kill)(night.pid)
        ended = self.ended(night, begun)
        self.look_at(ended, before)
        return ended

    def killed_when_it_has_begun(
        self, steps: int, seconds: float, whole_tree: bool = False
    ) -> Ended:
        """A night killed some seconds after it has begun so many steps, however fast the machine is; unless it is done
        before."""
        before, begun = self.published(), self._so_far()
        night = self.start()
        while night.poll(0.02) is None and steps_begun(self.said.read_bytes()[begun:]) < steps:
            pass
        if night.poll(seconds) is None:
            (kill_with_its_tree if whole_tree else kill)(night.pid)
        ended = self.ended(night, begun)
        self.look_at(ended, before)
        return ended

    def look_at(self, ended: Ended, before: dict[str, bytes]) -> None:
        """What holds when a night has ended, however it did; `before`: what was published when it began."""
        assert ended.code in (*FINISHED, *STOPPED, *KILLED), ended
        assert "Traceback" not in ended.said
        after = self.published()
        if ended.code in STOPPED:
            self.failures += 1
            assert after == before, "a night that failed changed what is published"
        for name, content in before.items():
            assert name.endswith("latest") or after[name] == content, f"{name} was changed"
        for path in (self.home / "published").glob("*/*/v*"):
            new = not any(name.startswith(_below(path)) for name in before)
            assert not (new and verify_set(path)), f"{path} is half a set"
        rows_add_up(self)
        no_number_lies_bare(self, self.looked_at, self.searched)

    @contextmanager
    def tree_away(self) -> Iterator[None]:
        """The published tree is out of its place, or spoiled, and nobody reads it meanwhile."""
        with self.reader.away():
            yield

    def converges(self, history: History) -> None:
        """I7: a plain night without any clean-up leaves what a history without the fault left."""
        ended = self.night()
        assert ended.code == 0, ended.said
        assert self.published() == history.second.published()
        assert self.internal() == history.second.internal()

    def end(self, history: History) -> None:
        """All nine, at the end of a test."""
        for night in self.begun:
            assert night.poll(0) is not None, "a night was not over"
        if self.other_bytes:
            ended = self.night()
            assert ended.code == 0, ended.said
        else:
            self.converges(history)
        rows_add_up(self)
        chain_holds(self)
        modes_are_private(self)
        no_number_is_shown(self, history)
        told = kept(self.home)
        assert len(told) in (self.notices or (self.failures,)), [notice.subject for notice in told]
        assert self.reader.problems == []


def steps_begun(said: bytes) -> int:
    """The steps a night has said that it begins, of those that it goes through whatever is there already."""
    return len(_BEGINS.findall(said))


def chain_holds(house: House) -> None:
    """I6: the chain verifies, and each delivery, decision and version stands in it once."""
    assert verify(house.home).problems == ()
    lines = [json.loads(line) for line in (house.home / "ledger.jsonl").read_bytes().splitlines()]
    written = Counter(
        (line["kind"], line["facts"]["delivery"]) for line in lines if line["kind"] != "publication"
    )
    record = DeliveryRecord(house.home)
    entries = [entry for source in SOURCES for entry in record.all(source)]
    expected = Counter(("delivery", entry.id) for entry in entries)
    expected += Counter(("decision", entry.id) for entry in entries if entry.accepted_by)
    assert written == expected
    published = Counter(
        (line["facts"]["plan"], line["facts"]["month"], line["facts"]["version"])
        for line in lines
        if line["kind"] == "publication"
    )
    folders = (house.home / "published").glob("*/*/v*")
    assert published == Counter(
        (path.parts[-3], path.parts[-2], int(path.name[1:])) for path in folders
    )


def rows_add_up(house: House) -> None:
    """I8, from the record."""
    record = DeliveryRecord(house.home)
    for source in SOURCES:
        for entry in record.all(source):
            assert entry.rows_in == entry.used + entry.quarantined + entry.duplicates, entry.id


def no_number_is_shown(house: House, history: History) -> None:
    """I5: in no file but the inbox and the raw store, however packed; what was said is looked in too."""
    places = everything(house.root, house.inbox, house.home / "raw")
    assert found(places, CANARIES, history.people) == []


def no_number_lies_bare(
    house: House, looked_at: dict[Path, tuple[int, int, int]], searched: set[bytes]
) -> None:
    """I5 at a glance, for the middle of a test: the canaries in any form, in the files as they are.

    `looked_at`: which file was where when it was last looked at; what has not been written to since is passed over.
    `searched`: the digests of the pieces that were looked in: a database of two hundred nights changes in few of them.
    """
    wanted = [form for number in CANARIES for form in forms(number)]
    for path in house.root.rglob("*"):
        inside = path.is_relative_to(house.inbox) or path.is_relative_to(house.home / "raw")
        if path.is_file() and not path.is_symlink() and not inside:
            file = path.stat()
            state = file.st_ino, file.st_mtime_ns, file.st_size
            if looked_at.get(path) == state:
                continue
            looked_at[path] = state
            for piece in _pieces(path, overlap=max(map(len, wanted)) - 1):
                digest = blake2b(piece, digest_size=16).digest()
                if digest not in searched:
                    assert not any(form in piece for form in wanted), path
                    searched.add(digest)


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    """A file, `PIECE` bytes at a time, each with the end of the one before."""
    end = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield end + piece
            end = piece[-overlap:]


def modes_are_private(house: House) -> None:
    """Nobody but the owner and, for the published set, the group reads a file."""
    for path in house.home.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            assert not mode & 0o007, path
    assert house.home.stat().st_mode & 0o777 == 0o700


def _below(path: Path) -> str:
    """How the names of a set's files begin, below the published tree."""
    return "/".join(path.parts[-3:]) + "/"
