"""After a whole night no personal number is anywhere but in the inbox and the raw store."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.canaries import CANARIES, forms
from tests.whole.conftest import Place


def everything(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under the home but the raw store, archives unpacked."""
    for path in sorted(home.rglob("*")):
        if path.is_symlink() or not path.is_file() or (home / "raw") in path.parents:
            continue
        yield str(path), path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    yield f"{path}!{part}", archive.read(part)


def numbers(place: Place) -> list[str]:
    """The canaries and everybody in the population delivery."""
    lines = place.newest("population").read_text("utf-8").splitlines()[1:]
    return [*CANARIES, *sorted({line.split(";")[0] for line in lines})[:200]]


def test_no_number_leaves_the_raw_store(good_night: Place) -> None:
    searched = list(everything(good_night.home))
    assert len(searched) > 50
    found = [
        (place, number[:6])
        for number in numbers(good_night)
        for form in forms(number)
        for place, content in searched
        if form in content
    ]
    assert found == []


def test_the_search_would_find_one(good_night: Place) -> None:
    raw = [path.read_bytes() for path in (good_night.home / "raw").rglob("*") if path.is_file()]
    assert any(form in content for content in raw for form in forms(CANARIES[0]))


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
