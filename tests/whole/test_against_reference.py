"""`midtvejs run` on an inbox somebody else made, held against a person-by-person reference written from the page alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from pipelines.cli import main
from plans.loading import plan_ids
from tests.foreign.inbox import make_inbox
from tests.reference.deliveries import build, read_code_table
from tests.reference.figures import figures
from tests.whole.agreement import disagreements

# Each seed has its own wage columns: both kinds, both in other months, industry codes alone.
SEEDS = (0, 2, 4)
PUBLISHED = 0
"""The seed whose night goes on to the end: somebody else's people are protected and published too."""
FIRST, LAST = (2019, 11), (2021, 1)
# Where the goals for the use of the schemes begin, in the plans that ship; growth is counted from those the figures reach.
PLAN_BASELINES = [(2008, 12), (2018, 6), (2023, 12)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_agrees_with_the_reference(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if seed != PUBLISHED:
        request.getfixturevalue("ends_before_protection")
    rows = make_inbox(tmp_path / "inbox", seed, 400)
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    ended = main(
        [
            *("run", "--inbox", str(tmp_path / "inbox"), "--home", str(tmp_path / "home")),
            *("--month", f"{LAST[0]}-{LAST[1]:02d}", "--from-month", f"{FIRST[0]}-{FIRST[1]:02d}"),
            # The figures are those of all plans, whichever is published.
            *("--plan", plan_ids()[-1]),
        ]
    )
    assert ended == (0 if seed == PUBLISHED else 40)
    internal = tmp_path / "home" / "internal" / f"{LAST[0]}-{LAST[1]:02d}" / "indicators.parquet"
    table = pd.read_parquet(internal)
    months = [
        (m // 12, m % 12 + 1) for m in range(FIRST[0] * 12 + FIRST[1] - 1, LAST[0] * 12 + LAST[1])
    ]
    codes = read_code_table(Path(str(files("indicators") / "dream_codes.csv")))
    reached = [month for month in PLAN_BASELINES if month in months]
    expected = figures(build(rows, codes), months, reached)
    assert len(expected) > 10_000
    assert disagreements(table, expected)[:20] == []
