"""What is new in the inbox, by content: asked often, so it neither waits nor copies nor records.

Belongs here: which deliveries at rest hold bytes that the record does not. Not here: judging them (`intake`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from expectations.contract import SOURCES
from sources.arrivals import Arrival, Look
from sources.copying import joined_digest
from sources.files import sha256_of
from sources.inbox import Rest, glance
from sources.intake import known_looks
from sources.record import DeliveryRecord


@dataclass(frozen=True)
class Watched:
    """What one look leaves for the next: from when each file has looked as it does (ISO time), and the hash of those that
    were read, both by source and look.
    """

    since: dict[tuple[str, Look], str] = field(default_factory=dict)
    digests: dict[tuple[str, Look], str] = field(default_factory=dict)

    def written(self) -> str:
        """As text, for a cursor."""
        return json.dumps([_rows(self.since), _rows(self.digests)])

    @classmethod
    def read(cls, text: str | None) -> Watched:
        """From text; one that cannot be read is nothing, and files are then looked at anew."""
        try:
            since, digests = json.loads(text or "[[], []]")
            return cls(_mapping(since), _mapping(digests))
        except (ValueError, TypeError):
            return cls()


def news(
    inbox: Path, home: Path, rest: Rest, watched: Watched, now: datetime
) -> tuple[dict[str, list[str]], Watched]:
    """The hashes of new deliveries by source, and what to hand in next time. A file is read once, when it has come to rest;
    bytes that were judged before and not refused are no news, whatever the file is called.
    """
    record = DeliveryRecord(home)
    found: dict[str, list[str]] = {}
    since: dict[tuple[str, Look], str] = {}
    digests: dict[tuple[str, Look], str] = {}
    for source in SOURCES:
        earlier = {look: at for (of, look), at in watched.since.items() if of == source}
        ready, looks = glance(source, inbox, known_looks(record, source), earlier, rest, now)
        since |= {(source, look): at for look, at in looks.items()}
        judged = {entry.sha256 for entry in record.all(source) if entry.verdict != "rejected"}
        for arrival in ready:
            hashed = _hashed(source, arrival, watched.digests)
            digests |= hashed
            digest = joined_digest([(p, hashed[source, p.look]) for p in arrival.pieces])
            if digest not in judged:
                found.setdefault(source, []).append(digest)
    return found, Watched(since, digests)


def name_of(found: Mapping[str, list[str]]) -> str:
    """One word for these contents: the same contents have the same, in whatever order they came."""
    lines = sorted(f"{source} {digest}" for source, every in found.items() for digest in every)
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()[:16]


def _hashed(
    source: str, arrival: Arrival, known: Mapping[tuple[str, Look], str]
) -> dict[tuple[str, Look], str]:
    return {
        (source, piece.look): known.get((source, piece.look)) or sha256_of(piece.path)
        for piece in arrival.pieces
    }


def _rows(mapping: Mapping[tuple[str, Look], str]) -> list[list[str | int]]:
    return [[source, *look, value] for (source, look), value in sorted(mapping.items())]


def _mapping(rows: list[list[str]]) -> dict[tuple[str, Look], str]:
    return {(str(s), (str(n), int(z), int(m))): str(value) for s, n, z, m, value in rows}
