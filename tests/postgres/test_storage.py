"""Dagster's storage on PostgreSQL: eight runs at once lose nothing, and a restart in the middle hangs nobody."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from assets.settings import Retention
from exports.notices import kept
from pipelines.aftermath import settle
from pipelines.pruning import prune
from tests.pipelines.small_nights import instance_of, night
from tests.postgres.conftest import Server

pytestmark = [pytest.mark.program("postgres"), pytest.mark.package("dagster_postgres")]

MONTHS = [f"2020-{month:02d}" for month in range(1, 9)]
FORK = multiprocessing.get_context("fork")


def _one_night(home: Path, month: str) -> None:
    with instance_of(home) as instance:
        night(home, instance, month)


def test_eight_runs_at_once_lose_nothing(home: Path) -> None:
    with instance_of(home):
        pass  # the tables are made once, as `midtvejs` does on the first night
    running = [FORK.Process(target=_one_night, args=(home, month)) for month in MONTHS]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0] * 8
    with instance_of(home) as instance:
        records = instance.get_run_records()
        assert {record.dagster_run.status for record in records} == {dg.DagsterRunStatus.SUCCESS}
        assert instance.get_materialized_partitions(dg.AssetKey("figures")) == set(MONTHS)
        for record in records:
            kinds = [
                entry.dagster_event_type for entry in instance.all_logs(record.dagster_run.run_id)
            ]
            assert kinds.count(dg.DagsterEventType.STEP_SUCCESS) == 1
            assert kinds.count(dg.DagsterEventType.RUN_SUCCESS) == 1


def _long_night(home: Path) -> None:
    with instance_of(home) as instance:
        night(home, instance, "2020-05", seconds=4)


def test_a_restart_in_the_middle_hangs_nobody_and_the_next_run_works(
    home: Path, server: Server
) -> None:
    with instance_of(home):
        pass
    process = FORK.Process(target=_long_night, args=(home,))
    process.start()
    time.sleep(2.5)
    assert process.is_alive(), "the run must be in the middle"
    server.restart()
    process.join(60)
    assert process.exitcode is not None, "the run hangs"
    with instance_of(home) as instance:
        settle(instance, home, datetime.now(UTC))
        (record,) = instance.get_run_records()
        assert record.dagster_run.is_finished
        survived = record.dagster_run.status is dg.DagsterRunStatus.SUCCESS
        assert len(kept(home)) == (0 if survived else 1), "survived, or failed and told once"
        night(home, instance, "2020-06")
        assert "2020-06" in instance.get_materialized_partitions(dg.AssetKey("figures"))


def test_old_runs_are_pruned_from_the_server_too(home: Path) -> None:
    with instance_of(home) as instance:
        old = night(home, instance, "2020-06")
        new = night(home, instance, "2020-06")
        later = datetime.now(UTC).replace(year=datetime.now(UTC).year + 1)
        told = prune(instance, home, Retention(), later, dry=False)
        assert (told[-1].kind, told[-1].number) == ("Dagster-kørsler", 1)
        assert [record.dagster_run.run_id for record in instance.get_run_records()] == [new]
        assert not instance.all_logs(old)


def test_no_password_is_written_below_the_home(home: Path) -> None:
    with instance_of(home) as instance:
        night(home, instance, "2020-06")
    password = os.environ["MIDTVEJS_PG_PASSWORD"].encode()
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if password in path.read_bytes()]


def test_settling_from_many_threads_on_the_server_makes_one_notice(home: Path) -> None:
    with instance_of(home) as instance:
        night(home, instance, "2020-06", ("Disken er fuld.", 30))
        now = datetime.now(UTC)
        threads = [threading.Thread(target=settle, args=(instance, home, now)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(kept(home)) == 1
