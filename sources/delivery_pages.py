"""The Data Docs of the delivery record: a page a delivery and a list a source, kept up to date.

Belongs here: where pages lie, which are out of date, and that a page that cannot be made is a
warning and no more. Does not belong here: what a page says (`expectations.data_docs`).

    <home>/data_docs/<source>/{index.html, <delivery id>.html}
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from expectations.contract import Contract
from expectations.data_docs import Judged, delivery_page, source_page
from sources.files import private_directory, write_whole
from sources.record import Delivery, DeliveryRecord

LIST = "index.html"


def page_path(home: Path, delivery: Delivery) -> Path:
    """Where the page of a delivery lies once it is made."""
    return _folder(home, delivery.source) / f"{delivery.id}.html"


def refresh(contract: Contract, home: Path) -> str:
    """Make every page of a source that is missing or older than its entry in the record, and drop
    those whose entry is gone; returns one Danish sentence when that failed, otherwise nothing.

    A page is made of the record alone, so a page that fails today is made another night.
    """
    try:
        _refresh(contract, home)
        return ""
    except OSError as fault:
        cause = f"{_folder(home, contract.source)}: {fault.strerror or 'skrivefejl'}"
    except Exception as fault:
        # The library's own message is left out: only its kind is sure to hold no value.
        cause = type(fault).__name__
    return f"Kontrolsiderne for {contract.title} kunne ikke skrives ({cause}); leverancen berøres ikke."


def _refresh(contract: Contract, home: Path) -> None:
    record = DeliveryRecord(home)
    entries = record.all(contract.source)
    expected = {page_path(home, entry): entry for entry in entries}
    folder = _folder(home, contract.source)
    gone = {path for path in folder.glob("*.html") if path.name != LIST} - set(expected)
    stale = [
        path
        for path, entry in expected.items()
        if _older(path, record.folder(contract.source) / entry.id / "delivery.json")
    ]
    if not stale and not gone:
        return
    private_directory(folder)
    for path in sorted(gone):
        path.unlink()
    for path in stale:
        entry = expected[path]
        _write(path, delivery_page(contract, _judged(home, entry), entry.checks))
    newest_first = [_judged(home, entry) for entry in reversed(entries)]
    _write(folder / LIST, source_page(contract, newest_first))


def _folder(home: Path, source: str) -> Path:
    return home / "data_docs" / source


def _older(page: Path, entry: Path) -> bool:
    return not page.is_file() or page.stat().st_mtime_ns < entry.stat().st_mtime_ns


def _write(path: Path, page: str) -> None:
    write_whole(path, page.encode("utf-8"))


def _judged(home: Path, entry: Delivery) -> Judged:
    return Judged(
        delivery=entry.id,
        file=entry.file,
        received_at=entry.received_at,
        verdict=entry.verdict,
        verdict_word=entry.verdict_word,
        sentence=entry.sentence or _same_as(entry),
        period=" – ".join(filter(None, dict.fromkeys((entry.period_from, entry.period_to)))),
        counts=_counts(entry),
        page=page_path(home, entry).name,
    )


def _same_as(entry: Delivery) -> str:
    return f"Samme indhold som {entry.duplicate_of}." if entry.duplicate_of else ""


def _counts(entry: Delivery) -> Sequence[tuple[str, int]]:
    return (
        ("Rækker ind", entry.rows_in),
        ("Brugt", entry.used),
        ("Karantæne", entry.quarantined),
        ("Dubletter", entry.duplicates),
    )
