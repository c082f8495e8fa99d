"""A night that finds nothing new, and everything that makes it one that works after all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from assets.resources import House
from assets.unchanged import is_unchanged
from exports.ledger import ledger_path
from indicators.calendar import parse_month
from pipelines.jobs import LOOK
from plans.loading import plan_ids
from tests.whole.conftest import FROM_MONTH, MONTH, Place


def unchanged(place: Place, from_month: str = FROM_MONTH) -> bool:
    """Whether the next night of the home has nothing to do."""
    house = House(home=str(place.home), inbox=str(place.inbox), from_month=from_month)
    return is_unchanged(house, parse_month(MONTH), plan_ids())


def setting(line: str) -> Callable[[Place], None]:
    """Somebody sets something."""

    def write(place: Place) -> None:
        (place.home / "midtvejs.toml").write_text(f"{line}\n", "utf-8")

    return write


def lost(pattern: str) -> Callable[[Place], None]:
    """Something that was made is gone."""

    def remove(place: Place) -> None:
        for path in list(place.home.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    return remove


def delivered(place: Place) -> None:
    """A new file, not yet at rest."""
    (place.inbox / "income" / "income_202007.csv").write_bytes(b"half")


def set_changed(place: Place) -> None:
    """A published file is not as it was published."""
    path = next((place.home / "published").glob(f"*/{MONTH}/v001/data/indicators.csv"))
    path.write_bytes(path.read_bytes() + b"\n")


def newest_forgotten(place: Place) -> None:
    """The newest delivery of compensation is no longer in force."""
    path = next((place.home / "deliveries" / "compensation").glob("*/delivery.json"))
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "verdict": "rejected"}), "utf-8")


def untold_in_ledger(place: Place) -> None:
    """The run was killed between the set and its line in the ledger."""
    path = ledger_path(place.home)
    kept = [x for x in path.read_bytes().splitlines(keepends=True) if b'"publication"' not in x]
    path.write_bytes(b"".join(kept))


NEWS: list[tuple[str, Callable[[Place], None]]] = [
    ("a delivery on its way", delivered),
    ("a delivery no longer in force", newest_forgotten),
    ("another threshold", setting("threshold = 6")),
    ("another deadline", setting('[deadlines]\n"mentor" = 30')),
    ("another name of the municipality", setting('municipality_name = "Andeby"')),
    ("a register gone", lost("registers/weeks/*/blocks.json")),
    ("figures gone", lost("statistics/employment/*/")),
    ("the internal table gone", lost(f"internal/{MONTH}/*")),
    ("a published set gone", lost(f"published/*/{MONTH}")),
    ("the pointer to the newest set gone", lost(f"published/*/{MONTH}/latest")),
    ("a published file changed", set_changed),
    ("a set without a line in the ledger", untold_in_ledger),
]


def test_a_night_after_a_good_one_makes_nothing(place: Place) -> None:
    assert unchanged(place)
    figures = sorted(place.home.glob("**/*.parquet"))
    before = [path.stat().st_mtime_ns for path in figures], place.published()
    assert place.run() == 0
    assert ([path.stat().st_mtime_ns for path in figures], place.published()) == before
    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_records(limit=1)[0].dagster_run
        made = instance.fetch_materializations(dg.AssetRecordsFilter(dg.AssetKey(LOOK)), limit=9)
        assert [record.run_id for record in made.records][:1] == [run.run_id]
        steps = {event.step_key for event in instance.all_logs(run.run_id) if event.step_key}
    assert steps == {LOOK}


@pytest.mark.parametrize(("what", "spoil"), NEWS, ids=[what for what, _ in NEWS])
def test_whatever_differs_is_noticed(
    place: Place, what: str, spoil: Callable[[Place], None]
) -> None:
    spoil(place)
    assert not unchanged(place), what


def test_more_months_are_more_to_do(place: Place) -> None:
    assert not unchanged(place, from_month="2018-06")


def test_a_home_where_nothing_ever_ran_has_everything_to_do(tmp_path: Path) -> None:
    assert not unchanged(Place(tmp_path / "home", tmp_path / "inbox"))
