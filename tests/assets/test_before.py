"""Which tables are in readers' hands when a month is published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import dagster as dg
import pytest

from assets import publishing
from assets.before import in_readers_hands, needed
from assets.report_building import ProtectedFigures
from assets.reports import report_indicators
from assets.resources import House
from disclosure.table import Summary
from indicators.calendar import month_name, parse_month
from tests.disclosure.tables import row, tidy

JUNE = "2020-06"


def publish(home: Path, place: str, figures: str) -> None:
    """A set's manifest at `<plan>/<month>/<version>`."""
    folder = home / "published" / place
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"settings": {"figures": figures}}), "utf-8")


def test_a_damaged_manifest_names_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "a/2020-06/v001", "one")
    publish(tmp_path, "a/2020-06/v002", "two")
    (tmp_path / "published/a/2020-06/v002/manifest.json").write_text("{", "utf-8")
    assert in_readers_hands(House(home=str(tmp_path)), parse_month(JUNE)) == ("one",)


def test_what_a_month_may_be_held_against_is_kept(tmp_path: Path) -> None:
    for at, figures in enumerate(("one", "two", "three"), 1):
        publish(tmp_path, f"a/2020-06/v00{at}", figures)
    publish(tmp_path, "a/2019-12/v001", "winter")
    assert needed(tmp_path) == {"two", "three", "winter"}


@pytest.mark.parametrize(
    ("sets", "hands", "why"),
    [
        ({}, (), "nothing is published"),
        ({"a/2020-06/v001": "one"}, ("one",), ""),
        (
            {"a/2020-06/v001": "one", "a/2020-06/v002": "two", "a/2020-06/v003": "three"},
            ("two", "three"),
            "the month's own newest two",
        ),
        (
            {"a/2020-06/v001": "one", "a/2020-06/v002": "two", "a/2020-06/v003": "two"},
            ("one", "two"),
            "another set of the same figures is no other table",
        ),
        (
            {"a/2020-04/v001": "old", "a/2020-05/v001": "x", "a/2020-05/v002": "may"},
            ("may",),
            "the newest of the month before",
        ),
        (
            {"a/2019-12/v001": "winter", "a/2020-12/v001": "next", "a/2021-01/v001": "later"},
            ("winter", "next"),
            "the nearest months published, however far",
        ),
        (
            {"a/2020-06/v001": "one", "b/2020-06/v001": "other"},
            ("other", "one"),
            "what either plan shows",
        ),
        (
            {"a/2020-05/v001": "same", "a/2020-06/v001": "same"},
            ("same",),
            "each once",
        ),
    ],
)
def test_what_is_in_readers_hands(
    tmp_path: Path, sets: dict[str, str], hands: tuple[str, ...], why: str
) -> None:
    for place, figures in sets.items():
        publish(tmp_path, place, figures)
    assert in_readers_hands(House(home=str(tmp_path)), parse_month(JUNE)) == hands, why


def test_months_of_one_run_are_protected_beside_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them is published yet, and they tell of the same periods."""
    asked: list[tuple[str, tuple[str, ...]]] = []

    def protect(_house: House, month: int, besides: Sequence[str] = ()) -> ProtectedFigures:
        asked.append((month_name(month), tuple(besides)))
        figures = f"of {month_name(month)}"
        table = tidy(row("ltu_80/narrow/T", 9)).assign(unit="personer")
        return ProtectedFigures(table, Summary(5, 0, 0, {}), figures)

    monkeypatch.setattr(publishing, "protect_month", protect)
    months = dg.PartitionKeyRange("2020-04", JUNE)
    with dg.build_asset_context(
        partition_key_range=months, resources={"house": House(home=str(tmp_path))}
    ) as context:
        report_indicators(context)
    assert asked == [
        ("2020-04", ()),
        ("2020-05", ("of 2020-04",)),
        (JUNE, ("of 2020-05",)),
    ]
