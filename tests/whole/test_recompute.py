"""A new delivery of one source: only the areas that read it are computed again."""

from __future__ import annotations

from pathlib import Path

from assets.recipes import AREAS
from plans.loading import plan_ids
from tests.whole.conftest import MONTH, Place

PLAN = plan_ids()[-1]


def kept(place: Place) -> dict[str, tuple[str, list[tuple[str, int]]]]:
    """Each area's pointer for the month, and the figures that lie there with the time they were written."""
    found = {}
    for area in AREAS:
        folder: Path = place.home / "statistics" / area
        written = [(p.parent.name, p.stat().st_mtime_ns) for p in folder.glob("*/figures.parquet")]
        found[area] = ((folder / f"{MONTH}.json").read_text("utf-8"), sorted(written))
    return found


def test_a_new_compensation_delivery_touches_compensation_alone(place: Place) -> None:
    before = kept(place)
    lines = place.newest("compensation").read_bytes().splitlines(keepends=True)
    place.deliver("compensation", b"".join(lines[:-1]))
    assert place.run(PLAN) == 0
    after = kept(place)
    assert {area for area in AREAS if after[area] != before[area]} == {"compensation"}
    assert len(after["compensation"][1]) == len(before["compensation"][1]) + 1


def test_a_new_delivery_without_people_touches_its_own_area_alone(place: Place) -> None:
    before = kept(place)
    header, first, *_ = place.newest("employer_contacts").read_bytes().splitlines(keepends=True)
    place.deliver("employer_contacts", header + first)
    assert place.run(PLAN) == 0
    after = kept(place)
    assert {area for area in AREAS if after[area] != before[area]} == {"employers"}


def test_an_unchanged_night_computes_nothing(place: Place) -> None:
    before = kept(place)
    assert place.run() == 0
    assert kept(place) == before
