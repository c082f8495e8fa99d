"""`midtvejs doctor`: is the installation well, and what is to be done where it is not?

Belongs here: one function a question, each answering with findings and their remedies. Not here: clearing and sending
(`aftermath`), the command (`operating`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from dagster import DagsterError, DagsterInstance
from sqlalchemy.exc import SQLAlchemyError

from assets.keys import KeyProblem, NoKey, pseudonym_key
from assets.resources import House
from assets.room import MEGABYTE, free_mb
from assets.settings import Settings, SettingsError, load_settings
from expectations.contract import SOURCES, load
from exports.ledger import verify
from exports.notices import waiting
from pipelines.aftermath import stuck
from pipelines.schedules import TIME_ZONE, next_tick
from pipelines.status_page import STALE_HOURS, last_success
from plans.loading import PlanError
from sources.inbox import folders_of_nobody

DEFINITIONS = "pipelines.definitions"
LEAST_FREE = 5 * 1024**3
"""Bytes that must be free: the tables of a night of 450,000 people take about two gigabytes."""
PRIVATE = ("raw", "deliveries", "registers", "statistics", "internal", "dagster")
"""Folders of the home that nobody else may look into."""


class State(Enum):
    """How a finding is told."""

    GOOD = "i orden"
    NOTE = "bemærk"
    BAD = "fejl"


@dataclass(frozen=True)
class Finding:
    """What was found out of one thing: a Danish sentence, and what to do when it is not good."""

    about: str
    state: State
    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class Patient:
    """An installation to examine at a moment; the instance of its Dagster is open."""

    home: Path
    settings: Settings
    instance: DagsterInstance
    now: datetime


def examine(home: Path, now: datetime) -> list[Finding]:
    """Everything, the most basic first. What cannot even be asked is a finding itself."""
    found = [*_disk(home), *_key(home), *_permissions(home), *_definitions()]
    try:
        settings = load_settings(home)
        found.append(Finding("indstillinger", State.GOOD, "Kan læses."))
    except SettingsError as problem:
        return [*found, Finding("indstillinger", State.BAD, str(problem), "Ret midtvejs.toml.")]
    try:
        with DagsterInstance.get() as instance:
            patient = Patient(home, settings, instance, now)
            for question in QUESTIONS:
                found += question(patient)
    except (DagsterError, OSError, SQLAlchemyError) as fault:
        sentence = f"Dagsters lager svarer ikke ({type(fault).__name__})."
        remedy = "Se, om databasen i dagster/dagster.yaml kører, og om disken kan skrives."
        found.append(Finding("lager", State.BAD, sentence, remedy))
    return found


def _disk(home: Path) -> Iterator[Finding]:
    free = free_mb(home) * MEGABYTE
    sentence = f"{free / 1024**3:.1f} GB ledige ved {home}."
    if free < LEAST_FREE:
        remedy = f"Skaf plads, til der er {LEAST_FREE / 1024**3:.0f} GB; 'midtvejs prune' fjerner det forældede."
        yield Finding("disk", State.BAD, sentence, remedy)
    elif not os.access(home, os.W_OK):
        remedy = "Giv programmets bruger ret til hjemmet."
        yield Finding("disk", State.BAD, f"Der kan ikke skrives i {home}.", remedy)
    else:
        yield Finding("disk", State.GOOD, sentence)


def _key(home: Path) -> Iterator[Finding]:
    try:
        pseudonym_key()
        yield Finding("nøgle", State.GOOD, "Kan læses, og kun af ejeren.")
    except NoKey as problem:
        # A new one would give everybody in a home that is used another pseudonym.
        used = (home / "deliveries").is_dir()
        sentence = "Der er ingen nøgle til pseudonymer." if used else str(problem)
        remedy = (
            "Sæt MIDTVEJS_KEY_FILE til hjemmets egen nøglefil, eller hent den fra sikkerhedskopien; lav ikke en ny."
            if used
            else "Sæt MIDTVEJS_KEY_FILE til nøglefilen."
        )
        yield Finding("nøgle", State.BAD, sentence, remedy)
    except KeyProblem as problem:
        remedy = "Sæt MIDTVEJS_KEY_FILE til nøglefilen, eller hent nøglen fra sikkerhedskopien."
        yield Finding("nøgle", State.BAD, str(problem), remedy)


def _permissions(home: Path) -> Iterator[Finding]:
    open_ = [
        path
        for path in (home, *(home / name for name in PRIVATE))
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o007
    ]
    for path in open_:
        sentence = f"{path} kan læses af alle på maskinen."
        yield Finding("rettigheder", State.BAD, sentence, f"Kør: chmod 0700 {path}")
    if not open_:
        yield Finding("rettigheder", State.GOOD, "Hjemmet er lukket for andre.")


def _definitions() -> Iterator[Finding]:
    """What the daemon and the pages load: while they cannot, no night begins."""
    try:
        import_module(DEFINITIONS)
    except PlanError as problem:
        remedy = "Ret eller fjern planens fil, og genstart dæmonen."
        yield Finding("definitioner", State.BAD, str(problem), remedy)
    except Exception as fault:
        sentence = f"Programmet kan ikke indlæses ({type(fault).__name__}: {fault})."
        remedy = "Installér udgaven igen, med de låste pakker, og genstart dæmonen."
        yield Finding("definitioner", State.BAD, sentence, remedy)
    else:
        yield Finding("definitioner", State.GOOD, "Kan indlæses.")


def _inbox(patient: Patient) -> Iterator[Finding]:
    inbox = House(home=str(patient.home)).inbox_path()
    if not inbox.is_dir() or not os.access(inbox, os.R_OK | os.X_OK):
        remedy = "Lav mappen, giv læseret, eller ret inbox i midtvejs.toml."
        yield Finding("indbakke", State.BAD, f"{inbox} kan ikke læses.", remedy)
        return
    missing = [name for name in SOURCES if load(name).required and not (inbox / name).is_dir()]
    if missing:
        sentence = f"{inbox} har ingen mappe til {', '.join(missing)}."
        yield Finding("indbakke", State.NOTE, sentence, "Lav mapperne, og bed om leverancerne.")
    strange = folders_of_nobody(inbox, SOURCES)
    for sentence in strange:
        yield Finding("indbakke", State.NOTE, sentence, "Ret mappens navn, eller fjern den.")
    if not missing and not strange:
        yield Finding("indbakke", State.GOOD, f"{inbox} kan læses.")


def _deliveries(patient: Patient) -> Iterator[Finding]:
    record = House(home=str(patient.home)).record()
    for source in SOURCES:
        judged = [entry for entry in record.all(source) if entry.verdict != "duplicate"]
        if judged and not judged[-1].in_force:
            newest = judged[-1]
            remedy = (
                f"Se 'midtvejs deliveries {newest.id}', og bed {load(source).supplier} om en ny."
            )
            if newest.verdict == "suspect":
                remedy += f" Er den rigtig: midtvejs accept {newest.id} --by NAVN --why GRUND"
            yield Finding("leverancer", State.NOTE, newest.sentence, remedy)


def _daemon(patient: Patient) -> Iterator[Finding]:
    wanted = patient.instance.get_required_daemon_types()
    statuses = patient.instance.get_daemon_statuses(wanted)
    silent = sorted(name.lower() for name, status in statuses.items() if not status.healthy)
    if silent:
        sentence = f"Dæmonen svarer ikke ({', '.join(silent)})."
        remedy = "Start den: 'systemctl start midtvejs-daemon' eller 'midtvejs ui'."
        yield Finding("dæmon", State.BAD, sentence, remedy)
    else:
        yield Finding("dæmon", State.GOOD, "Kører.")


def _tick(patient: Patient) -> Iterator[Finding]:
    from dagster._core.definitions.run_request import InstigatorType
    from dagster._core.scheduler.instigation import InstigatorStatus

    states = patient.instance.all_instigator_state(instigator_type=InstigatorType.SCHEDULE)
    running = [state for state in states if state.status is InstigatorStatus.RUNNING]
    if not running:
        remedy = "Slå every_night til under Automation i brugerfladen."
        yield Finding("tidsplan", State.BAD, "Tidsplanen every_night er ikke slået til.", remedy)
        return
    tick = next_tick(patient.now).astimezone(ZoneInfo(TIME_ZONE))
    yield Finding("tidsplan", State.GOOD, f"Næste kørsel {tick:%Y-%m-%d kl. %H.%M}.")


def _stuck(patient: Patient) -> Iterator[Finding]:
    found = stuck(patient.instance, patient.home, patient.now)
    for record in found:
        sentence = f"Kørsel {record.dagster_run.run_id} står som i gang, men dens proces er død."
        remedy = "Kør: midtvejs doctor --clear (den næste kørsel gør det også selv)."
        yield Finding("kørsler", State.BAD, sentence, remedy)
    if not found:
        yield Finding("kørsler", State.GOOD, "Ingen hænger.")


def _success(patient: Patient) -> Iterator[Finding]:
    at = last_success(patient.home)
    if at is None:
        remedy = "Kør 'midtvejs run --month ÅÅÅÅ-MM', og se, hvad den siger."
        yield Finding("seneste nat", State.NOTE, "Ingen kørsel er lykkedes endnu.", remedy)
        return
    hours = (patient.now - at).total_seconds() / 3600
    sentence = (
        f"Senest vellykket {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC, for {hours:.0f} timer siden."
    )
    if hours > STALE_HOURS:
        remedy = "Se de røde kørsler i brugerfladen; er der ingen, kørte tidsplanen ikke."
        yield Finding("seneste nat", State.BAD, sentence, remedy)
    else:
        yield Finding("seneste nat", State.GOOD, sentence)


def _notices(patient: Patient) -> Iterator[Finding]:
    channels = patient.settings.notices
    unsent = waiting(patient.home, channels, patient.now)
    if unsent:
        sentence = f"{len(unsent)} varsler venter. {unsent[-1].last_fault}".strip()
        remedy = (
            "Se [notices] i midtvejs.toml, og om mailserveren svarer; de prøves igen af sig selv."
        )
        yield Finding("varsler", State.BAD, sentence, remedy)
    elif not list(channels.names()):
        remedy = "Sæt mail_to eller webhook under [notices] i midtvejs.toml."
        yield Finding("varsler", State.NOTE, "Ingen får besked om fejl.", remedy)
    else:
        yield Finding("varsler", State.GOOD, f"Går til {', '.join(channels.names())}.")


def _ledger(patient: Patient) -> Iterator[Finding]:
    found = verify(patient.home)
    for problem in found.problems:
        remedy = "Læg hovedbogen tilbage fra sikkerhedskopien, og find ud af, hvem der ændrede den."
        yield Finding("hovedbog", State.BAD, problem, remedy)
    if not found.problems:
        yield Finding("hovedbog", State.GOOD, f"{found.lines} linjer hænger sammen.")


QUESTIONS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    _inbox,
    _deliveries,
    _daemon,
    _tick,
    _stuck,
    _success,
    _notices,
    _ledger,
)
