"""A corrected delivery of a published month: a new version that lists what changed, and which delivery brought it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from assets.recipes import sources_of
from assets.vintages import OF_PROTECTION
from exports.tidy import KEYS, read_tidy
from indicators.catalogue import catalogue
from indicators.categories import BY_IMPAIRMENT
from plans.loading import plan_ids
from tests.whole.conftest import MONTH, Place

PLAN = plan_ids()[-1]


def sets(place: Place) -> list[Path]:
    return sorted((place.home / "published" / PLAN / MONTH).glob("v*"))


def revised(folder: Path) -> list[dict[str, str]]:
    with (folder / "data" / "revisions.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_correction_is_listed_with_the_delivery_that_brought_it(place: Place) -> None:
    (first,) = sets(place)
    assert revised(first) == []
    header, *people = place.newest("population").read_bytes().splitlines(keepends=True)
    place.deliver("population", header + b"".join(people[: int(0.9 * len(people))]))
    assert place.run(PLAN) == 0

    old, new = sets(place)
    listed = revised(new)
    # What others' changed figures give away is hidden: of a figure that the delivery has no part in, that is told.
    hidden = [row for row in listed if row["cause"] == OF_PROTECTION]
    assert all("suppressed" in (row["old_state"], row["new_state"]) for row in hidden)
    rows = [row for row in listed if row not in hidden]
    assert len(rows) > len(hidden)
    assert all(
        "population" in sources_of(catalogue()[row["indicator"]].area, BY_IMPAIRMENT)
        for row in rows
    )
    newest = json.loads((new / "manifest.json").read_text("utf-8"))
    (delivery,) = (one["delivery_id"] for one in newest["inputs"] if one["source"] == "population")
    assert all(delivery in row["cause"] for row in rows)
    assert newest["follows"] == f"{MONTH}/v001"

    before, now = (read_tidy(each / "data" / "indicators.csv") for each in (old, new))
    tables = [table.set_index(list(KEYS)) for table in (before, now)]
    for row in listed:
        key = tuple(row[name] for name in KEYS)
        shown = [table["value"].get(key) for table in tables]
        if row["old_state"] == row["new_state"] == "shown":
            assert [float(row["old"]), float(row["new"])] == shown
        else:
            assert row["old"] == row["new"] == ""

    # Writing the set anew compares it with the same set as before, so nothing new appears.
    assert place.run(PLAN) == 0
    assert sets(place) == [old, new]


def test_the_ledger_names_the_run_of_each_publication(place: Place) -> None:
    lines = (place.home / "ledger.jsonl").read_text("utf-8").splitlines()
    published = [json.loads(line) for line in lines if '"publication"' in line]
    assert published
    assert all(line["facts"]["run"] for line in published)
