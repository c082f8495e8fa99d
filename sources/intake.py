"""Taking in a source: every new file in the inbox copied, judged and recorded; what is then in
force.

Belongs here: the order of steps for one source, and the private copy every judgement is made on.
Does not belong here: judging (`judging`), the form of the record (`record`). One process at a
time takes in a source; a killed one leaves nothing that counts.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from expectations.contract import Contract
from sources import judging
from sources.files import private_directory, shown_text, sync_directory
from sources.inbox import PART, Candidate, look
from sources.judging import Judgement
from sources.loading import Progress
from sources.opening import extension
from sources.pieces import Piece
from sources.record import Delivery, DeliveryRecord, next_sequence
from sources.rejection import sentence

_CHUNK = 1 << 20


@dataclass(frozen=True)
class IntakeResult:
    """`new`: deliveries recorded now, in order. `in_force`: whose rows count after that. `last`:
    the newest on record, whatever its verdict. `waiting`: files not at rest. `ignored`: words on
    the rest.
    """

    new: list[Delivery]
    in_force: list[Delivery]
    last: Delivery | None
    waiting: list[Delivery]
    ignored: list[str]


def take_in(
    contract: Contract,
    inbox: Path,
    home: Path,
    key: bytes,
    rest_seconds: float,
    now: datetime,
    progress: Progress | None = None,
) -> IntakeResult:
    """Take in every new file of a source that is at rest.

    `key` makes the pseudonyms (1 to 64 bytes). `now` only stamps the record and ages remembered
    looks. OSError means the disk failed, ReadingFault the program; after either a plain repeat
    is safe.
    """
    tell = progress or _silent
    record = DeliveryRecord(home)
    folder = private_directory(record.folder(contract.source))
    new: list[Delivery] = []
    with _only_one(folder):
        record.clear_unfinished(contract.source)
        known = _known(record.all(contract.source))
        found = look(contract.source, inbox, home, known, rest_seconds, now)
        waiting = list(found.waiting)
        for candidate in found.ready:
            tell(f"{contract.source}: {shown_text(candidate.path.name)}")
            delivery = _take_one(contract, candidate, record, key, now, tell)
            if delivery is None:
                waiting.append(candidate)
            else:
                new.append(delivery)
    every = record.all(contract.source)
    return IntakeResult(
        new,
        record.in_force(contract.source),
        every[-1] if every else None,
        [_waiting(contract, candidate, now) for candidate in waiting],
        list(found.ignored),
    )


def judge(
    contract: Contract,
    inbox: Path,
    home: Path,
    key: bytes,
    rest_seconds: float,
    now: datetime,
    progress: Progress | None = None,
) -> list[Delivery]:
    """Judge the files of a source as `take_in` would, and keep nothing.

    Files already on record are judged again, since the question is what the system thinks of them.
    """
    record = DeliveryRecord(home)
    found = look(contract.source, inbox, home, frozenset(), rest_seconds, now, remember=False)
    recorded = record.all(contract.source)
    in_force = record.in_force(contract.source)
    previous = in_force[-1] if in_force else None
    judged = []
    with tempfile.TemporaryDirectory(dir=home if home.is_dir() else None) as place:
        for number, candidate in enumerate(found.ready, start=next_sequence(recorded)):
            work = private_directory(Path(place) / str(number))
            ending = extension(candidate.path.name)
            copy, digest = _copy(candidate, work / f"raw{ending}")
            if not copy:
                continue
            outcome = _outcome(
                contract, candidate, work / f"raw{ending}", key, work, previous, progress
            )
            delivery = _delivery(contract, candidate, digest, number, outcome, now)
            judged.append(delivery)
            if delivery.in_force:
                previous = delivery
            shutil.rmtree(work)
    return [*judged, *(_waiting(contract, candidate, now) for candidate in found.waiting)]


def accept(home: Path, delivery_id: str, by: str, why: str, now: datetime) -> Delivery:
    """Put a suspect delivery in force on a named person's word; RecordError if not suspect."""
    return DeliveryRecord(home).accept(delivery_id, by, why, now)


