"""Dagster's own storage in SQLite, without opening and closing a file at every event.

Belongs here: the storage that a home's `dagster.yaml` names. Not here: what is stored, PostgreSQL (`server_storage`).

A full night stores eleven hundred events. Dagster's class opens a connection two to five times for each: every statement is
compiled anew, and whoever closes a database last writes all of it to the disk. See docs/adr/0042.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import EventLogEntry
from dagster._core.storage.event_log.polling_event_watcher import SqlPollingEventWatcher
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, inspect

FILES = 16
"""How many files are kept open: the index, and the runs looked at last."""


class ChecksWithoutMonths(SqlEventLogStorage):
    """An event log in which a check without months is planned where its result will stand."""

    def _update_asset_check_evaluation(self, event: EventLogEntry, event_id: int | None) -> None:
        """Dagster plans every check of a month's run under the month and looks for one without months under none: the plan
        would stand beside its result for good, shown as skipped."""
        evaluation = event.get_dagster_event().asset_check_evaluation_data
        if evaluation.partition is None:
            table = AssetCheckExecutionsTable
            planned = table.update().where(
                table.c.asset_key == evaluation.asset_key.to_string(),
                table.c.check_name == evaluation.check_name,
                table.c.run_id == event.run_id,
            )
            with self.index_connection() as index:
                index.execute(planned.values(partition=None))
        super()._update_asset_check_evaluation(event, event_id)


class LocalEventLog(ChecksWithoutMonths, SqliteEventLogStorage):
    """Dagster's event log in files, one a run and an index, that stay open; a batch is one transaction a file."""

    def __init__(self, base_dir: str) -> None:
        self._turn = threading.RLock()
        self._open: dict[str, Connection] = {}
        self._engines: dict[str, Engine] = {}
        self._tables: set[str] = set()
        self._watcher = SqlPollingEventWatcher(self)
        super().__init__(base_dir)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store the events of one run: all of them or, when that fails, none."""
        with self.run_connection(events[0].run_id), self.index_connection():
            for one in events:
                self.store_event(one)

    def delete_events(self, run_id: str) -> None:
        """A run's file goes as it is; only the index is a matter of rows."""
        with self._turn:
            if engine := self._engines.pop(run_id, None):
                engine.dispose()
            self._initialized_dbs.discard(run_id)
            for path in Path(self._base_dir).glob(f"{run_id}.db*"):
                path.unlink()
            with self.index_connection() as index:
                self.delete_events_for_run(index, run_id)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; those it has it keeps."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def watch(
        self, run_id: str, cursor: str | None, callback: Callable[[EventLogEntry, str], None]
    ) -> None:
        """Tell of a run's events as they come, by asking, as Dagster does on PostgreSQL; its class for files waits for one
        to change, and one that stays open does not."""
        self._watcher.watch_run(run_id, cursor, callback)

    def end_watch(self, run_id: str, handler: Callable[[EventLogEntry, str], None]) -> None:
        """Tell no more."""
        self._watcher.unwatch_run(run_id, handler)

    def dispose(self) -> None:
        """Close the files."""
        self._watcher.close()
        super().dispose()
        with self._turn:
            while self._engines:
                self._engines.popitem()[1].dispose()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        """The transaction that this thread has open on a file, else a new one; other threads wait."""
        with self._turn:
            if shard in self._open:
                yield self._open[shard]
                return
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                # The stamp is put last. To ask Dagster whether it is the newest takes a tenth of a second a file.
                if not inspect(engine).has_table("alembic_version"):
                    self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                self._open[shard] = connection
                try:
                    yield connection
                finally:
                    del self._open[shard]

    def _engine(self, shard: str) -> Engine:
        """A file's engine, the one asked for longest ago closed when there are too many."""
        engine = self._engines.pop(shard, None) or self._new_engine(shard)
        self._engines[shard] = engine
        if len(self._engines) > FILES:
            oldest = next(name for name in self._engines if name not in self._open)
            self._engines.pop(oldest).dispose()
        return engine

    def _new_engine(self, shard: str) -> Engine:
        """One connection to a file, which threads use in turn."""
        how = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
        address = self.conn_string_for_shard(shard)
        engine = create_engine(address, poolclass=StaticPool, connect_args=how)
        event.listen(engine, "connect", _write_in_order)
        return engine


class LocalStorage(DagsterSqliteStorage):
    """Dagster's storage in the folder `base_dir`, with the event log above; Dagster's own class reads the files too."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        self._event_log_storage = LocalEventLog(str(Path(base_dir) / "history" / "runs"))

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Any
    ) -> LocalStorage:
        """As the settings file says: `base_dir`."""
        return cls.from_local(inst_data=inst_data, **config_value)


def _write_in_order(connection: Any, _: object) -> None:
    """A commit reaches the system at once and the disk later: a power failure takes the last events, nothing else."""
    connection.execute("PRAGMA synchronous=NORMAL")
