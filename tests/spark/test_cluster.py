"""A night on a cluster of a master and two workers: the local engine's figures to the byte, whatever happens to a worker."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from blocks.damage import DamagedBlockError
from blocks.engines import LocalEngine
from blocks.faults import EngineUnavailableError
from blocks.layout import lay_out
from blocks.spark_engine import SparkEngine
from blocks.spark_session import Cluster
from blocks.store import BlockStore
from indicators import passes
from tests.spark.cluster import StandaloneCluster
from tests.spark.conftest import BITS, House
from tests.spark.held import held_answer, persons_of

pytestmark = [pytest.mark.program("java"), pytest.mark.package("pyspark")]
LONGEST_SECONDS = 600.0


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_no_master_ends_the_night_and_a_lost_worker_changes_nothing(
    house: House,
    local_night: House,
    cluster: StandaloneCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Bound and not listening: nobody else can answer there.
        url = f"spark://127.0.0.1:{taken.getsockname()[1]}"
        assert house.run("--engine", "spark", "--spark-master", url) == 30
    assert f"Spark på {url} svarer ikke" in capfd.readouterr().err
    assert not (house.home / "published").exists()

    gate = tmp_path / "gate"
    gate.mkdir()
    monkeypatch.setattr(passes, "answer", partial(held_answer, str(gate)))
    with _accident(gate, cluster):
        assert house.run("--engine", "spark", "--spark-master", cluster.url) == 0
    # The block that was lost was begun twice.
    assert len(list(gate.iterdir())) == (1 << BITS) + 1 + 1
    assert house.tables() == local_night.tables()
    told = capfd.readouterr().err.splitlines()
    assert [line for line in told if " s  " not in line] == []
    assert list((house.home / "tmp").glob("spark*")) == []


@contextmanager
def _accident(gate: Path, cluster: StandaloneCluster) -> Iterator[None]:
    """Kill a worker once one task at each is under way; put another in its place afterwards."""

    def accident() -> None:
        _until(lambda: len({mark.name.split("-")[0] for mark in gate.iterdir()}) == 2)
        cluster.lose_worker()
        (gate / "open").touch()

    killing = threading.Thread(target=accident)
    killing.start()
    try:
        yield
    finally:
        (gate / "open").touch()
        killing.join()
    cluster.add_worker()


def test_blocks_come_back_in_order_and_a_damaged_one_is_named(
    tmp_path: Path, cluster: StandaloneCluster
) -> None:
    stores = {"people": _store(tmp_path, BITS)}
    engine = SparkEngine(Cluster(cluster.url, tmp_path / "tmp"), ("blocks",))
    assert list(engine.map(persons_of, stores)) == list(LocalEngine(1).map(persons_of, stores))
    damaged = BlockStore.file(stores["people"].path, 5)
    content = bytearray(damaged.read_bytes())
    content[len(content) // 3] ^= 0xFF
    damaged.write_bytes(content)
    with pytest.raises(DamagedBlockError, match=f"blokken {damaged} er beskadiget"):
        list(engine.map(persons_of, stores))


def test_a_cluster_without_workers_is_given_up(tmp_path: Path) -> None:
    empty = StandaloneCluster(tmp_path)
    try:
        engine = SparkEngine(Cluster(empty.url, tmp_path / "tmp", patience=3.0), ("blocks",))
        with pytest.raises(EngineUnavailableError, match="ingen arbejder i 3 sekunder"):
            list(engine.map(persons_of, {"people": _store(tmp_path, 0)}))
    finally:
        empty.end()


def _store(folder: Path, bits: int) -> BlockStore:
    persons = np.random.default_rng(1).integers(0, 1 << 64, 1_000, dtype=np.uint64)
    table = pa.table({"person": persons})
    return lay_out([table], table.schema, bits, folder / "store", lambda kept: kept)
