"""Taking in a source: every new file in the inbox copied, judged and recorded; what is then in
force.

Belongs here: the order of steps for one source, and the private copy every judgement is made on.
Does not belong here: judging (`judging`), the form of the record (`record`). One process at a
time takes in a source; a killed one leaves nothing that counts.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from expectations.contract import Contract
from sources import judging
from sources.arrivals import Arrival, Look
from sources.copying import (
    Copied,
    NotYet,
    brought_to_disk,
    copy_whole,
    digest_of,
    still_arriving,
)
from sources.files import private_directory, shown_text
from sources.inbox import Rest, look
from sources.judgement import Judgement, refuse
from sources.loaded import Progress
from sources.opening import extension
from sources.pieces import Piece
from sources.record import Delivery, DeliveryRecord, from_document, next_sequence
from sources.rejection import Rejection, sentence
from sources.remembered import remember, remembered


@dataclass(frozen=True)
class Installation:
    """What an installation says of its deliveries: when files are at rest, and the number of the
    municipality whose population they are about (no rule on it when None).
    """

    rest: Rest = field(default_factory=Rest)
    municipality: int | None = None


@dataclass(frozen=True)
class IntakeResult:
    """`new`: deliveries judged now, in order. `in_force`: whose rows count after that. `last`:
    the newest on record, whatever its verdict. `waiting`: those not at rest or not all there.
    `ignored`: words on what is not read, each told once.
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
    installation: Installation,
    now: datetime,
    progress: Progress | None = None,
) -> IntakeResult:
    """Take in every new delivery of a source that is at rest.

    `key` makes the pseudonyms (1 to 64 bytes). `now` only stamps the record and ages remembered
    looks. OSError means the disk failed, ReadingFault the program; after either a plain repeat
    is safe.
    """
    tell = progress or _silent
    source = contract.source
    record = DeliveryRecord(home)
    folder = private_directory(record.folder(source))
    new: list[Delivery] = []
    with _only_one(folder):
        record.clear_unfinished(source)
        memory = remembered(home, source)
        keyed = bool(record.in_force("dream_key"))
        known = known_looks(record, source)
        found = look(source, inbox, known, memory.since, installation.rest, now)
        waiting = [_waiting(contract, arrival, _why(arrival), now) for arrival in found.waiting]
        for arrival in found.ready:
            tell(f"{source}: {arrival.shown}")
            try:
                new.append(
                    _take_one(contract, arrival, record, key, installation, keyed, now, tell)
                )
            except NotYet as why:
                waiting.append(_waiting(contract, arrival, why, now))
        kept = [asdict(entry) for entry in waiting]
        remember(home, source, found.since, found.ignored, kept)
    every = record.all(source)
    return IntakeResult(
        new,
        record.in_force(source),
        every[-1] if every else None,
        waiting,
        [words for words in found.ignored if words not in memory.ignored],
    )


def has_news(contract: Contract, inbox: Path, home: Path, now: datetime) -> bool:
    """Whether `take_in` would find anything to do, to wait for or to tell; nothing is written and nothing waited for."""
    memory, known = (
        remembered(home, contract.source),
        known_looks(DeliveryRecord(home), contract.source),
    )
    found = look(contract.source, inbox, known, memory.since, Rest(0.0), now)
    untold = set(found.ignored) - set(memory.ignored)
    return bool(found.ready or found.waiting or memory.waiting or untold)


def judge(
    contract: Contract,
    inbox: Path,
    home: Path,
    key: bytes,
    installation: Installation,
    now: datetime,
    progress: Progress | None = None,
) -> IntakeResult:
    """Judge the deliveries of a source as `take_in` would, and keep nothing.

    Files already on record are judged again, since the question is what the system thinks of them.
    """
    record = DeliveryRecord(home)
    found = look(contract.source, inbox, frozenset(), {}, installation.rest, now)
    recorded = record.all(contract.source)
    # What lies in the inbox is judged in order, each beside the one before it; beside the first is
    # what was in force of what does not lie there.
    again = {arrival.looks for arrival in found.ready}
    earlier = [entry for entry in recorded if entry.in_force and _looks(entry) not in again]
    previous = earlier[-1] if earlier else None
    # A key that lies in the inbox is judged by itself; DREAM is judged as if it will be in force.
    keyed = bool(record.in_force("dream_key")) or (inbox / "dream_key").is_dir()
    judged: list[Delivery] = []
    waiting = [_waiting(contract, arrival, _why(arrival), now) for arrival in found.waiting]
    with tempfile.TemporaryDirectory(dir=home if home.is_dir() else None) as place:
        for number, arrival in enumerate(found.ready, start=next_sequence(recorded)):
            work = private_directory(Path(place) / str(number))
            try:
                copied = copy_whole(arrival, private_directory(work / "raw"))
            except NotYet as why:
                waiting.append(_waiting(contract, arrival, why, now))
                continue
            tell = progress or _silent
            outcome = _outcome(
                contract, arrival, copied, key, work, previous, installation, keyed, tell
            )
            delivery = _delivery(contract, arrival, copied, number, outcome, now)
            judged.append(delivery)
            if delivery.in_force:
                previous = delivery
            shutil.rmtree(work)
    last = judged[-1] if judged else None
    in_force = record.in_force(contract.source)
    return IntakeResult(judged, in_force, last, waiting, list(found.ignored))


