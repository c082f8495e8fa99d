"""A reader of the published tree who never stops looking (I2).

Belongs here: following the pointer every ten milliseconds and opening whole what was not there before. Not here: the rest of
what must hold (`invariants`).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from exports.published_sets import MANIFEST, POINTER, verify_set
from tests.whole.faults.history import MONTH, PLAN

POLL_SECONDS = 0.01


@dataclass
class Reader:
    """What a reader saw: `problems`, and the manifest of each set."""

    tree: Path
    problems: list[str] = field(default_factory=list)
    looks: int = 0
    seen: dict[Path, bytes] = field(default_factory=dict)
    _looking: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> None:
        """Follow the pointer once."""
        self.looks += 1
        try:
            place = (self.tree / PLAN / MONTH / POINTER).resolve(strict=True)
            manifest = (place / MANIFEST).read_bytes()
        except OSError as missing:
            self.problems.append(f"nothing where the pointer leads: {missing.strerror}")
            return
        if place not in self.seen:
            self.seen[place] = manifest
            self.problems += verify_set(place)
        elif self.seen[place] != manifest:
            self.problems.append(f"{place.name} was changed")

    @contextmanager
    def away(self) -> Iterator[None]:
        """Look at nothing meanwhile."""
        with self._looking:
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Look all the while."""
        over = threading.Event()

        def follow() -> None:
            while not over.wait(POLL_SECONDS):
                with self._looking:
                    self.look()

        thread = threading.Thread(target=follow)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
        assert self.looks, "the reader never looked"
