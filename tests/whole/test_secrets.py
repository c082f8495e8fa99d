"""After a whole night no personal number is anywhere but in the inbox and the raw store, and the key is nowhere."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest

from exports.pdf import write_pdf
from tests.canaries import CANARIES, forms
from tests.whole.conftest import KEY, MONTH, Place
from tests.whole.searching import everything, found


def people(place: Place) -> set[str]:
    """Everybody in the population delivery."""
    lines = place.newest("population").read_text("utf-8").splitlines()[1:]
    return {line.split(";")[0] for line in lines}


def test_no_number_leaves_the_raw_store(good_night: Place) -> None:
    searched = list(everything(good_night.home, good_night.home / "raw"))
    assert len(searched) > 50
    assert found(iter(searched), CANARIES, people(good_night)) == []


def test_the_search_would_find_one(good_night: Place) -> None:
    raw = [path.read_bytes() for path in (good_night.home / "raw").rglob("*") if path.is_file()]
    assert any(form in content for content in raw for form in forms(CANARIES[0]))


@pytest.mark.program("soffice")
@pytest.mark.program("pdftotext")
def test_no_number_stands_in_a_pdf(
    good_night: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tests' sets hold none: making one takes LibreOffice several seconds."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (book,) = good_night.home.glob(f"published/bi05-2024-2027/{MONTH}/latest/*.xlsx")
    write_pdf(Path(shutil.copy(book, tmp_path)), date(2020, 6, 30))
    searched = dict(everything(tmp_path))
    (pages,) = (content for place, content in searched.items() if place.endswith("(pages)"))
    assert b"Overblik" in pages
    assert found(iter(searched.items()), CANARIES, people(good_night)) == []


def test_the_key_is_nowhere(good_night: Place) -> None:
    """Neither as it is given nor as the bytes it stands for: in no run's settings, event, manifest or table."""
    written = (KEY.encode(), KEY.upper().encode(), bytes.fromhex(KEY))
    searched = everything(good_night.home)
    assert [place for place, content in searched if any(form in content for form in written)] == []


def test_the_home_is_private(good_night: Place) -> None:
    assert good_night.home.stat().st_mode & 0o077 == 0
    open_files = [
        str(path)
        for kind in ("raw", "deliveries", "data_docs", "registers", "statistics", "internal")
        for path in (good_night.home / kind).rglob("*")
        if path.is_file() and path.stat().st_mode & 0o077
    ]
    assert open_files == []


def test_every_delivery_has_a_page_to_search(good_night: Place) -> None:
    judged = {path.parent.name for path in (good_night.home / "deliveries").rglob("delivery.json")}
    pages = {path.stem for path in (good_night.home / "data_docs").rglob("*.html")}
    assert pages - {"index"} == judged
