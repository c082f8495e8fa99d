"""The delivery record: every delivery ever judged, and which of them are in force.

Belongs here: the form of one entry, where it lies, and reading it back. An entry and its table
appear together by one rename, so a table without an entry does not exist. Does not belong here:
judging.

    <home>/deliveries/<source>/<id>/{delivery.json, <table>.parquet, quarantine.csv}

A table (named as its source, in a workbook as its sheet) is canonical: rows in the order of the
file (DREAM: of the pseudonyms, see `dream.people_file`), fixed row groups and settings, no time stamp, so
the same rows give the same bytes whatever format or encoding they were delivered in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from expectations.contract import SOURCES, load
from sources.files import private_directory, sha256_of, shown_text, sync_directory, write_json

Verdict = Literal["accepted", "warned", "rejected", "suspect", "duplicate", "waiting"]

VERDICT_WORDS: Mapping[Verdict, str] = {
    "accepted": "godkendt",
    "warned": "godkendt med advarsel",
    "rejected": "afvist",
    "suspect": "mistænkelig",
    "duplicate": "leveret før",
    "waiting": "venter",
}
"""Each verdict as the office reads it."""

IN_FORCE: frozenset[str] = frozenset({"accepted", "warned"})


_LONGEST_REASON = 1_000


class RecordError(Exception):
    """The record does not hold what was asked for, or a stored table is not the one recorded."""


@dataclass(frozen=True)
class Delivery:
    """One delivery and what became of it.

    `id`: `<source>-<first 12 of sha256>`, with `-<sequence>` added for a second arrival of the
    same bytes. `sequence` counts a source's deliveries from 1 (0 while waiting). `rows_in` =
    `used` + `quarantined` + `duplicates`. `files`: name, size, modified_ns and sha256 of each
    file in order, one or all parts; `file`, `size` (bytes) and `modified_ns` are of the whole.
    `period_from`/`period_to`: oldest and newest week (`2020-W26`), month or date in the data,
    blank when unknown. `facts`: what later steps need of the data as a whole. `tables`: the hash
    of each table kept, by name; none when the delivery was refused.
    """

    id: str
    source: str
    sha256: str
    file: str
    size: int
    modified_ns: int
    sequence: int
    verdict: Verdict
    code: str
    sentence: str
    received_at: str
    rows_in: int = 0
    used: int = 0
    quarantined: int = 0
    duplicates: int = 0
    encoding: str = ""
    delimiter: str = ""
    extra_columns: list[str] = field(default_factory=list)
    cpr_classes: dict[str, int] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    period_from: str = ""
    period_to: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    duplicate_of: str = ""
    accepted_by: str = ""
    accepted_why: str = ""
    accepted_at: str = ""
    contract_version: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.rows_in != self.used + self.quarantined + self.duplicates:
            raise RecordError(f"{self.id}: rows_in is not used + quarantined + duplicates")

    @property
    def in_force(self) -> bool:
        """Whether this delivery's rows count (a full source's newer one may have replaced it)."""
        return self.verdict in IN_FORCE

    @property
    def verdict_word(self) -> str:
        """The verdict in Danish."""
        return VERDICT_WORDS[self.verdict]


class DeliveryRecord:
    """Reads and writes the entries below `<home>/deliveries`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def folder(self, source: str) -> Path:
        """Where the entries of `source` lie."""
        return self.home / "deliveries" / source

    def all(self, source: str) -> list[Delivery]:
        """Every recorded delivery of `source` in the order they were judged."""
        folder = self.folder(source)
        if not folder.is_dir():
            return []
        entries = [
            _from_json(path / "delivery.json")
            for path in folder.iterdir()
            if not path.name.startswith(".") and (path / "delivery.json").is_file()
        ]
        return sorted(entries, key=lambda entry: entry.sequence)

    def in_force(self, source: str) -> list[Delivery]:
        """The deliveries whose rows count: a full source's newest, an append source's all in order.

        For an append source the same key in a later delivery is a correction of the earlier row.
        """
        accepted = [entry for entry in self.all(source) if entry.in_force]
        return accepted[-1:] if load(source).mode == "full" else accepted

    def find(self, delivery_id: str) -> Delivery:
        """The entry with this id; RecordError when there is none."""
        for source in SOURCES:
            if delivery_id.startswith(f"{source}-"):
                for entry in self.all(source):
                    if entry.id == delivery_id:
                        return entry
        raise RecordError(f"Leverancen {shown_text(delivery_id)} findes ikke.")

    def table_path(self, delivery: Delivery, name: str = "", *, verify: bool = False) -> Path:
        """A stored table (the one named as the source when `name` is blank); with `verify` its
        checksum is held against the entry first.

        RecordError when the delivery has no such table, or the bytes are not those recorded.
        """
        name = name or delivery.source
        path = self.folder(delivery.source) / delivery.id / f"{name}.parquet"
        if name not in delivery.tables or not path.is_file():
            raise RecordError(f"Leverancen {delivery.id} har ingen tabel {name}.")
        if verify and sha256_of(path) != delivery.tables[name]:
            raise RecordError(
                f"Tabellen for {delivery.id} er ændret, siden den blev gemt, og bruges ikke."
            )
        return path

    def quarantine_path(self, delivery: Delivery) -> Path | None:
        """The list of rows in quarantine, or None when there are none."""
        path = self.folder(delivery.source) / delivery.id / "quarantine.csv"
        return path if path.is_file() else None

    def add(self, delivery: Delivery, work: Path) -> None:
        """Store an entry with the files in `work` (same file system) by one rename."""
        target = self.folder(delivery.source) / delivery.id
        private_directory(target.parent)
        write_json(work / "delivery.json", asdict(delivery))
        if target.exists():
            raise RecordError(f"{delivery.id} is already on record")
        work.rename(target)
        sync_directory(target.parent)

    def accept(self, delivery_id: str, by: str, why: str, now: datetime) -> Delivery:
        """Turn a suspect delivery into an accepted one on a named person's word; RecordError when
        it is not suspect, or a newer one has taken its place.
        """
        if not by.strip() or not why.strip():
            raise RecordError("Godkendelse kræver både et navn og en begrundelse.")
        entry = self.find(delivery_id)
        if entry.verdict != "suspect":
            raise RecordError(f"Leverancen {entry.id} er ikke mistænkelig og kan ikke godkendes.")
        newest = self.in_force(entry.source)[-1:]
        if newest and load(entry.source).mode == "full" and newest[0].sequence > entry.sequence:
            raise RecordError(
                f"Leverancen {entry.id} er afløst af den nyere {newest[0].id} og kan ikke godkendes."
            )
        who, reason = shown_text(by.strip()), shown_text(why.strip(), _LONGEST_REASON)
        accepted = replace(
            entry,
            verdict="accepted",
            code="accepted_by_name",
            sentence=f"Godkendt af {who}: {reason}",
            accepted_by=who,
            accepted_why=reason,
            accepted_at=now.isoformat(),
        )
        path = self.folder(entry.source) / entry.id / "delivery.json"
        write_json(path, asdict(accepted))
        return accepted

    def clear_unfinished(self, source: str) -> None:
        """Remove work a killed run left behind; nothing refers to it."""
        folder = self.folder(source)
        if folder.is_dir():
            for path in sorted(folder.glob(".work-*")):
                shutil.rmtree(path)


def next_sequence(entries: Iterable[Delivery]) -> int:
    """The number of the next delivery of a source."""
    return max((entry.sequence for entry in entries), default=0) + 1


def _from_json(path: Path) -> Delivery:
    return from_document(json.loads(path.read_text(encoding="utf-8")))


def from_document(document: Mapping[str, Any]) -> Delivery:
    """An entry as it was written, by this version of the program or another."""
    known = {item.name for item in fields(Delivery)}
    return Delivery(**{name: value for name, value in document.items() if name in known})
