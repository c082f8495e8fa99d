"""What each command of `midtvejs` does.

Belongs here: the commands, each a function of its parsed arguments that returns an exit code. Not here: the arguments
(`cli`), the main job (`night`), made-up deliveries (`making`), keeping it running
(`operating`).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from assets.keys import FILE_VARIABLE, VARIABLE, KeyProblem, pseudonym_key
from assets.keys import new_key as write_new_key
from assets.ledger_lines import write_deliveries
from assets.resources import House
from assets.settings import installation_of, load_settings, write_settings
from expectations.contract import SOURCES, load
from exports.tidy import write_tidy
from indicators.calendar import month_name, parse_month
from pipelines import making, outcome, showing
from pipelines.night import Night
from pipelines.night import run as run_night
from plans.loading import load_plan, plan_ids
from sources import intake
from sources.delivery_pages import page_path
from sources.files import shown_text
from sources.inbox import folders_of_nobody
from sources.record import Delivery, DeliveryRecord, RecordError

Command = Callable[[argparse.Namespace], int]
DEMO_MONTHS = 29


class UsageProblem(Exception):  # noqa: N818 - told to the user in words
    """The command cannot be carried out as asked; the message is one Danish sentence."""


def demo(arguments: argparse.Namespace) -> int:
    """Make deliveries and a key below the demo folder, and run everything."""
    home: Path = arguments.home
    key = home / "pseudonym.key"
    if not key.exists():
        write_new_key(key)
    os.environ.pop(VARIABLE, None)
    os.environ[FILE_VARIABLE] = str(key.resolve())
    inbox = home / "inbox"
    first = month_name(parse_month(arguments.month) - DEMO_MONTHS)
    making.make(inbox, arguments.persons, (first, arguments.month), seed=1)
    # What the UI is told afterwards is what this run was told, so that both make the same figures.
    write_settings(
        home / "home",
        {"inbox": str(inbox.resolve()), "from_month": first, "demonstration": True},
    )
    return _run(Night(home / "home", None, arguments.month, "", plan_ids()))


def run(arguments: argparse.Namespace) -> int:
    """The main job."""
    pseudonym_key()
    plans = arguments.plan or plan_ids()
    if arguments.inbox is not None and not arguments.inbox.is_dir():
        raise UsageProblem(f"Der er ingen indbakke i {arguments.inbox}.")
    engine, master = arguments.engine or "", arguments.spark_master or ""
    # An engine that is not there is told before a delivery is touched.
    House(home=str(arguments.home), engine_name=engine, spark_master=master).engine()
    month, first = arguments.month, arguments.from_month or ""
    inbox = arguments.inbox or House(home=str(arguments.home)).inbox_path()
    # One that cannot be looked in is the night's to tell, with a notice.
    with suppress(OSError):
        for words in folders_of_nobody(inbox, SOURCES):
            print(words, file=sys.stderr)
    return _run(Night(arguments.home, arguments.inbox, month, first, plans, engine, master))


def validate(arguments: argparse.Namespace) -> int:
    """Judge what lies in the inbox, keep nothing."""
    if not arguments.inbox.is_dir():
        raise UsageProblem(f"Der er ingen indbakke i {arguments.inbox}.")
    refused: set[str] = set()
    with tempfile.TemporaryDirectory() as nowhere:
        home = arguments.home or Path(nowhere)
        installation = installation_of(load_settings(home))
        for source in _sources(arguments.source):
            # Nothing judged here is kept, so a key of this moment does.
            found = intake.judge(
                load(source),
                arguments.inbox,
                home,
                _key_or_passing(),
                installation,
                datetime.now(UTC),
            )
            judged = [*found.new, *found.waiting]
            for delivery in judged:
                if not delivery.in_force:
                    refused.add(source)
                _print_delivery(delivery, by_file=True)
            for words in found.ignored:
                print(words)
            if not judged:
                print(f"{source}: ingen filer")
    for words in folders_of_nobody(arguments.inbox, SOURCES):
        print(words)
    if any(load(source).required for source in refused):
        return outcome.NOTHING_COMPUTED
    return outcome.OLDER_DELIVERY if refused else outcome.DONE


def deliveries(arguments: argparse.Namespace) -> int:
    """The delivery record: the newest of each source and those in force, all, or one in full."""
    record = DeliveryRecord(arguments.home)
    if not arguments.home.is_dir():
        raise UsageProblem(f"Der er intet hjem i {arguments.home}.")
    sources = _sources(arguments.source)
    in_force = {entry.id for source in sources for entry in record.in_force(source)}
    if arguments.id:
        try:
            entry = record.find(arguments.id)
        except RecordError as problem:
            raise UsageProblem(str(problem)) from None
        in_force = {one.id for one in record.in_force(entry.source)}
        if arguments.json:
            print(showing.as_json([entry], in_force))
        else:
            listed = record.quarantine_path(entry)
            page = page_path(arguments.home, entry)
            shown_page = page if page.is_file() else None
            print(showing.in_full(entry, listed, shown_page, entry.id in in_force))
        return outcome.DONE
    shown: list[Delivery] = []
    for source in sources:
        every = record.all(source)
        shown += [e for e in every if arguments.all or e == every[-1] or e.id in in_force]
        shown += intake.waiting(arguments.home, source)
    print((showing.as_json if arguments.json else showing.table)(shown, in_force))
    return outcome.DONE


def accept(arguments: argparse.Namespace) -> int:
    """Put a suspect delivery in force on a named person's word."""
    now = datetime.now(UTC)
    try:
        accepted = intake.accept(arguments.home, arguments.id, arguments.by, arguments.why, now)
    except RecordError as problem:
        raise UsageProblem(str(problem)) from None
    write_deliveries(House(home=str(arguments.home)), accepted.source)
    _print_delivery(accepted, " · i kraft fra næste kørsel")
    return outcome.DONE


