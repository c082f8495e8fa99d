"""The house: what every asset is handed to find its home, inbox, settings, record and engine.

Belongs here: the Dagster resource. Not here: anything a plain function can do (the floors below).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import PrivateAttr

from assets.alive import alive, working
from assets.keys import pseudonym_key
from assets.room import require_room
from assets.settings import Settings, load_settings
from assets.stopping import limited, seconds_allowed
from expectations.contract import SOURCES
from sources.inbox import require_at_hand
from sources.record import DeliveryRecord

if TYPE_CHECKING:
    from blocks.engines import Engine
    from plans.schema import Plan

PROGRESS = logging.getLogger("midtvejs.progress")
COUNTING = ("blocks", "indicators")
"""The packages of ours that a statistic needs where it is taken."""


class House(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Home and inbox of an installation, and the window of months a run looks back over.

    `from_month` is the first month of the figures (`YYYY-MM`), `engine_name` where statistics are taken (`local` or
    `spark`), `spark_master` the cluster; what is blank is taken from the settings.
    """

    home: str
    inbox: str = ""
    from_month: str = ""
    engine_name: str = ""
    spark_master: str = ""
    _turn: int = PrivateAttr(default=0)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> "Iterator[House]":
        """Says that the run is alive while its process is, sees that it ends, waits for its turn, and makes sure of room."""
        if context.run is None:
            yield self
            return
        allowed = seconds_allowed(context.run.tags)
        with (
            limited(allowed),
            alive(self.path, context.run.run_id),
            working(self.path, allowed) as turn,
        ):
            require_room(self.path, self.settings().disk_floor_mb)
            self._turn = turn
            yield self

    @property
    def path(self) -> Path:
        """The home."""
        return Path(self.home)

    @property
    def turn(self) -> int:
        """The number of this run's turn on the home; 0 outside a run."""
        return self._turn

    def settings(self) -> Settings:
        """The installation's settings, under what this run was asked."""
        stated = load_settings(self.path)
        return replace(
            stated,
            engine=self.engine_name or stated.engine,
            spark_master=self.spark_master or stated.spark_master,
        )

    def inbox_path(self) -> Path:
        """Where deliveries land."""
        return Path(self.inbox or self.settings().inbox or self.path / "inbox")

    def inbox_at_hand(self) -> Path:
        """Where deliveries land, for whoever looks for some. Raises InboxAwayError (`sources.inbox`)."""
        inbox, record = self.inbox_path(), self.record()
        # A home's own inbox is on no other drive, and may be made when the first delivery is.
        if inbox != self.path / "inbox":
            require_at_hand(inbox, lambda: any(record.in_force(source) for source in SOURCES))
        return inbox

    def key(self) -> bytes:
        """The pseudonym key of this process."""
        return pseudonym_key()

    def plan(self, plan_id: str) -> "Plan":
        """A plan as this house reads it."""
        from plans.loading import load_plan

        return load_plan(plan_id)

    def record(self) -> DeliveryRecord:
        """The delivery record."""
        return DeliveryRecord(self.path)

    def engine(self) -> "Engine":
        """The engine that maps statistics over blocks; raises EngineMissingError when it is not installed."""
        settings = self.settings()
        if settings.engine == "spark":
            from blocks.spark_engine import SparkEngine
            from blocks.spark_session import Cluster

            cluster = Cluster(
                settings.spark_master,
                self.path.resolve() / "tmp",
                settings.spark_driver_host,
                settings.spark_wait_seconds,
            )
            return SparkEngine(cluster, COUNTING)
        from blocks.engines import LocalEngine

        return LocalEngine(settings.processes) if settings.processes else LocalEngine()

    def folder(self, kind: str, thing: str) -> Path:
        """Where the versions of a register or an area are kept."""
        return self.path / kind / thing

    def now(self) -> datetime:
        """The moment, for the record and the ledger only."""
        return datetime.now(UTC)

    def tell(self, what: str, *, step: bool = True) -> None:
        """Say what a step is at, for whoever watches the run; not `step`: how far one has come that was told of."""
        PROGRESS.info(what, extra={"step": step})