def waiting(home: Path, source: str) -> list[Delivery]:
    """The deliveries of a source that were not at rest, or not all there, at the last look."""
    return [from_document(document) for document in remembered(home, source).waiting]


def accept(home: Path, delivery_id: str, by: str, why: str, now: datetime) -> Delivery:
    """Put a suspect delivery in force on a named person's word; RecordError when it cannot be."""
    record = DeliveryRecord(home)
    with _only_one(record.folder(record.find(delivery_id).source)):
        return record.accept(delivery_id, by, why, now)


def _take_one(
    contract: Contract,
    arrival: Arrival,
    record: DeliveryRecord,
    key: bytes,
    installation: Installation,
    keyed: bool,
    now: datetime,
    progress: Progress,
) -> Delivery:
    """Copy, judge and record one delivery; NotYet when it changed while it was copied."""
    copied = copy_whole(arrival, private_directory(record.home / "raw" / contract.source))
    recorded = record.all(contract.source)
    sequence = next_sequence(recorded)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=record.folder(contract.source)))
    digest = digest_of(copied)
    # What was refused may be right today, under other settings or another contract.
    same = next((e for e in recorded if e.sha256 == digest and e.verdict != "rejected"), None)
    in_force = record.in_force(contract.source)
    previous = in_force[-1] if in_force else None
    with brought_to_disk(copied):
        if same is not None:
            outcome = Judgement("duplicate", "same_bytes", _duplicate_words(contract, same))
        else:
            outcome = _outcome(
                contract, arrival, copied, key, work, previous, installation, keyed, progress
            )
    delivery = _delivery(contract, arrival, copied, sequence, outcome, now)
    if any(entry.id == delivery.id for entry in recorded):
        delivery = replace(delivery, id=f"{delivery.id}-{sequence}")
    if same is not None:
        delivery = replace(delivery, duplicate_of=same.id)
    record.add(delivery, work)
    return delivery


def _outcome(
    contract: Contract,
    arrival: Arrival,
    copied: Sequence[Copied],
    key: bytes,
    work: Path,
    previous: Delivery | None,
    installation: Installation,
    keyed: bool,
    progress: Progress,
) -> Judgement:
    if arrival.fault is not None:
        judgement = Judgement()
        refuse(judgement, contract, arrival.fault)
        return judgement
    names = [item.candidate.path.name for item in copied]
    pieces = [
        Piece(item.path, extension(name), shown_text(name))
        for item, name in zip(copied, names, strict=True)
    ]
    town = installation.municipality
    return judging.judge(contract, pieces, key, work, previous, progress, town, keyed=keyed)


def _delivery(
    contract: Contract,
    arrival: Arrival,
    copied: Sequence[Copied],
    sequence: int,
    outcome: Judgement,
    now: datetime,
) -> Delivery:
    digest = digest_of(copied) if copied else ""
    hashes = {item.candidate: item.digest for item in copied}
    return Delivery(
        id=f"{contract.source}-{digest[:12]}" if digest else "",
        source=contract.source,
        sha256=digest,
        file=arrival.shown,
        size=sum(piece.size for piece in arrival.pieces),
        modified_ns=max(piece.modified_ns for piece in arrival.pieces),
        files=[
            {"name": name, "size": size, "modified_ns": at, "sha256": hashes.get(piece, "")}
            for piece in arrival.pieces
            for name, size, at in [piece.look]
        ],
        sequence=sequence,
        received_at=now.isoformat(),
        contract_version=contract.version,
        **asdict(outcome),
    )


def _waiting(contract: Contract, arrival: Arrival, why: Rejection, now: datetime) -> Delivery:
    words = sentence(why.cause, why.action, contract.supplier)
    return _delivery(contract, arrival, (), 0, Judgement("waiting", why.code, words), now)


def _why(arrival: Arrival) -> Rejection:
    """Why a delivery waits: parts that do not fit yet, or a file that is not at rest."""
    return arrival.fault or still_arriving()


def _duplicate_words(contract: Contract, same: Delivery) -> str:
    return sentence(
        f"Leverancen har samme indhold som {same.id} ({same.verdict_word}) og indlæses ikke igen.",
        "Levér en nyere fil, hvis indholdet skulle være ændret.",
        contract.supplier,
    )


def known_looks(record: DeliveryRecord, source: str) -> frozenset[frozenset[Look]]:
    """The looks of the files of a source that a night would not judge again."""
    return _known(record.all(source), bool(record.in_force("dream_key")))


def _known(entries: Sequence[Delivery], keyed: bool) -> frozenset[frozenset[Look]]:
    """The looks of the files of every delivery on record, but for those that are judged again:
    refused for want of a key that has come since, or because a check could not be evaluated,
    which is the program's fault and not theirs.
    """
    again = {"check_not_evaluated", *(("key_missing",) if keyed else ())}
    # What has been judged since is known, whatever became of it the first time.
    last = {_looks(entry): entry for entry in entries}
    return frozenset(looks for looks, entry in last.items() if entry.code not in again)


def _looks(entry: Delivery) -> frozenset[Look]:
    return frozenset((file["name"], file["size"], file["modified_ns"]) for file in entry.files)


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
