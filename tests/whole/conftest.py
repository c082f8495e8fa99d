"""A home after one good night on a small inbox that holds the canaries, made once and copied for every test."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
import pandas as pd
import pytest

from assets import publishing
from disclosure.patterns.cells import ProtectionError
from pipelines.cli import main
from synthetic.generator import generate
from tests.canaries import CANARIES

MONTH, FROM_MONTH = "2020-06", "2020-01"
DELIVERED_FROM = "2019-01"
"""The registers reach back a year and a half; the figures half a year, which has every kind of cell that more have:
sums since January are bound to their months only where January is there."""
PERSONS = 800
KEY = "5a" * 32
NAMING_PEOPLE = (
    "population",
    "target_group",
    "compensation",
    "fleksjob",
    "income",
    "dream",
    "courses",
    "shared_cases",
)


@dataclass(frozen=True)
class Place:
    """A home and its inbox."""

    home: Path
    inbox: Path

    def run(self, plan: str = "") -> int:
        """One night; returns the exit code. `plan`: the only one that is published, where a test looks at no other."""
        return main(
            [
                *("run", "--home", str(self.home), "--inbox", str(self.inbox)),
                *("--month", MONTH, "--from-month", FROM_MONTH),
                *(("--plan", plan) if plan else ()),
            ]
        )

    def newest(self, source: str) -> Path:
        """The source's newest delivery in the inbox."""
        return max((self.inbox / source).glob("*.csv"))

    def deliver(self, source: str, content: bytes) -> None:
        """Put a newer delivery of a source in the inbox, finished."""
        path = self.inbox / source / f"{source}_202007.csv"
        path.write_bytes(content)
        path.with_name(path.name + ".done").touch()

    def published(self) -> dict[str, bytes]:
        """Every published file and pointer."""
        root = self.home / "published"
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="session")
def good_night(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The first night, with a canary in every source that names people."""
    root = tmp_path_factory.mktemp("night")
    place = Place(root / "home", root / "inbox")
    generate(place.inbox, PERSONS, DELIVERED_FROM, MONTH, 7)
    for source in NAMING_PEOPLE:
        path = place.newest(source)
        lines = path.read_bytes().splitlines(keepends=True)
        header = lines[0].decode("utf-8").strip().lower().split(";")
        column = header.index("pnr" if source == "dream" else "cpr")
        cells = lines[1].decode("utf-8").split(";")
        # The first person of the delivery becomes the first canary; the second stands in a row that breaks a rule.
        cells[column] = CANARIES[0]
        bad = ["~"] * len(cells)
        bad[column] = CANARIES[1]
        bad_row = ";".join(bad) + "\n"
        head = [lines[0], ";".join(cells).encode()]
        path.write_bytes(b"".join([*head, *lines[2:], bad_row.encode()]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIDTVEJS_KEY", KEY)
        assert place.run() == 0
    return place


@pytest.fixture
def place(good_night: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A copy of the home after the good night."""
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    for name in ("MIDTVEJS_HOME", "DAGSTER_HOME"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    own = Place(tmp_path / "home", tmp_path / "inbox")
    shutil.copytree(good_night.home, own.home, symlinks=True)
    shutil.copytree(good_night.inbox, own.inbox)
    return own


@pytest.fixture
def ends_before_protection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights end with 40 once all is counted, for tests of the internal table: protecting many months takes minutes."""

    def refuse(table: pd.DataFrame, threshold: int, **_: object) -> NoReturn:
        raise ProtectionError(np.zeros(0, dtype=np.int64))

    monkeypatch.setattr(publishing, "protect_table", refuse)
