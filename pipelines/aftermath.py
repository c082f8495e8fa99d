"""What is to be said after a run: notices of faults, the status page, the last success.

Belongs here: finding what went wrong since, by whatever way it ran. Not here: keeping and sending notices
(`exports.notices`), the page itself (`status_page`).

Everything is read from Dagster's runs and the delivery record, so it can be done at any time and by anyone: at the end of
`midtvejs run`, by the daemon's sensor, by `midtvejs doctor`. A fault is named by what it is, and a name is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunRecord, RunsFilter

from assets.alive import bury, is_alive
from assets.settings import SettingsError, load_settings
from expectations.contract import SOURCES
from exports.locks import LockBusy, exclusive
from exports.notices import keep, send
from pipelines.jobs import NIGHTLY
from pipelines.outcome import INFRASTRUCTURE, NOTHING_COMPUTED, failure_of
from pipelines.status_page import last_success, write_status
from sources.record import DeliveryRecord

LOOK_BACK = timedelta(days=14)
WAIT = 60.0
"""Seconds for another that settles to be done: a mail server that does not answer takes ten a notice."""
UNSTARTED = timedelta(minutes=10)
"""How long a run may be on its way to its first step before it is taken for dead."""
GOING = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
DIED = "Kørslens proces døde, før den var færdig. Den næste kørsel tager over."
_PARTITION = "dagster/partition"


@dataclass(frozen=True)
class Fault:
    """How a run failed: the exit code it stands for, and a Danish sentence."""

    code: int
    sentence: str


def settle(instance: DagsterInstance, home: Path, now: datetime) -> int:
    """Bury dead runs, keep a notice of every new fault, send what is due, and write the status; returns how many notices
    wait. Raises OSError, LockBusy or SettingsError: what ran is not touched by that."""
    with exclusive(home / "locks" / "aftermath.lock", WAIT):
        return _settle(instance, home, now)


def _settle(instance: DagsterInstance, home: Path, now: datetime) -> int:
    clear_stuck(instance, home, now)
    recent = instance.get_run_records(RunsFilter(created_after=now - LOOK_BACK), ascending=True)
    for key, subject, text in [*_refused(home, now), *_failed(instance, recent)]:
        keep(home, key, subject, text, now)
    unsent = send(home, load_settings(home).notices, now)
    write_status(home, recent, now)
    return unsent


def settled(instance: DagsterInstance, home: Path, now: datetime) -> str:
    """As `settle`; what kept it from being done is told as a Danish sentence instead, blank when nothing did."""
    try:
        settle(instance, home, now)
    except (OSError, LockBusy, SettingsError) as fault:
        return f"Status og varsler kunne ikke skrives: {fault}"
    return ""


def tell_unrecorded(home: Path, sentence: str, now: datetime) -> None:
    """Keep and send a notice of a run that Dagster could not record; one until a run succeeds. The command says the
    sentence anyway, so a home where no notice can be kept is nothing more to tell."""
    with suppress(OSError, LockBusy, SettingsError):
        key = f"unrecorded-{_digest(str(last_success(home)))}"
        subject = f"Midtvejsstatus: en kørsel kunne ikke gennemføres ({INFRASTRUCTURE})"
        with exclusive(home / "locks" / "aftermath.lock", WAIT):
            keep(home, key, subject, f"{sentence}\n", now)
            send(home, load_settings(home).notices, now)


def stuck(instance: DagsterInstance, home: Path, now: datetime) -> list[RunRecord]:
    """Runs that Dagster takes for going while their process is dead."""
    going = instance.get_run_records(RunsFilter(statuses=GOING))
    return [record for record in going if _is_dead(home, record, now)]


def clear_stuck(instance: DagsterInstance, home: Path, now: datetime) -> int:
    """Have Dagster say that they failed; returns how many."""
    found = stuck(instance, home, now)
    for record in found:
        instance.report_run_failed(record.dagster_run, DIED)
        bury(home, record.dagster_run.run_id)
    return len(found)


def fault_of(instance: DagsterInstance, record: RunRecord) -> Fault:
    """Why a run failed, from its first failed step."""
    run_id = record.dagster_run.run_id
    events = instance.all_logs(run_id, of_type=DagsterEventType.STEP_FAILURE)
    for entry in events:
        if entry.dagster_event is not None:
            return Fault(*failure_of(entry.dagster_event.step_failure_data))
    if record.dagster_run.status is DagsterRunStatus.CANCELED:
        return Fault(INFRASTRUCTURE, "Kørslen blev afbrudt.")
    return Fault(INFRASTRUCTURE, DIED)


def _is_dead(home: Path, record: RunRecord, now: datetime) -> bool:
    lives = is_alive(home, record.dagster_run.run_id)
    if lives is not None:
        return not lives
    # No lock: it has not come to its first step, or it is just being ended.
    return now - record.update_timestamp.replace(tzinfo=UTC) > UNSTARTED


def _failed(instance: DagsterInstance, recent: Sequence[RunRecord]) -> list[tuple[str, str, str]]:
    """A notice for each failed run, named by its fault and the last success before it: as long as nothing succeeds, the same
    fault is the same one night after night."""
    notices, last_success = [], ""
    for record in recent:
        run = record.dagster_run
        if run.status is DagsterRunStatus.SUCCESS and run.job_name == NIGHTLY:
            last_success = run.run_id
        if run.status not in (DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED):
            continue
        fault = fault_of(instance, record)
        if fault.code == NOTHING_COMPUTED:
            continue  # the refused delivery is the fault, and has a notice of its own
        month = run.tags.get(_PARTITION, "")
        key = f"run-{_digest(str(fault.code), fault.sentence, month, last_success)}"
        of_month = f" for {month}" if month else ""
        notices.append(
            (
                key,
                f"Midtvejsstatus: kørslen{of_month} standsede ({fault.code})",
                f"{fault.sentence}\n\nKørsel {run.run_id}. 'midtvejs doctor' siger, hvad der skal gøres.\n",
            )
        )
    return notices


def _refused(home: Path, now: datetime) -> list[tuple[str, str, str]]:
    """A notice for each delivery refused lately."""
    record = DeliveryRecord(home)
    return [
        (
            # The same bytes judged again, and refused again, are the same fault.
            f"delivery-{entry.id.removesuffix(f'-{entry.sequence}')}",
            f"Midtvejsstatus: en leverance af {source} er {entry.verdict_word}",
            f"{entry.sentence}\n\nLeverance {entry.id}. 'midtvejs deliveries {entry.id}' viser den.\n",
        )
        for source in SOURCES
        for entry in record.all(source)
        if entry.verdict in ("rejected", "suspect")
        and now - datetime.fromisoformat(entry.received_at) < LOOK_BACK
    ]


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
