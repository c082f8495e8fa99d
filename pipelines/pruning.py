"""`midtvejs prune`: what is past its retention goes, and it is said what went.

Belongs here: what is old of each kind, and removing it. Not here: how long each kind is kept (`assets.settings.Retention`).

Never touched: what is in force, published sets, the ledger, the entries of the delivery record.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dagster import DagsterInstance, DagsterRunStatus, RunRecord
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage

from assets.before import needed
from assets.settings import Retention
from expectations.contract import SOURCES
from exports.notices import forget
from sources.record import DeliveryRecord

WORTH_GIVING_BACK = 0.1
"""The share of a file that must be unused before it is written anew."""
CHECKS_AT_ONCE = 200
"""How many runs' check results are looked for in one go through the table, which has no index by run."""
UNFINISHED = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


@dataclass(frozen=True)
class Pruned:
    """How many of a kind (in Danish) went, and how many bytes of files they were."""

    kind: str
    number: int
    size: int = 0


def prune(
    instance: DagsterInstance, home: Path, keep: Retention, now: datetime, dry: bool
) -> list[Pruned]:
    """Remove what is past its retention, one entry a kind; with `dry` nothing is removed. The caller makes sure that nothing
    else runs on the home."""

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    return [
        _removed("rå filer", _raw(home, before(keep.deliveries)), dry),
        _removed("tabeller af erstattede leverancer", _tables(home, before(keep.deliveries)), dry),
        _removed(
            "registre og tal, der ikke er i kraft", _versions(home, before(keep.versions)), dry
        ),
        _removed("what-if-sæt", _older(home / "whatif", before(keep.whatif)), dry),
        _removed("midlertidige filer", _older(home / "tmp", before(keep.temporary)), dry),
        Pruned("varsler", 0 if dry else forget(home, before(keep.notices))),
        _runs(instance, before(keep.runs), dry),
    ]


def compact(home: Path) -> None:
    """Give the room of deleted rows in Dagster's SQLite files back to the disk; nothing to do where they are elsewhere."""
    for path in (home / "dagster").rglob("*.db"):
        with closing(sqlite3.connect(path, timeout=60)) as database:
            pages, unused = (
                database.execute(f"PRAGMA {what}").fetchone()[0]
                for what in ("page_count", "freelist_count")
            )
            if unused > pages * WORTH_GIVING_BACK:
                database.execute("VACUUM")


def _raw(home: Path, before: datetime) -> Iterator[Path]:
    """Raw files that no delivery in force and no younger one was made of."""
    record = DeliveryRecord(home)
    wanted: set[tuple[str, str]] = set()
    old: set[tuple[str, str]] = set()
    for source in SOURCES:
        in_force = {entry.id for entry in record.in_force(source)}
        for entry in record.all(source):
            young = datetime.fromisoformat(entry.received_at) >= before
            names = {str(file["sha256"]) for file in entry.files} | {entry.sha256}
            (wanted if young or entry.id in in_force else old).update(
                (source, name) for name in names
            )
    for source, name in sorted(old - wanted):
        yield from sorted((home / "raw" / source).glob(f"{name}*"))


def _tables(home: Path, before: datetime) -> Iterator[Path]:
    """Tables and quarantine lists of deliveries no longer in force; the entry itself stays."""
    record = DeliveryRecord(home)
    for source in SOURCES:
        in_force = {entry.id for entry in record.in_force(source)}
        for entry in record.all(source):
            if entry.id in in_force or datetime.fromisoformat(entry.received_at) >= before:
                continue
            folder = record.folder(source) / entry.id
            yield from (path for path in sorted(folder.iterdir()) if path.name != "delivery.json")


def _versions(home: Path, before: datetime) -> Iterator[Path]:
    """Versions of registers and figures that no pointer names and no month to be published is held against."""
    published = needed(home)
    for kind in ("registers", "statistics"):
        for folder in sorted(path for path in (home / kind).glob("*") if path.is_dir()):
            pointers = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
            named = {pointer.get("version") for pointer in pointers} | published
            for path in _older(folder, before):
                if path.is_dir() and path.name not in named:
                    yield path


def _older(folder: Path, before: datetime) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if datetime.fromtimestamp(path.lstat().st_mtime, UTC) < before:
            yield path


def _removed(kind: str, paths: Iterator[Path], dry: bool) -> Pruned:
    number = size = 0
    for path in paths:
        number += 1
        size += _size(path)
        if not dry and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif not dry:
            path.unlink()
    return Pruned(kind, number, size)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if file.is_file())


def _runs(instance: DagsterInstance, before: datetime, dry: bool) -> Pruned:
    """Old runs with events and logs; each job's newest success of each month stays, so that the pages still know it."""
    kept: set[tuple[str, str]] = set()
    doomed: list[RunRecord] = []
    for record in instance.get_run_records(order_by="id", ascending=False):
        run = record.dagster_run
        of_month = (run.job_name, run.tags.get("dagster/partition", ""))
        newest = run.status is DagsterRunStatus.SUCCESS and of_month not in kept
        if newest:
            kept.add(of_month)
        old = record.create_timestamp.replace(tzinfo=UTC) < before
        if old and not newest and run.status not in UNFINISHED:
            doomed.append(record)
    ids = [record.dagster_run.run_id for record in doomed]
    if not dry:
        _forget_checks(instance, ids)
        for run_id in ids:
            instance.delete_run(run_id)
            instance.compute_log_manager.delete_logs(prefix=[run_id])
            # Dagster's own class only empties the file of a run.
            for path in Path(instance.root_directory).glob(f"history/runs/{run_id}.db*"):
                path.unlink()
    return Pruned("Dagster-kørsler", len(ids))


def _forget_checks(instance: DagsterInstance, run_ids: Sequence[str]) -> None:
    """Deleting a run leaves its check results behind, six hundred a night."""
    storage = instance.event_log_storage
    assert isinstance(storage, SqlEventLogStorage)
    for start in range(0, len(run_ids), CHECKS_AT_ONCE):
        of_runs = AssetCheckExecutionsTable.c.run_id.in_(run_ids[start : start + CHECKS_AT_ONCE])
        with storage.index_connection() as connection:
            connection.execute(AssetCheckExecutionsTable.delete().where(of_runs))
