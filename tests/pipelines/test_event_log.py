"""Dagster's event log with files that stay open: it holds what Dagster's own class would hold, and opens each file once."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import DagsterEventType, DagsterInstance
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from assets.periods import monthly
from pipelines import event_log
from pipelines.environments import INSTANCE_SETTINGS
from pipelines.event_log import LocalEventLog
from tests.pipelines.small_nights import instance_of, night

FORK = multiprocessing.get_context("fork")
CHECKS = 20
PLANNED = DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")


def _checked_night(instance: DagsterInstance, month: str | None = None) -> str:
    """A run of one asset with many checks, beside one of months when a month is given; returns its id."""
    names = [f"check_{number}" for number in range(CHECKS)]

    @dg.asset(check_specs=[dg.AssetCheckSpec(name, asset="checked") for name in names])
    def checked() -> dg.MaterializeResult:  # type: ignore[type-arg]
        results = [dg.AssetCheckResult(check_name=name, passed=True) for name in names]
        return dg.MaterializeResult(check_results=results)

    @dg.asset(partitions_def=monthly)
    def of_months() -> None: ...

    assets = [checked, of_months] if month else [checked]
    job = dg.define_asset_job("checks", assets, executor_def=dg.in_process_executor)
    definitions = dg.Definitions(assets, jobs=[job])
    made = definitions.resolve_job_def("checks").execute_in_process(
        instance=instance,
        partition_key=month,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )
    return made.run_id


def test_a_home_has_this_event_log(tmp_path: Path) -> None:
    assert "pipelines.event_log" in INSTANCE_SETTINGS
    with instance_of(tmp_path) as instance:
        assert isinstance(instance.event_log_storage, LocalEventLog)


def test_dagsters_own_class_reads_what_was_stored(tmp_path: Path) -> None:
    with instance_of(tmp_path) as instance:
        run = _checked_night(instance)
        stored = [
            record.event_log_entry
            for record in instance.event_log_storage.get_records_for_run(run).records
        ]
    own = SqliteEventLogStorage(str(tmp_path / "dagster" / "history" / "runs"))
    read = [record.event_log_entry for record in own.get_records_for_run(run).records]
    assert read == stored
    kinds = [entry.dagster_event_type for entry in read]
    assert kinds.count(PLANNED) == CHECKS
    assert kinds.count(DagsterEventType.ASSET_CHECK_EVALUATION) == CHECKS
    assert kinds.count(DagsterEventType.RUN_SUCCESS) == 1
    assert [key.to_user_string() for key in own.all_asset_keys()] == ["checked"]
    keys = [dg.AssetCheckKey(dg.AssetKey("checked"), f"check_{n}") for n in range(CHECKS)]
    latest = own.get_latest_asset_check_execution_by_key(keys)
    assert {record.status.value for record in latest.values()} == {"SUCCEEDED"}


@pytest.mark.parametrize("month", [None, "2020-06"])
def test_a_check_has_one_result_a_run(month: str | None, tmp_path: Path) -> None:
    """And none that is planned for ever, which the pages show as skipped."""
    with instance_of(tmp_path) as instance:
        _checked_night(instance, month)
    with sqlite3.connect(tmp_path / "dagster" / "history" / "runs" / "index.db") as index:
        asked = "SELECT execution_status, count(*) FROM asset_check_executions GROUP BY 1"
        assert index.execute(asked).fetchall() == [("SUCCEEDED", CHECKS)]


def test_each_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    new_engine = LocalEventLog._new_engine

    def counted(self: LocalEventLog, shard: str) -> Any:
        opened.append(shard)
        return new_engine(self, shard)

    monkeypatch.setattr(LocalEventLog, "_new_engine", counted)
    with instance_of(tmp_path) as instance:
        run = _checked_night(instance)
    assert sorted(opened) == sorted(["index", run])
    left = {path.name for path in (tmp_path / "dagster" / "history" / "runs").iterdir()}
    assert left == {"index.db", f"{run}.db"}, "closed, with nothing left to be written into them"


def test_the_files_of_many_runs_are_not_all_kept_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "FILES", 2)
    with instance_of(tmp_path) as instance:
        runs = [_checked_night(instance) for _ in range(4)]
        assert all(len(instance.all_logs(run, of_type=PLANNED)) == CHECKS for run in runs)
        held = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
        open_files = {link.readlink().stem for link in held}
    assert 1 <= len(open_files & set(runs)) <= 2


def test_a_batch_is_stored_whole_or_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first try breaks in the middle: nothing of it may stand there twice after Dagster's second."""
    store, tries = LocalEventLog.store_event, [0]

    def breaks_once(self: LocalEventLog, event: dg.EventLogEntry) -> None:
        tries[0] += 1
        if tries[0] == CHECKS // 2:
            raise sqlite3.OperationalError("disk I/O error")
        store(self, event)

    monkeypatch.setattr(LocalEventLog, "store_event", breaks_once)
    with instance_of(tmp_path) as instance:
        run = _checked_night(instance)
        entries = instance.all_logs(run)
        with sqlite3.connect(tmp_path / "dagster" / "history" / "runs" / "index.db") as index:
            (rows,) = index.execute("SELECT count(*) FROM asset_check_executions").fetchone()
    kinds = [entry.dagster_event_type for entry in entries]
    assert (kinds.count(PLANNED), rows) == (CHECKS, CHECKS)
    assert "disk I/O error" in capsys.readouterr().err


def _one_night(home: Path, month: str) -> None:
    with instance_of(home) as instance:
        night(home, instance, month)


def _long_night(home: Path) -> None:
    with instance_of(home) as instance:
        night(home, instance, "2020-01", seconds=4)


def test_a_run_is_followed_while_another_process_runs_it(tmp_path: Path) -> None:
    """The page of a run shows its events as they come."""
    with instance_of(tmp_path) as instance:
        process = FORK.Process(target=_long_night, args=(tmp_path,))
        process.start()
        while not (runs := instance.get_runs()):
            time.sleep(0.05)
        seen: list[DagsterEventType | None] = []
        started = threading.Event()

        def tell(entry: dg.EventLogEntry, _cursor: str) -> None:
            seen.append(entry.dagster_event_type)
            if entry.dagster_event_type is DagsterEventType.STEP_START:
                started.set()

        instance.watch_event_logs(runs[0].run_id, None, tell)
        assert started.wait(30)
        assert process.is_alive(), "what is told when all is over is told too late"
        assert DagsterEventType.RUN_SUCCESS not in seen
        instance.end_watch_event_logs(runs[0].run_id, tell)
        process.join(60)
        assert process.exitcode == 0


def test_processes_and_threads_write_beside_each_other(tmp_path: Path) -> None:
    months = ["2020-01", "2020-02", "2020-03"]
    with instance_of(tmp_path) as instance:
        ours: list[str] = []
        thread = threading.Thread(target=lambda: ours.append(_checked_night(instance)))
        running = [FORK.Process(target=_one_night, args=(tmp_path, month)) for month in months]
        for started in (*running, thread):
            started.start()
        for started in (*running, thread):
            started.join(120)
        assert [process.exitcode for process in running] == [0, 0, 0]
        assert instance.get_materialized_partitions(dg.AssetKey("figures")) == set(months)
        assert len(instance.all_logs(ours[0], of_type=PLANNED)) == CHECKS
