"""Pages follow the record, and a page that cannot be written stops nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from expectations.contract import load
from sources import delivery_pages
from sources.delivery_pages import page_path, refresh
from sources.intake import take_in
from sources.record import Delivery, DeliveryRecord
from tests.canaries import CANARIES, forms
from tests.sources.making import AT_ONCE, KEY, NOW, POPULATION, resident, residents

CONTRACT = load("population")


def deliver(home: Path, name: str, lines: list[str]) -> Delivery:
    """Put a finished population file in the inbox and take it in."""
    inbox = home / "inbox"
    path = inbox / "population" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([POPULATION, *lines]) + "\n", encoding="utf-8")
    path.with_name(f"{path.name}.done").touch()
    (taken,) = take_in(CONTRACT, inbox, home, KEY, AT_ONCE, NOW).new
    return taken


def test_each_delivery_gets_a_private_page(tmp_path: Path) -> None:
    first = deliver(tmp_path, "a", residents(20))
    second = deliver(tmp_path, "b", residents(21))
    assert refresh(CONTRACT, tmp_path) == ""
    for entry in (first, second):
        page = page_path(tmp_path, entry)
        assert entry.sentence in page.read_text("utf-8")
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
    listed = (page.parent / "index.html").read_text("utf-8")
    assert listed.index(second.id) < listed.index(first.id)


def test_nothing_is_made_again_without_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_path(tmp_path, deliver(tmp_path, "a", residents(20)))
    refresh(CONTRACT, tmp_path)
    made = page.stat().st_mtime_ns
    before = page.read_bytes()

    def unwanted(*_: object) -> NoReturn:
        raise AssertionError("a page is made again")

    with monkeypatch.context() as patched:
        patched.setattr(delivery_pages, "delivery_page", unwanted)
        assert refresh(CONTRACT, tmp_path) == ""
    assert page.stat().st_mtime_ns == made
    page.unlink()
    refresh(CONTRACT, tmp_path)
    assert page.read_bytes() == before


def test_an_acceptance_is_on_the_page(tmp_path: Path) -> None:
    deliver(tmp_path, "a", residents(40))
    suspect = deliver(tmp_path, "b", residents(20))
    assert suspect.verdict == "suspect"
    refresh(CONTRACT, tmp_path)
    page = page_path(tmp_path, suspect)
    assert "Mistænkelig" in page.read_text("utf-8")
    # The file system's clock may tick more seldom than this test does.
    os.utime(page, ns=(0, 0))
    DeliveryRecord(tmp_path).accept(suspect.id, "Analytikeren", "Grænsen er flyttet", NOW)
    refresh(CONTRACT, tmp_path)
    assert "Godkendt af Analytikeren" in page.read_text("utf-8")


def test_a_page_without_an_entry_goes(tmp_path: Path) -> None:
    folder = page_path(tmp_path, deliver(tmp_path, "a", residents(20))).parent
    refresh(CONTRACT, tmp_path)
    (folder / "population-000000000000.html").write_text("gammel", encoding="utf-8")
    refresh(CONTRACT, tmp_path)
    assert len(list(folder.glob("*.html"))) == 2


def test_no_number_is_on_a_page(tmp_path: Path) -> None:
    canary = resident(3).replace(resident(3)[:10], CANARIES[0])
    wrong = [canary, resident(4, koen=CANARIES[1]), resident(5, bydel="0" * 10)]
    deliver(tmp_path, f"liste {CANARIES[1]}", [*residents(30), *wrong])
    deliver(tmp_path, "afvist", [resident(which, koen=CANARIES[0]) for which in range(30)])
    refresh(CONTRACT, tmp_path)
    pages = [path.read_bytes() for path in (tmp_path / "data_docs").rglob("*.html")]
    assert len(pages) == 3
    assert not [
        number
        for number in (*CANARIES, resident(4)[:10])
        for form in forms(number)
        for page in pages
        if form in page
    ]


def test_a_folder_that_cannot_be_written_only_warns(tmp_path: Path) -> None:
    entry = deliver(tmp_path, "a", residents(20))
    (tmp_path / "data_docs").write_text("i vejen", encoding="utf-8")
    warning = refresh(CONTRACT, tmp_path)
    assert warning.startswith("Kontrolsiderne for")
    assert warning.endswith("leverancen berøres ikke.")
    (tmp_path / "data_docs").unlink()
    assert refresh(CONTRACT, tmp_path) == ""
    assert page_path(tmp_path, entry).is_file()


def test_a_library_that_raises_only_warns_and_tells_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(tmp_path, "a", residents(20))

    def broken(*_: object) -> NoReturn:
        raise RuntimeError(CANARIES[0])

    monkeypatch.setattr(delivery_pages, "delivery_page", broken)
    warning = refresh(CONTRACT, tmp_path)
    assert "RuntimeError" in warning
    assert CANARIES[0] not in warning
