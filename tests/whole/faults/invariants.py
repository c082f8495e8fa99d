"""What holds after every fault: the invariants I1 to I9 of the specification, asserted on a house.

Belongs here: looking at what a night left, as somebody from outside would. Not here: what went wrong (the tests).
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from expectations.contract import SOURCES
from exports.ledger import verify
from exports.publication import MANIFEST, POINTER, verify_set
from sources.record import DeliveryRecord
from tests.canaries import CANARIES, forms
from tests.whole.faults.history import MONTH, PLAN, Ended, History, House
from tests.whole.searching import everything, found

POLL_SECONDS = 0.01


@dataclass
class Watcher:
    """A reader that follows the pointer every ten milliseconds (I2); a set it has not seen before it opens whole."""

    house: House
    problems: list[str] = field(default_factory=list)
    looks: int = 0
    seen: dict[Path, bytes] = field(default_factory=dict)

    def look(self) -> None:
        self.looks += 1
        try:
            place = (self.house.home / "published" / PLAN / MONTH / POINTER).resolve(strict=True)
            manifest = (place / MANIFEST).read_bytes()
        except OSError as missing:
            self.problems.append(f"nothing where the pointer leads: {missing.strerror}")
            return
        if self.seen.setdefault(place, manifest) is manifest:
            self.problems += verify_set(place)
        elif self.seen[place] != manifest:
            self.problems.append(f"{place.name} was changed")


@contextmanager
def watched(house: House) -> Iterator[Watcher]:
    """Have a reader look all the while."""
    watcher, over = Watcher(house), threading.Event()

    def follow() -> None:
        while not over.wait(POLL_SECONDS):
            watcher.look()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield watcher
    finally:
        over.set()
        thread.join()
    assert watcher.looks, "the reader never looked"
    assert not watcher.problems


def nothing_was_published(before: dict[str, bytes], house: House) -> None:
    """I1 for a night that failed."""
    assert house.published() == before


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


def no_number_lies_bare(house: House) -> None:
    """I5 at a glance, for the middle of a test: the canaries in any form, in the files as they are."""
    wanted = [form for number in CANARIES for form in forms(number)]
    for path in house.root.rglob("*"):
        inside = path.is_relative_to(house.inbox) or path.is_relative_to(house.home / "raw")
        if path.is_file() and not path.is_symlink() and not inside:
            content = path.read_bytes()
            assert not any(form in content for form in wanted), path


def modes_are_private(house: House) -> None:
    """Nobody but the owner and, for the published set, the group reads a file."""
    for path in house.home.rglob("*"):
        if not path.is_symlink():
            mode = path.stat().st_mode
            assert not mode & 0o007, path
    assert house.home.stat().st_mode & 0o777 == 0o700


def hold(house: House, ended: Ended | None = None) -> None:
    """All that holds at any time, also right after a kill."""
    if ended is not None:
        assert "Traceback" not in ended.said
    rows_add_up(house)
    no_number_lies_bare(house)


def converges(house: House, history: History) -> None:
    """I7: a plain night without any clean-up leaves what a history without the fault left."""
    ended = house.night()
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()
    assert internal(house.home) == internal(history.second.home)
    rows_add_up(house)
    modes_are_private(house)
    no_number_is_shown(house, history)
    chain_holds(house)


def internal(home: Path) -> bytes:
    """The unprotected table of the month."""
    return (home / "internal" / MONTH / "indicators.parquet").read_bytes()
