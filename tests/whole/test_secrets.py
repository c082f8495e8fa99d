"""After a whole night no personal number is anywhere but in the inbox and the raw store."""

from __future__ import annotations

from tests.canaries import CANARIES, forms
from tests.whole.conftest import Place
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
