"""A night under another rule of the target group: every table says so, and the usual figures stay where they were."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from tests.whole.conftest import MONTH, Place

RULE = "granted-compensation v1"


def internal(place: Place) -> pd.DataFrame:
    """The unprotected table of the month."""
    return pd.read_parquet(place.home / "internal" / MONTH / "indicators.parquet")


def target_group(table: pd.DataFrame) -> int:
    """How many the target group was at the month's end."""
    rows = table[(table["indicator"] == "employment_rate") & (table["variant"] == "any")]
    total = rows[(rows["group"] == "T") & (rows["dim1"] == "") & (rows["period"] == MONTH)]
    return int(total["denominator"].iloc[0])


def test_every_table_carries_the_rule(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = internal(place)
    monkeypatch.setenv("MIDTVEJS_TARGET_GROUP_RULE", RULE)
    assert place.run() == 0
    other = internal(place)
    # Whoever has a made-up grant is registered too, and most who are registered have none.
    assert 0 < target_group(other) < target_group(usual)
    assert set(other["definition_version"]) == {RULE}
    written = list((place.home / "published").glob(f"*/{MONTH}/v002/data/indicators.csv"))
    assert written
    for path in written:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert {row["definition_version"] for row in rows} == {RULE}
        named = {row["variant"].endswith(RULE) for row in rows if row["group"] in ("T", "R")}
        others = {row["variant"].endswith(RULE) for row in rows if row["group"] == "P"}
        assert (named, others) == ({True}, {False})
