"""Two faultless nights, and a house where the second of them can go wrong.

Belongs here: the inbox, beginning a night in a house, and what a faultless history leaves. Not here: how a night becomes a
process (`nights`), what must hold afterwards (`invariants`), what goes wrong (`plants` and the tests).

The first night takes in three sources and publishes one plan's set of one month: with more, most of a night is spent on
hiding cells. Before the second the population is delivered anew, corrected, so that the second publishes a new version of
the same month.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from synthetic.generator import generate
from tests.canaries import CANARIES
from tests.whole.faults.nights import Begun, begin, begin_anew

MONTH = "2020-06"
PERSONS = 150
KEY = "5a" * 32
KEPT = ("dream", "population", "target_group")
PLAN = "indsatsplan-2018-2022"
LONGEST = 400.0
"""Seconds no night here may reach: the invariant that every run ends."""
INHERITED = ("PATH", "HOME", "PYTHONPATH", "LANG")
DISTRICTS = (b"Valby", b"Vanl\xc3\xb8se", b"Br\xc3\xb8nsh\xc3\xb8j-Husum")


class Ended(NamedTuple):
    """How a night ended: its exit code (negative: the signal that killed it) and all it said."""

    code: int
    said: str


@dataclass
class House:
    """A home with its inbox, the folder for temporary files, and what its nights have said so far (`said`, a file).

    Its sets hold no PDF: LibreOffice takes as long for one as the rest of the night.
    """

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def said(self) -> Path:
        return self.root / "said.txt"

    def start(
        self,
        *plants: str,
        more: Mapping[str, str] | None = None,
        month: str = MONTH,
        first: str = "",
        umask: int = 0o022,
        memory: int = 0,
        anew: bool = False,
    ) -> Begun:
        """A night begun with faults planted in it. `first`: the first month of its figures, `month` when blank;
        `more`: variables of its environment; `memory`: the bytes of its own it may hold; `anew`: in a Python of its own,
        for what is read when one starts."""
        self.temporary.mkdir(exist_ok=True)
        self.said.touch()  # a night that is killed at once has said nothing
        where = ("--home", str(self.home), "--inbox", str(self.inbox), "--plan", PLAN)
        asked = ("run", *where, "--month", month, "--from-month", first or month)
        environment = self._environment(more or {})
        if anew:
            return begin_anew(plants, asked, environment, self.said)
        return begin(plants, asked, environment, self.said, umask, memory)

    def night(self, *plants: str, **how: Any) -> Ended:
        """A whole night, begun as by `start`."""
        begun = self._so_far()
        return self.ended(self.start(*plants, **how), begun)

    def ended(self, night: Begun, begun: int = 0) -> Ended:
        """Wait for a night; what it said is what stands in the file after its first `begun` bytes."""
        code = night.wait(LONGEST)
        return Ended(code, self.said.read_bytes()[begun:].decode("utf-8", "replace"))

    def deliver(self, source: str, content: bytes, name: str = "") -> Path:
        """Put a newer delivery of a source in the inbox, finished."""
        path = self.inbox / source / (name or f"{source}_202007.csv")
        path.write_bytes(content)
        path.with_name(path.name + ".done").touch()
        return path

    def newest(self, source: str) -> Path:
        """The source's newest delivery in the inbox."""
        return max((self.inbox / source).glob("*.csv"))

    def published(self) -> dict[str, bytes]:
        """Every published file, and of every pointer where it leads."""
        root = self.home / "published"
        return {
            str(path.relative_to(root)): bytes(path.readlink())
            if path.is_symlink()
            else path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_symlink() or path.is_file()
        }

    def internal(self) -> bytes:
        """The unprotected table of the month."""
        return (self.home / "internal" / MONTH / "indicators.parquet").read_bytes()

    def copy_to(self, other: House) -> None:
        """Have the same in another house."""
        shutil.copytree(self.home, other.home, symlinks=True)
        shutil.copytree(self.inbox, other.inbox)

    def _so_far(self) -> int:
        return self.said.stat().st_size if self.said.exists() else 0

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        own = {
            "MIDTVEJS_DISK_FLOOR_MB": "0",
            "MIDTVEJS_PUBLISH_PDF": "false",
            "MIDTVEJS_KEY": KEY,
            "MIDTVEJS_PROCESSES": "1",
            "MIDTVEJS_REST_SECONDS": "0",
            "TMPDIR": str(self.temporary),
        }
        return {**kept, **own, **more}


@dataclass(frozen=True)
class History:
    """A house after the first night with the second night's delivery waiting, and after the second. `people`: the numbers
    of everybody in the deliveries; `seconds`: how long the second night took."""

    first: House
    second: House
    people: frozenset[str]
    seconds: float


def corrected(population: bytes, time: int = 0) -> bytes:
    """The population with twenty people moved to one district, those who are there already to the next; each of the first
    four hundred `time`s another content."""
    lines = population.splitlines()
    column = lines[0].split(b";").index(b"bydel")
    people = len(lines) - 1
    turn = time + time // people
    first, second = (DISTRICTS[at % len(DISTRICTS)] for at in (turn, turn + 1))
    for number in range(time, time + 20):
        at = 1 + number % people
        cells = lines[at].split(b";")
        cells[column] = second if cells[column] == first else first
        lines[at] = b";".join(cells)
    return b"\n".join(lines) + b"\n"


def make_history(root: Path) -> History:
    """The two faultless nights, with canaries in what is delivered."""
    first, second = House(root / "first"), House(root / "second")
    people = make_inbox(first)
    ended = first.night()
    assert ended.code == 0, ended.said
    first.deliver("population", corrected(first.newest("population").read_bytes()))
    first.copy_to(second)
    began = time.monotonic()
    ended = second.night()
    seconds = time.monotonic() - began
    assert ended.code == 0, ended.said
    assert second.published() != first.published()
    return History(first, second, people, seconds)


def make_inbox(house: House) -> frozenset[str]:
    """Deliveries of the sources kept, each with a canary for its first person; returns everybody's number."""
    generate(house.inbox, PERSONS, "2019-01", MONTH, 7)
    for folder in house.inbox.iterdir():
        if folder.name not in KEPT:
            shutil.rmtree(folder)
    people = set(CANARIES)
    for source in KEPT:
        path = house.newest(source)
        head, *rows = path.read_text("utf-8").splitlines()
        number = "pnr" if source == "dream" else "cpr"
        column = head.lower().split(";").index(number)
        people |= {row.split(";")[column].strip() for row in rows}
        first = rows[0].split(";")
        first[column] = CANARIES[0]
        path.write_text("\n".join([head, ";".join(first), *rows[1:]]) + "\n", "utf-8")
    return frozenset(people)
