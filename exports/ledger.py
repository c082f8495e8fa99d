"""The ledger: one line a delivery, decision and publication, each carrying the hash of the line
before it.

Belongs here: appending and verifying. Not here: what is decided, and the published sets themselves
(`publication`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from exports.cpr_pattern import mask_cpr
from exports.locks import exclusive

GENESIS = "0" * 64
PUBLICATION = "publication"
"""The kind of a line that says which manifest a version was published with."""
_WAIT = 60.0


class LedgerDamaged(ValueError):  # noqa: N818
    """A line that cannot be read; the message is one Danish sentence that names it."""


@dataclass(frozen=True)
class Verification:
    """The outcome of reading the whole chain: how many lines hold, and what is wrong in Danish
    sentences.
    """

    lines: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of the ledger: when (ISO 8601), which kind, and its facts."""

    at: str
    kind: str
    facts: Mapping[str, Any]


def lines(home: Path) -> tuple[Line, ...]:
    """The whole lines of a ledger, oldest first; they are believed as they stand (see `verify`). Raises LedgerDamaged."""
    path = ledger_path(home)
    if not path.exists():
        return ()
    found = []
    for number, raw in enumerate(_whole_lines(path), start=1):
        try:
            entry = json.loads(raw)
            found.append(Line(entry["at"], entry["kind"], entry["facts"]))
        except (ValueError, KeyError, TypeError):
            raise LedgerDamaged(
                f"Hovedbogens linje {number} kan ikke læses: læg {path} tilbage fra sikkerhedskopien."
            ) from None
    return tuple(found)


def publications(home: Path, plan: str, month: str, version: int) -> tuple[Line, ...]:
    """What the ledger says of a version's publication: one line, or none before it is written."""
    of = {"plan": plan, "month": month, "version": version}
    return tuple(
        line
        for line in lines(home)
        if line.kind == PUBLICATION and of.items() <= line.facts.items()
    )


def ledger_path(home: Path) -> Path:
    """Where the ledger of a home lies."""
    return home / "ledger.jsonl"


def append(home: Path, kind: str, facts: Mapping[str, Any], at: datetime) -> str:
    """Add a line and return its hash, after it is on the disk.

    `kind` is `delivery`, `decision` or `publication`; `facts` is plain JSON without personal data
    (a CPR-like number is masked); `at` is the moment, handed in because no logic here reads a
    clock. Appends from several processes queue on a lock. A line torn by a crash was never
    acknowledged and is dropped. Raises `OSError` when the disk refuses; the file is then as before.
    """
    path = ledger_path(home)
    with exclusive(home / "locks" / "ledger.lock", _WAIT):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o640)
        try:
            whole = _whole_lines(path)
            size = sum(len(line) + 1 for line in whole)
            os.ftruncate(handle, size)
            previous = _stored_hash(whole[-1]) if whole else GENESIS
            line, digest = _line(len(whole) + 1, at.isoformat(), kind, facts, previous)
            try:
                _write_all(handle, line)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
    return digest


def verify(home: Path) -> Verification:
    """Read the ledger from the first line and recompute every hash and link."""
    path = ledger_path(home)
    if not path.exists():
        return Verification(0, ())
    content = path.read_bytes()
    problems: list[str] = []
    previous = GENESIS
    raws = content.split(b"\n")
    if raws.pop():
        problems.append("Hovedbogens sidste linje er ikke skrevet færdig.")
    for number, raw in enumerate(raws, start=1):
        problem = _fault(raw, number, previous)
        if problem:
            problems.append(f"Hovedbogens linje {number} {problem}")
            break
        previous = _stored_hash(raw)
    return Verification(len(raws), tuple(problems))


def _fault(raw: bytes, number: int, previous: str) -> str:
    try:
        entry = json.loads(raw)
        expected, digest = _line(
            entry["number"], entry["at"], entry["kind"], entry["facts"], entry["previous"]
        )
    except (ValueError, KeyError, TypeError):
        return "kan ikke læses."
    if expected != raw + b"\n" or digest != entry["hash"]:
        return "er ændret, siden den blev skrevet."
    if entry["number"] != number or entry["previous"] != previous:
        return "følger ikke efter linjen før; en linje er fjernet, indsat eller flyttet."
    return ""


def _line(
    number: int, at: str, kind: str, facts: Mapping[str, Any], previous: str
) -> tuple[bytes, str]:
    body = {"number": number, "at": at, "kind": kind, "facts": facts, "previous": previous}
    text = mask_cpr(_canonical(body))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return (_canonical({**json.loads(text), "hash": digest}) + "\n").encode("utf-8"), digest


def _canonical(document: Mapping[str, Any]) -> str:
    return json.dumps(
        document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def _stored_hash(raw: bytes) -> str:
    return str(json.loads(raw)["hash"])


def _whole_lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")[:-1]


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