def indicators(arguments: argparse.Namespace) -> int:
    """Write the tidy table of a month as CSV."""
    from assets.keeping import NothingKept
    from assets.publishing import protected_month

    home: Path = arguments.home
    try:
        if arguments.internal:
            table = pd.read_parquet(home / "internal" / arguments.month / "indicators.parquet")
        else:
            table = protected_month(House(home=str(home)), parse_month(arguments.month)).table
    except (NothingKept, FileNotFoundError):
        raise UsageProblem(
            f"Der er ingen tal for {arguments.month}; kør 'midtvejs run' først."
        ) from None
    if arguments.plan:
        wanted = {goal.indicator for goal in load_plan(arguments.plan).goals}
        table = table[table["indicator"].isin(wanted)]
    write_tidy(table, arguments.out)
    arguments.out.chmod(0o600 if arguments.internal else 0o640)
    print(arguments.out)
    return outcome.DONE


def template(arguments: argparse.Namespace) -> int:
    """Write the kept-registers workbook for the office to fill in."""
    from exports.workbook.template.book import write_template

    out: Path = arguments.out
    if out.suffix.lower() != ".xlsx":
        raise UsageProblem(f"{out} skal ende på .xlsx.")
    if not out.parent.is_dir():
        raise UsageProblem(f"Der er ingen mappe {out.parent}.")
    if out.exists() and not arguments.force:
        raise UsageProblem(
            f"{out} findes allerede og kan være udfyldt; den bliver ikke overskrevet uden --force."
        )
    every = [load_plan(plan) for plan in plan_ids()]
    chosen = [plan for plan in every if not arguments.plan or plan.id in arguments.plan]
    write_template(out, load(arguments.what), chosen, every)
    out.chmod(0o640)
    print(out)
    return outcome.DONE


def new_key(arguments: argparse.Namespace) -> int:
    """Make a pseudonym key."""
    try:
        write_new_key(arguments.file)
    except FileExistsError:
        raise UsageProblem(
            f"{arguments.file} findes allerede og bliver ikke overskrevet."
        ) from None
    print(arguments.file)
    return outcome.DONE


def _run(night: Night) -> int:
    ended, books = run_night(night)
    for sentence in ended.sentences:
        print(sentence, file=sys.stderr)
    if ended.code in (outcome.DONE, outcome.OLDER_DELIVERY):
        for book in books:
            print(book)
    return ended.code


def _key_or_passing() -> bytes:
    try:
        return pseudonym_key()
    except KeyProblem:
        return os.urandom(32)


def _sources(chosen: str | None) -> list[str]:
    """The chosen source, or all of them."""
    if chosen and chosen not in SOURCES:
        names = ", ".join(SOURCES)
        raise UsageProblem(f"Der er ingen kilde {shown_text(chosen)}; kilderne er {names}.")
    return [chosen] if chosen else list(SOURCES)


def _print_delivery(entry: Delivery, note: str = "", *, by_file: bool = False) -> None:
    """A delivery and what became of it; `by_file`: where nothing is kept, so that its name says more than its id."""
    name = entry.file if by_file else entry.id or entry.file
    counts = (
        f"{entry.rows_in} rækker, {entry.used} brugt, {entry.quarantined} i karantæne, "
        f"{entry.duplicates} ens dubletter"
    )
    print(f"{entry.source}: {name} · {entry.verdict_word}{note} · {counts}")
    if entry.sentence:
        print(f"    {entry.sentence}")
