"""Running the main job from the command line: the same job the schedule runs, on the same instance.

Belongs here: launching, and what comes out. Not here: arguments (`cli`), the exit codes' meaning (`outcome`).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.room import require_room
from assets.settings import load_settings
from exports.published_sets import POINTER
from indicators.calendar import parse_month
from pipelines.environments import prepare
from pipelines.outcome import INFRASTRUCTURE, OUT_OF_MEMORY, WRONG_USE, Outcome, outcome_of
from pipelines.progress import Progress
from sources.record import DeliveryRecord


@dataclass(frozen=True)
class Night:
    """What a run is asked: where, which month, how far back, which plans, and by which engine."""

    home: Path
    inbox: Path | None
    month: str
    from_month: str
    plans: Sequence[str]
    engine: str = ""
    spark_master: str = ""


def run(night: Night) -> tuple[Outcome, list[Path]]:
    """Run the job for a month; returns how it ended and the published workbooks it stands for."""
    prepare(night.home)
    _require_room(night.home)
    import dagster as dg
    from sqlalchemy.exc import SQLAlchemyError

    from assets.periods import monthly
    from assets.resources import House
    from assets.unchanged import is_unchanged
    from pipelines.aftermath import settled, tell_unrecorded
    from pipelines.definitions import defs
    from pipelines.jobs import LOOK, NIGHTLY

    months = monthly.get_partition_keys()
    if night.month not in months:
        sentence = f"{night.month} kan ikke beregnes; månederne er {months[0]} til {months[-1]}, den sidste, der er slut."
        return Outcome(WRONG_USE, (sentence,)), []
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = defs.resolve_job_def(NIGHTLY)
    house = {
        "home": str(night.home.resolve()),
        "from_month": night.from_month,
        "engine_name": night.engine,
        "spark_master": night.spark_master,
    }
    if night.inbox is not None:
        house["inbox"] = str(night.inbox.resolve())
    every = job.asset_layer.executable_asset_keys
    if is_unchanged(House(**house), parse_month(night.month), night.plans):
        wanted = [dg.AssetKey(LOOK)]
    else:
        reports = [f"report_{plan.replace('-', '_')}" for plan in night.plans]
        wanted = [key for key in every if _wanted(key.path[-1], reports)]
    config = {
        "resources": {"house": {"config": house}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    try:
        with dg.DagsterInstance.get() as instance, Progress(2 * len(wanted)):
            result = job.execute_in_process(
                instance=instance,
                partition_key=night.month,
                run_config=config,
                asset_selection=wanted,
                raise_on_error=False,
            )
            if unsettled := settled(instance, night.home, datetime.now(UTC)):
                sys.stderr.write(f"{unsettled}\n")
    except (SQLAlchemyError, dg.DagsterError) as fault:
        sentence = _storage_failed(night.home, fault)
        tell_unrecorded(night.home, sentence, datetime.now(UTC))
        return Outcome(INFRASTRUCTURE, (sentence,)), []
    except MemoryError:
        tell_unrecorded(night.home, OUT_OF_MEMORY, datetime.now(UTC))
        return Outcome(INFRASTRUCTURE, (OUT_OF_MEMORY,)), []
    outcome = outcome_of(result, DeliveryRecord(night.home))
    books = [
        book
        for plan in night.plans
        for book in sorted((night.home / "published" / plan / night.month / POINTER).glob("*.xlsx"))
    ]
    return outcome, books


def _require_room(home: Path) -> None:
    """Raise OSError, and keep a notice of it, when there is too little room for a run; Dagster's storage is not touched."""
    try:
        require_room(home, load_settings(home).disk_floor_mb)
    except OSError as fault:
        from pipelines.aftermath import tell_unrecorded

        tell_unrecorded(home, f"{fault.strerror} ({home}).", datetime.now(UTC))
        raise


def _storage_failed(home: Path, fault: Exception) -> str:
    """A sentence without what the database was asked to store."""
    cause = fault.__cause__ or fault
    return (
        f"Dagsters lager i {home / 'dagster'} svigtede ({type(cause).__name__}). Se, om der er plads på disken, og om en "
        "anden bruger databasen; kør så igen."
    )


def _wanted(name: str, reports: Sequence[str]) -> bool:
    return name in reports or not name.startswith("report_") or name == "report_indicators"
