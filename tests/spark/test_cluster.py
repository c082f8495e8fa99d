"""A night on a cluster of a master and two workers: the local engine's figures to the byte, whatever happens to a worker."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from blocks.faults import EngineUnavailableError
from blocks.layout import lay_out
from blocks.spark_engine import SparkEngine
from blocks.spark_session import Cluster
from indicators import passes
from tests.spark.cluster import StandaloneCluster
from tests.spark.conftest import House
from tests.spark.held import held_answer

pytestmark = [pytest.mark.program("java"), pytest.mark.package("pyspark")]
LONGEST_SECONDS = 240.0


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_night_on_the_cluster_is_the_local_night(
    house: House, local_night: House, cluster: StandaloneCluster, capfd: pytest.CaptureFixture[str]
) -> None:
    assert house.run("--engine", "spark", "--spark-master", cluster.url) == 0
    told = capfd.readouterr().err.splitlines()
    assert [line for line in told if " s  " not in line] == []
    assert house.tables() == local_night.tables()
    assert list((house.home / "tmp").glob("spark*")) == []


def test_a_worker_killed_in_the_middle_changes_nothing(
    house: House,
    local_night: House,
    cluster: StandaloneCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = tmp_path / "gate"
    gate.mkdir()
    monkeypatch.setattr(passes, "answer", partial(held_answer, str(gate)))

    def accident() -> None:
        # One task at each worker is under way.
        _until(lambda: len({mark.name.split("-")[0] for mark in gate.iterdir()}) == 2)
        cluster.lose_worker()
        (gate / "open").touch()

    killing = threading.Thread(target=accident)
    killing.start()
    try:
        code = house.run("--engine", "spark", "--spark-master", cluster.url)
    finally:
        (gate / "open").touch()
        killing.join()
        cluster.add_worker()
    assert code == 0
    # The block that was lost was begun twice.
    assert len(list(gate.iterdir())) == 8 + 1 + 1
    assert house.tables() == local_night.tables()


def test_a_damaged_block_is_named_and_nothing_is_published(
    house: House, cluster: StandaloneCluster, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = house.store("weeks") / "block-0005.parquet"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 3] ^= 0xFF
    damaged.write_bytes(content)
    assert house.run("--engine", "spark", "--spark-master", cluster.url) == 30
    assert f"blokken {damaged} er beskadiget" in capfd.readouterr().err
    assert not (house.home / "published").exists()


def test_a_cluster_without_workers_is_given_up(tmp_path: Path) -> None:
    empty = StandaloneCluster(tmp_path)
    try:
        store = lay_out(
            [pa.table({"person": pa.array([1], pa.uint64())})],
            pa.schema([("person", pa.uint64())]),
            *(0, tmp_path / "store", lambda table: table),
        )
        engine = SparkEngine(Cluster(empty.url, tmp_path / "tmp", patience=3.0), ("blocks",))
        with pytest.raises(EngineUnavailableError, match="ingen arbejder i 3 sekunder"):
            list(engine.map(len, {"people": store}))
    finally:
        empty.end()


def test_a_master_that_does_not_answer_ends_the_night_at_once(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        # Bound and not listening: nobody else can answer there.
        url = f"spark://127.0.0.1:{taken.getsockname()[1]}"
        assert house.run("--engine", "spark", "--spark-master", url) == 30
    assert f"Spark på {url} svarer ikke" in capfd.readouterr().err
    assert not (house.home / "published").exists()
