"""A plan added by a file alone has its asset, its place in the nightly job, and its published set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from plans.loading import FOLDER_VARIABLE
from synthetic.generator import generate
from tests import fourth_plan as fourth
from tests.whole.conftest import KEY, MONTH

# The month that the plan's goal is counted from; none of the others' is needed to be published.
FROM_MONTH = "2020-01"
GRAPH = """
import json
from pipelines.definitions import defs
from pipelines.jobs import NIGHTLY
job = defs.resolve_job_def(NIGHTLY)
schedules = [one for one in defs.schedules if one.job_name == NIGHTLY]
print(json.dumps({
    "assets": sorted(key.path[-1] for key in job.asset_layer.executable_asset_keys),
    "schedules": [one.cron_schedule for one in schedules],
}))
"""


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with a folder that holds one plan more: a process of its own reads it from the start."""
    folder = fourth.add(tmp_path_factory.mktemp("planer"))
    return {**os.environ, FOLDER_VARIABLE: str(folder)}


def test_it_has_an_asset_in_the_nightly_job_and_the_schedule(surroundings: dict[str, str]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", GRAPH], env=surroundings, capture_output=True, text=True, check=True
    )
    graph = json.loads(told.stdout)
    reports = [name for name in graph["assets"] if name.startswith("report_")]
    assert reports == [
        "report_bi05_2024_2027",
        "report_egen_plan_2020",
        "report_handicappolitik_2009_2012",
        "report_indicators",
        "report_indsatsplan_2018_2022",
    ]
    assert graph["schedules"] == ["30 4 * * *"]


def test_a_night_publishes_all_four(surroundings: dict[str, str], tmp_path: Path) -> None:
    # Two years and a half, so that few people have courses too.
    generate(tmp_path / "inbox", 60, "2018-01", MONTH, 1)
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pipelines", "run", "--home", str(tmp_path / "home")),
            *("--inbox", str(tmp_path / "inbox")),
            *("--month", MONTH, "--from-month", FROM_MONTH),
        ],
        env={**surroundings, "MIDTVEJS_KEY": KEY},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    books = [Path(line) for line in ended.stdout.splitlines() if line.endswith(".xlsx")]
    assert sorted(book.name for book in books) == [
        "midtvejsstatus_bi05-2024-2027_2020-06.xlsx",
        f"midtvejsstatus_{fourth.ID}_2020-06.xlsx",
        "midtvejsstatus_handicappolitik-2009-2012_2020-06.xlsx",
        "midtvejsstatus_indsatsplan-2018-2022_2020-06.xlsx",
    ]
    (own,) = (book for book in books if fourth.ID in book.name)
    theme = openpyxl.load_workbook(own, read_only=True)["Tema 1 Det ene tema"]
    texts = [cell for row in theme.iter_rows(values_only=True) for cell in row if cell]
    assert any("Den ene aktivitet" in str(cell) for cell in texts)
