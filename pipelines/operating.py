"""The commands that keep an installation running: `doctor`, `prune`, `ui`.

Belongs here: each command, a function of its parsed arguments that returns an exit code. Not here: what is examined
(`examining`), what is removed (`pruning`).
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from assets.settings import load_settings
from pipelines import outcome
from pipelines.commands import UsageProblem
from pipelines.environments import prepare

MARKS = {"i orden": " ", "bemærk": "·", "fejl": "!"}


def doctor(arguments: argparse.Namespace) -> int:
    """Say what is well and what is not, each with its remedy; ends with 30 when something is wrong."""
    home = _existing(arguments.home)
    prepare(home)
    from dagster import DagsterInstance

    from pipelines.aftermath import settled
    from pipelines.examining import State, examine

    now = datetime.now(UTC)
    if arguments.clear:
        with DagsterInstance.get() as instance:
            if unsettled := settled(instance, home, now):
                print(unsettled, file=sys.stderr)
    found = examine(home, now)
    if arguments.json:
        listed = [{**asdict(one), "state": one.state.name.lower()} for one in found]
        print(json.dumps(listed, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(f"{MARKS[one.state.value]} {one.about + ':':<15}{one.sentence}")
            if one.remedy:
                print(f"{'':17}→ {one.remedy}")
    bad = any(one.state is State.BAD for one in found)
    return outcome.INFRASTRUCTURE if bad else outcome.DONE


def prune(arguments: argparse.Namespace) -> int:
    """Remove what is past its retention and say what; refuses while a run is going."""
    home = _existing(arguments.home)
    prepare(home)
    from dagster import DagsterInstance, RunsFilter

    from pipelines.aftermath import GOING, clear_stuck
    from pipelines.pruning import compact
    from pipelines.pruning import prune as prune_home

    now = datetime.now(UTC)
    with DagsterInstance.get() as instance:
        clear_stuck(instance, home, now)
        if instance.get_run_records(RunsFilter(statuses=GOING), limit=1):
            raise UsageProblem("En kørsel er i gang; prøv igen, når den er færdig.")
        keep = load_settings(home).retention
        pruned = prune_home(instance, home, keep, now, arguments.dry_run)
    if not arguments.dry_run:
        compact(home)
    for one in pruned:
        size = f" · {one.size / 1024**2:.1f} MB" if one.size else ""
        print(f"{one.kind}: {one.number}{size}")
    print("Intet er fjernet." if arguments.dry_run else "Fjernet.")
    return outcome.DONE


def ui(arguments: argparse.Namespace) -> int:
    """Dagster's UI and daemon on loopback."""
    with socket.socket() as wanted:
        wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wanted.bind(("127.0.0.1", arguments.port))
        except OverflowError:
            raise UsageProblem(
                f"{arguments.port} er ingen port; vælg en fra 1 til 65535."
            ) from None
        except OSError:
            raise UsageProblem(
                f"Port {arguments.port} er optaget; vælg en anden med --port."
            ) from None
    prepare(arguments.home)
    print(f"Brugerfladen er på http://127.0.0.1:{arguments.port} (afbryd med Ctrl-C)", flush=True)
    program = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions"]
    # A shell lets what it starts in the background ignore Ctrl-C; whoever is started here must hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen([*program, "-h", "127.0.0.1", "-p", str(arguments.port)])  # noqa: S603
    # Left alone it would live on, and two daemons on one home spoil each other's work.
    signal.signal(signal.SIGTERM, lambda *_: running.send_signal(signal.SIGINT))
    try:
        return running.wait()
    except KeyboardInterrupt:
        return running.wait()


def _existing(home: Path) -> Path:
    if not home.is_dir():
        raise UsageProblem(f"Der er intet hjem i {home}.")
    return home
