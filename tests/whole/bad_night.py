"""A home after nights that met every kind of fault, and every command used on it.

Belongs here: the inbox, the nights, the commands. Not here: searching what they left (`searching`).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.cli import main
from sources.opening import extension
from sources.record import DeliveryRecord
from synthetic.fault_planting import EVERY, chosen, plant_faults
from synthetic.generator import generate
from tests.bad_files.case import Case
from tests.bad_files.catalogue import CASES
from tests.canaries import CANARIES
from tests.whole.conftest import DELIVERED_FROM, KEY, MONTH
from tests.whole.strange_files import strange_files

PERSONS = 400
FIRST_COMPUTED = "2020-05"
LARGEST = 2 << 20
"""Larger files of the catalogue are left out: they are about size, and cost minutes."""

LONGEST_WITH_COMPANION = 250
SAID = "said.txt"


class BadNight(NamedTuple):
    """`root` holds all there is; `inbox` and `raw` may hold numbers, nothing else may."""

    root: Path
    inbox: Path
    raw: Path
    home: Path
    temporary: Path
    people: frozenset[str]


def make(root: Path, patch: pytest.MonkeyPatch) -> BadNight:
    """Run two nights on everything, and use every command; what is said stays in `root/said.txt`.

    What is accepted by name after the first night is what the second counts on.
    """
    inbox, home, temporary = root / "inbox", root / "home", root / "tmp"
    temporary.mkdir()
    patch.setenv("MIDTVEJS_KEY", KEY)
    patch.setenv("MIDTVEJS_REST_SECONDS", "0")
    patch.setenv("TMPDIR", str(temporary))
    patch.setattr(tempfile, "tempdir", None)
    truth = generate(inbox, PERSONS, DELIVERED_FROM, MONTH, 7)
    people = _people(truth.files["population"])
    plant_faults(inbox, truth.files, chosen([EVERY]))
    for source, name, content in strange_files():
        _lay(inbox / source / name, lambda path, content=content: path.write_bytes(content))
    night = (
        "run",
        "--home",
        home,
        "--inbox",
        inbox,
        "--month",
        MONTH,
        "--from-month",
        FIRST_COMPUTED,
    )
    with _kept(root / SAID):
        _say("validate", "--inbox", inbox, "--source", "population")
        _say(*night)
        _ask(home)
        _lay_catalogue(inbox)
        _say("validate", "--home", home, "--inbox", inbox, "--source", "target_group")
        _say(*night)
        _ask(home)
    return BadNight(root, inbox, home / "raw", home, temporary, people)


def _people(population: Path) -> frozenset[str]:
    return frozenset(line[:10] for line in population.read_text("utf-8").splitlines()[1:])


def _ask(home: Path) -> None:
    """Look at every delivery, accept those that can be, with numbers in what is typed."""
    record = DeliveryRecord(home)
    _say("deliveries", "--home", home, "--all")
    _say("deliveries", "--home", home, "--all", "--json")
    _say("deliveries", "--home", home, CANARIES[0])
    _say("deliveries", "--home", home, "--source", CANARIES[0])
    for folder in sorted((home / "deliveries").iterdir()):
        for delivery in record.all(folder.name):
            _say("deliveries", "--home", home, delivery.id)
            if delivery.verdict == "suspect":
                why = f"se {CANARIES[1][:6]}-{CANARIES[1][6:]}"
                _say(
                    "accept",
                    "--home",
                    home,
                    delivery.id,
                    "--by",
                    f"Ane {CANARIES[0]}",
                    "--why",
                    why,
                )


def _say(*words: object) -> None:
    main([str(word) for word in words])


def _lay(path: Path, content: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content(path)
    path.with_name(f"{path.name}.done").touch()


def _lay_catalogue(inbox: Path) -> None:
    """A file of every kind in the catalogue under a name of its own, so that none hides another.

    Links, pipes and folders are left out: what they lead to lies outside the inbox.
    """
    kinds = {_kind(case): case for case in reversed(CASES)}
    for number, case in enumerate(kinds.values()):
        for name, content in case.files.items():
            path = inbox / case.source / (f"c{number:03d} {name}" if _ordinary(case) else name)
            if not isinstance(content, bytes):
                if case.bomb:
                    content(path)
            elif len(content) <= LARGEST:
                path.write_bytes(content)
            if path.exists() and len(os.fsencode(path.name)) <= LONGEST_WITH_COMPANION:
                path.with_name(f"{path.name}.done").touch()


def _kind(case: Case) -> tuple[object, ...]:
    """Cases with the same answer to the same type of file are one kind, strange names are each their own."""
    named = "" if _ordinary(case) else case.name
    endings = frozenset(extension(name) for name in case.files)
    return named, case.source, case.verdict, case.code, frozenset(case.rules), case.warns, endings


def _ordinary(case: Case) -> bool:
    """Whether another name, a little longer, does as well."""
    named = case.name.startswith(("name_", "hidden_name"))
    return not named and max(map(len, case.files)) <= LONGEST_WITH_COMPANION - 10


@contextmanager
def _kept(path: Path) -> Iterator[None]:
    """Whatever the process writes to its two streams, from C too, goes to a file."""
    old = [os.dup(number) for number in (1, 2)]
    sys.stdout.flush()
    sys.stderr.flush()
    with path.open("wb") as file, pytest.MonkeyPatch.context() as patch:
        for number, stream in ((1, "stdout"), (2, "stderr")):
            os.dup2(file.fileno(), number)
            patch.setattr(sys, stream, os.fdopen(os.dup(number), "w", encoding="utf-8"))
        try:
            yield
        finally:
            for number, stream in ((1, "stdout"), (2, "stderr")):
                getattr(sys, stream).close()
                os.dup2(old[number - 1], number)
                os.close(old[number - 1])
