"""Dagster's own storage in PostgreSQL, with a connection that each process keeps.

Belongs here: the storage that `deploy/dagster/dagster.yaml` names. Not here: what is stored, SQLite (`event_log`).

Dagster's class opens a connection for every statement. That is a process of the server's and a proof of the password each
time, five thousand times a night: more than the night itself takes. See docs/adr/0042.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage, PostgresEventLogStorage
from dagster_postgres.utils import create_pg_engine, pg_url_from_config

from pipelines.event_log import ChecksWithoutMonths

KEPT, AT_ONCE = 1, 20
"""Connections a process keeps, and how many more its threads may open for a moment."""


class ServerEventLog(ChecksWithoutMonths, PostgresEventLogStorage):
    """Dagster's event log on a server."""

    def dispose(self) -> None:
        """Let the connections go."""
        super().dispose()
        self._engine.dispose()


class ServerStorage(DagsterPostgresStorage):
    """Dagster's storage on a server; one that was restarted is asked whether it answers, and reached anew."""

    def __init__(
        self,
        postgres_url: str,
        should_autocreate_tables: bool = True,
        inst_data: ConfigurableClassData | None = None,
    ) -> None:
        super().__init__(postgres_url, should_autocreate_tables, inst_data)
        self._event_log_storage = ServerEventLog(postgres_url, should_autocreate_tables)
        engine = create_pg_engine(
            postgres_url,
            isolation_level="AUTOCOMMIT",
            pool_size=KEPT,
            max_overflow=AT_ONCE,
            pool_pre_ping=True,
        )
        for storage in (self._run_storage, self._event_log_storage, self._schedule_storage):
            storage._engine = engine

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> ServerStorage:
        """As the settings file says: `postgres_db`, or `postgres_url`."""
        autocreate = config_value.get("should_autocreate_tables", True)
        return cls(pg_url_from_config(config_value), autocreate, inst_data)
