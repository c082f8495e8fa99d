"""A night of the local engine on people cut into eight blocks, copies of its home with the statistics to be taken again,
and a cluster."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from blocks import layout
from blocks.store import BlockStore
from pipelines.cli import main
from synthetic.generator import generate
from tests.spark.cluster import StandaloneCluster

MONTH, FROM_MONTH = "2020-06", "2020-01"
PERSONS, PEOPLE_IN_A_BLOCK, BITS = 2_000, 300, 3
KEY = "5a" * 32


@dataclass(frozen=True)
class House:
    """A home and its inbox."""

    home: Path
    inbox: Path

    def run(self, *engine: str) -> int:
        """One night; returns the exit code."""
        where = ["--home", str(self.home), "--inbox", str(self.inbox)]
        return main(["run", *where, "--month", MONTH, "--from-month", FROM_MONTH, *engine])

    def tables(self) -> tuple[bytes, bytes]:
        """The month's indicators.csv, protected and internal."""
        return self._table("--protected"), self._table("--internal")

    def _table(self, kind: str) -> bytes:
        out = self.home.parent / "indicators.csv"
        asked: Sequence[str] = ["--home", str(self.home), "--month", MONTH, "--out", str(out), kind]
        assert main(["indicators", *asked]) == 0
        return out.read_bytes()


@pytest.fixture(scope="session")
def local_night(tmp_path_factory: pytest.TempPathFactory) -> House:
    """What the local engine makes."""
    root = tmp_path_factory.mktemp("local")
    house = House(root / "home", root / "inbox")
    generate(house.inbox, PERSONS, FROM_MONTH, MONTH, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIDTVEJS_KEY", KEY)
        for name in ("MIDTVEJS_HOME", "DAGSTER_HOME"):
            patch.setenv(name, os.environ.get(name, ""))
        patch.setattr(layout, "PEOPLE_IN_A_BLOCK", PEOPLE_IN_A_BLOCK)
        assert house.run("--engine", "local") == 0
        for described in (house.home / "registers").glob("weeks/*/blocks.json"):
            assert BlockStore.open(described.parent).bits == BITS
    return house


@pytest.fixture
def house(local_night: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A copy whose registers are laid out and whose statistics are still to be taken."""
    monkeypatch.setenv("MIDTVEJS_KEY", KEY)
    for name in ("MIDTVEJS_HOME", "DAGSTER_HOME"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(layout, "PEOPLE_IN_A_BLOCK", PEOPLE_IN_A_BLOCK)
    own = House(tmp_path / "home", tmp_path / "inbox")
    shutil.copytree(local_night.home, own.home, symlinks=True)
    shutil.copytree(local_night.inbox, own.inbox)
    for made in ("statistics", "internal", "published"):
        shutil.rmtree(own.home / made)
    return own


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandaloneCluster]:
    """A master and two workers."""
    started = StandaloneCluster(tmp_path_factory.mktemp("spark"))
    try:
        started.add_worker()
        started.add_worker()
        yield started
    finally:
        started.end()
