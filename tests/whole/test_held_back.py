"""Figures nobody has said how to protect are in the internal table and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from disclosure.quantities import VOCABULARY
from exports.tidy import read_tidy
from pipelines.cli import main
from tests.whole.conftest import MONTH, Place

SET = f"indsatsplan-2018-2022/{MONTH}/v001"


def test_internal_alone(place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = set(VOCABULARY.counted)
    published = read_tidy(place.home / "published" / SET / "data" / "indicators.csv")
    asked = ["indicators", "--home", str(place.home), "--month", MONTH, "--out"]
    assert main([*asked, str(tmp_path / "shown.csv")]) == 0
    assert main([*asked, str(tmp_path / "all.csv"), "--internal"]) == 0
    assert (tmp_path / "all.csv").stat().st_mode & 0o777 == 0o600
    shown, whole = read_tidy(tmp_path / "shown.csv"), read_tidy(tmp_path / "all.csv")
    pd.testing.assert_frame_equal(shown, published)
    assert set(published["indicator"]) == known
    assert set(published["dim2"]) == {""}
    held_back = whole[~whole["indicator"].isin(known) | (whole["dim2"] != "")]
    assert {"ltu_52", "comp_growth", "transition_18", "unemployed"} <= set(held_back["indicator"])
    assert len(published) == len(whole) - len(held_back)
    told = next((place.home / "statistics" / "indicators").glob("hidden-*.json"))
    assert json.loads(told.read_text("utf-8"))["held_back"] == len(held_back)
