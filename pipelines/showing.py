"""How deliveries are shown on a terminal: a table of them, and one in full.

Belongs here: words and columns. Not here: which deliveries there are (`sources.record`), the commands (`commands`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path

from sources.record import Delivery

_HEADINGS = (
    "kilde", "leverance", "modtaget", "dom", "i kraft", "rækker", "brugt", "karantæne", "dubletter", "data til",
    "fil",
)  # fmt: skip
_NUMBERS = frozenset({"rækker", "brugt", "karantæne", "dubletter"})


def table(deliveries: Sequence[Delivery], in_force: Collection[str]) -> str:
    """Deliveries as lines of a table, and below it why one is not in force or has warnings."""
    if not deliveries:
        return "Ingen leverancer."
    rows = [_HEADINGS, *(_row(entry, in_force) for entry in deliveries)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADINGS))]
    lines = ["  ".join(_padded(row, widths)).rstrip() for row in rows]
    told = [
        f"{entry.id or entry.file}: {entry.sentence}"
        for entry in deliveries
        if entry.verdict != "accepted" or entry.accepted_by
    ]
    return "\n".join([*lines, "", *told]).rstrip()


def in_full(delivery: Delivery, quarantine: Path | None, page: Path | None, in_force: bool) -> str:
    """Everything the record says of one delivery, in words, and where its list and page lie."""
    state = " · i kraft" if in_force else ""
    lines = [
        f"{delivery.id} · {delivery.verdict_word}{state} ({delivery.code})",
        delivery.sentence,
        "",
        *_facts(delivery),
    ]
    if delivery.quarantined:
        lines += ["", "Rækker i karantæne efter regel:"]
        rules = delivery.facts.get("quarantined_by_rule", {})
        lines += [f"  {rule}: {number}" for rule, number in rules.items()]
        if quarantine is not None:
            lines.append(f"  listen ligger i {quarantine}")
    failed = [check for check in delivery.checks if not check["passed"]]
    if failed:
        lines += ["", "Kontroller, der ikke er opfyldt:"]
        lines += [f"  {check['name']}: {check['sentence']}" for check in failed]
    if page is not None:
        lines += ["", f"Kontrolsiden ligger i {page}"]
    return "\n".join(lines)


def as_json(deliveries: Sequence[Delivery], in_force: Collection[str]) -> str:
    """Deliveries as JSON, each with `now_in_force` beside what the record holds."""
    documents = [{**asdict(entry), "now_in_force": entry.id in in_force} for entry in deliveries]
    return json.dumps(documents, ensure_ascii=False, indent=1, sort_keys=True)


def _row(entry: Delivery, in_force: Collection[str]) -> tuple[str, ...]:
    return (
        entry.source,
        entry.id or "–",
        entry.received_at[:16].replace("T", " "),
        entry.verdict_word,
        "ja" if entry.id in in_force else "",
        *(str(n) for n in (entry.rows_in, entry.used, entry.quarantined, entry.duplicates)),
        entry.period_to or "–",
        entry.file,
    )


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
        for name, cell, width in zip(_HEADINGS, row, widths, strict=True)
    ]


def _facts(entry: Delivery) -> list[str]:
    """Label and value of what is known, what is blank left out."""
    period = f"{entry.period_from} til {entry.period_to}" if entry.period_to else ""
    classes = ", ".join(f"{name} {number}" for name, number in entry.cpr_classes.items() if number)
    facts = [
        ("modtaget", entry.received_at),
        ("fil", ", ".join(str(file["name"]) for file in entry.files) or entry.file),
        ("sha256", entry.sha256),
        ("rækker", f"{entry.rows_in} = {entry.used} brugt + {entry.quarantined} i karantæne + "
                   f"{entry.duplicates} ens dubletter"),
        ("data", period),
        ("tegnsæt", entry.encoding),
        ("skilletegn", "tabulator" if entry.delimiter == "\t" else entry.delimiter),
        ("ukendte kolonner", ", ".join(entry.extra_columns)),
        ("cpr-numre", classes),
        ("samme som", entry.duplicate_of),
        ("godkendt af", f"{entry.accepted_by} {entry.accepted_at}: {entry.accepted_why}"
                        if entry.accepted_by else ""),
        ("kontrakt", entry.contract_version),
    ]  # fmt: skip
    return [f"  {label + ':':<18}{value}" for label, value in facts if value]