def _take_one(
    contract: Contract,
    candidate: Candidate,
    record: DeliveryRecord,
    key: bytes,
    now: datetime,
    progress: Progress,
) -> Delivery | None:
    """Copy, judge and record one file; None when it changed while it was copied."""
    ending = extension(candidate.path.name)
    raw_folder = private_directory(record.home / "raw" / contract.source)
    arriving = raw_folder / f".arriving{ending}"
    whole, digest = _copy(candidate, arriving)
    if not whole:
        arriving.unlink(missing_ok=True)
        return None
    stored = raw_folder / f"{digest}{_safe(ending)}"
    arriving.replace(stored)
    sync_directory(raw_folder)
    recorded = record.all(contract.source)
    sequence = next_sequence(recorded)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=record.folder(contract.source)))
    same = next((entry for entry in recorded if entry.sha256 == digest), None)
    if same is not None:
        outcome = Judgement("duplicate", "same_bytes", _duplicate_words(contract, same))
        delivery = _delivery(contract, candidate, digest, sequence, outcome, now)
        delivery = replace(delivery, id=f"{same.id}-{sequence}", duplicate_of=same.id)
    else:
        in_force = record.in_force(contract.source)
        previous = in_force[-1] if in_force else None
        outcome = _outcome(contract, candidate, stored, key, work, previous, progress)
        delivery = _delivery(contract, candidate, digest, sequence, outcome, now)
    record.add(delivery, work)
    return delivery


def _outcome(
    contract: Contract,
    candidate: Candidate,
    stored: Path,
    key: bytes,
    work: Path,
    previous: Delivery | None,
    progress: Progress | None,
) -> Judgement:
    if PART.search(candidate.path.name):
        words = sentence(
            "Filen er en del af en delt leverance, og delte leverancer læses ikke endnu.",
            "Levér tabellen som én fil.",
            contract.supplier,
        )
        return Judgement("rejected", "parts_not_yet", words)
    name = candidate.path.name
    piece = Piece(stored, extension(name), shown_text(name))
    return judging.judge(contract, [piece], key, work, previous, progress or _silent)


def _copy(candidate: Candidate, target: Path) -> tuple[bool, str]:
    """Copy a file while hashing it, never through a link; false when it has changed."""
    digest = hashlib.sha256()
    try:
        source = os.open(candidate.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return False, ""
    with os.fdopen(source, "rb") as reading:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as writing:
            while chunk := reading.read(_CHUNK):
                digest.update(chunk)
                writing.write(chunk)
            writing.flush()
            os.fsync(writing.fileno())
        status = os.fstat(reading.fileno())
    same = (status.st_size, status.st_mtime_ns) == (candidate.size, candidate.modified_ns)
    return same and stat.S_ISREG(status.st_mode), digest.hexdigest()


def _delivery(
    contract: Contract,
    candidate: Candidate,
    digest: str,
    sequence: int,
    outcome: Judgement,
    now: datetime,
) -> Delivery:
    return Delivery(
        id=f"{contract.source}-{digest[:12]}",
        source=contract.source,
        sha256=digest,
        file=shown_text(candidate.path.name),
        size=candidate.size,
        modified_ns=candidate.modified_ns,
        sequence=sequence,
        received_at=now.isoformat(),
        contract_version=contract.version,
        **asdict(outcome),
    )


def _waiting(contract: Contract, candidate: Candidate, now: datetime) -> Delivery:
    words = sentence(
        "Filen ændrer sig stadig og er ikke færdig med at ankomme.",
        "Den læses, når den har ligget stille, eller når der ligger en .done-fil ved siden af.",
        contract.supplier,
    )
    outcome = Judgement("waiting", "not_at_rest", words)
    return replace(_delivery(contract, candidate, "", 0, outcome, now), id="")


def _duplicate_words(contract: Contract, same: Delivery) -> str:
    return sentence(
        f"Filen har samme indhold som leverance {same.id} ({same.verdict}) og indlæses ikke igen.",
        "Levér en nyere fil, hvis indholdet skulle være ændret.",
        contract.supplier,
    )


def _known(entries: Sequence[Delivery]) -> frozenset[tuple[str, int, int]]:
    return frozenset((entry.file, entry.size, entry.modified_ns) for entry in entries)


def _safe(ending: str) -> str:
    """The ending of a raw copy: as delivered when it is plain, otherwise none."""
    return ending if ending.lstrip(".").replace(".", "").isalnum() and len(ending) <= 10 else ""


def _silent(_: str) -> None:
    """Progress nobody asked for."""


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the source's lock; the system lets go of it when the process ends, however it ends."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
