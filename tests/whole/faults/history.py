"""Two faultless nights, and a house where the second of them can go wrong.

Belongs here: the inbox, the nights as processes of their own, and what a faultless history leaves. Not here: what must hold
afterwards (`invariants`), what goes wrong (`plants` and the tests).

The first night takes in four sources. Before the second the population is delivered anew, corrected, so that the second
publishes a new version of the same month.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from synthetic.generator import generate
from tests.canaries import CANARIES

MONTH, FROM_MONTH = "2020-06", "2020-04"
PERSONS = 150
KEY = "5a" * 32
KEPT = ("compensation", "dream", "population", "target_group")
PLAN = "indsatsplan-2018-2022"
LONGEST = 400.0
"""Seconds no night here may reach: the invariant that every run ends."""


class Ended(NamedTuple):
    """How a night ended: its exit code (negative: the signal that killed it) and all it said."""

    code: int
    said: str


@dataclass(frozen=True)
class House:
    """A home with its inbox, the folder for temporary files, and what its nights have said so far (`said`, a file).

    Its sets hold no PDF: LibreOffice writes the moment into one, so no two are the same.
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

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What a night is started with."""
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "PYTHONPATH", "LANG")
            if name in os.environ
        }
        own = {
            "MIDTVEJS_DISK_FLOOR_MB": "0",
            "MIDTVEJS_PUBLISH_PDF": "false",
            "MIDTVEJS_KEY": KEY,
            "MIDTVEJS_REST_SECONDS": "0",
            "TMPDIR": str(self.temporary),
        }
        return {**kept, **own, **more}

    def start(
        self, plant: str = "", more: Mapping[str, str] | None = None, month: str = MONTH
    ) -> subprocess.Popen[bytes]:
        """A night begun in a process group of its own."""
        self.temporary.mkdir(exist_ok=True)
        program = ["-m", "tests.whole.faults.plants", plant] if plant else ["-m", "pipelines"]
        asked = ["run", "--home", str(self.home), "--inbox", str(self.inbox)]
        with self.said.open("ab") as stream:
            return subprocess.Popen(
                [sys.executable, *program, *asked, "--month", month, "--from-month", FROM_MONTH],
                stdout=stream,
                stderr=stream,
                env=self.environment(more or {}),
                start_new_session=True,
            )

    def night(
        self, plant: str = "", more: Mapping[str, str] | None = None, month: str = MONTH
    ) -> Ended:
        """A whole night."""
        begun = self.said.stat().st_size if self.said.exists() else 0
        process = self.start(plant, more, month)
        code = process.wait(LONGEST)
        return Ended(code, self.said.read_bytes()[begun:].decode("utf-8", "replace"))

    def killed_after(
        self, seconds: float, how: signal.Signals = signal.SIGKILL, whole_tree: bool = False
    ) -> Ended:
        """A night killed that long after its start, unless it is done before."""
        begun = self.said.stat().st_size if self.said.exists() else 0
        process = self.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            (os.killpg if whole_tree else os.kill)(process.pid, how)
        code = process.wait(LONGEST)
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
        """Every published file and pointer."""
        root = self.home / "published"
        return {
            str(path.relative_to(root)): path.read_bytes() if path.is_file() else b""
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def copy(self, root: Path) -> House:
        """The same house somewhere else."""
        own = House(root)
        shutil.copytree(self.home, own.home, symlinks=True)
        shutil.copytree(self.inbox, own.inbox)
        return own


@dataclass(frozen=True)
class History:
    """A house after the first night with the second night's delivery waiting, and after the second. `people`: the numbers
    of everybody in the deliveries; `seconds`: how long the second night took."""

    first: House
    second: House
    people: frozenset[str]
    seconds: float


def corrected(population: bytes) -> bytes:
    """The population with the first twenty people moved to one district."""
    lines = population.splitlines()
    column = lines[0].split(b";").index(b"bydel")
    for number in range(1, 21):
        cells = lines[number].split(b";")
        cells[column] = b"Valby"
        lines[number] = b";".join(cells)
    return b"\n".join(lines) + b"\n"


def make_history(root: Path) -> History:
    """The two faultless nights, with canaries in what is delivered."""
    first = House(root / "first")
    generate(first.inbox, PERSONS, "2019-01", MONTH, 7)
    for folder in first.inbox.iterdir():
        if folder.name not in KEPT:
            shutil.rmtree(folder)
    people = set(CANARIES)
    for source in KEPT:
        path = first.newest(source)
        lines = path.read_bytes().splitlines(keepends=True)
        column = (
            lines[0]
            .decode()
            .strip()
            .lower()
            .split(";")
            .index("pnr" if source == "dream" else "cpr")
        )
        cells = lines[1].decode().split(";")
        people.add(cells[column].strip())
        cells[column] = CANARIES[0]
        path.write_bytes(b"".join([lines[0], ";".join(cells).encode(), *lines[2:]]))
        people |= {line.decode().split(";")[column].strip() for line in lines[2:]}
    assert first.night().code == 0, first.said.read_text()
    first.deliver("population", corrected(first.newest("population").read_bytes()))
    second = first.copy(root / "second")
    began = time.monotonic()
    assert second.night().code == 0, second.said.read_text()
    seconds = time.monotonic() - began
    assert second.published() != first.published()
    return History(first, second, frozenset(people), seconds)
