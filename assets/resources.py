"""The house: what every asset is handed to find its home, inbox, settings, record and engine.

Belongs here: the Dagster resource. Not here: anything a plain function can do (the floors below).
"""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from assets.keys import pseudonym_key
from assets.settings import Settings, load_settings
from sources.record import DeliveryRecord

if TYPE_CHECKING:
    from blocks.engines import Engine

PROGRESS = logging.getLogger("midtvejs.progress")


class House(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Home and inbox of an installation, and the window of months a run looks back over.

    `from_month` is the first month of the figures (`YYYY-MM`); blank takes the settings'.
    """

    home: str
    inbox: str = ""
    from_month: str = ""

    @property
    def path(self) -> Path:
        """The home."""
        return Path(self.home)

    def settings(self) -> Settings:
        """The installation's settings."""
        return load_settings(self.path)

    def inbox_path(self) -> Path:
        """Where deliveries land."""
        return Path(self.inbox or self.settings().inbox or self.path / "inbox")

    def key(self) -> bytes:
        """The pseudonym key of this process."""
        return pseudonym_key()

    def record(self) -> DeliveryRecord:
        """The delivery record."""
        return DeliveryRecord(self.path)

    def engine(self) -> "Engine":
        """The engine that maps statistics over blocks."""
        from blocks.engines import LocalEngine

        processes = self.settings().processes
        return LocalEngine(processes) if processes else LocalEngine()

    def folder(self, kind: str, thing: str) -> Path:
        """Where the versions of a register or an area are kept."""
        return self.path / kind / thing

    def now(self) -> datetime:
        """The moment, for the record and the ledger only."""
        return datetime.now(UTC)

    def tell(self, what: str) -> None:
        """Say what a step is at, for whoever watches the run."""
        PROGRESS.info(what)
