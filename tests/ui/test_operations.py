"""What an operator does in the pages: many months at once, a what-if from the form, the schedule's next tick.

Belongs here: what needs the daemon. Not here: reading the graph and the assets (`test_ui`), the doors (`test_proxy`).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assets.trials import FOLDER, OP
from plans.loading import plan_ids
from tests.ui.browser import Browser
from tests.ui.conftest import ROOT, Demo
from tests.ui.test_ui import NEW_RUN, RUNS

pytestmark = pytest.mark.program("chromium")

BACKFILLED = "statistics_budgets"
FIRST, LAST, MONTHS = "2018-01", "2020-06", 30
SCHEDULE = "locations/pipelines.definitions/schedules/every_night"
SENSOR = "locations/pipelines.definitions/sensors/after_runs"
TICKS = '[...document.querySelectorAll("%s")].filter(e => / (AM|PM) UTC$/.test(e.innerText.trim()))'
CHOSEN_TICK = (TICKS % "button") + "[0]"
FUTURE_TICK = (TICKS % "[role=menuitem], li a, li button") + ".at(-1)"
RUNNING = (
    '[...document.querySelectorAll("tr")].find(row => /^Running/.test(row.innerText.trim()))'
    '?.querySelector("label, input, button")'
)


def test_thirty_months_are_one_run(
    browser: Browser, address: str, demo: Demo, pictures: Path
) -> None:
    page = f"{address}/assets/{BACKFILLED}?view=partitions"
    browser.open(page)
    browser.wait_for_text("Materialized (1)")
    browser.click("Materialize…")
    browser.wait_for_text("Launch runs to materialize", "Partition selection")
    browser.fill('document.querySelector("input[placeholder^=ex]")', f"[{FIRST}...{LAST}]")
    browser.enter()
    browser.wait_for_text(f"{MONTHS} partitions", "Backfills all partitions in a single run.")
    browser.screenshot(pictures / "ui_backfill.png")
    browser.click("Launch backfill", within="button")
    browser.wait_for(
        '/Launch runs to materialize/.test(document.body.innerText) ? null : "launched"'
    )
    browser.screenshot(pictures / "ui_backfill_launched.png")

    browser.open(page)
    browser.wait_for_text(f"Materialized ({MONTHS})", patience=150)
    browser.screenshot(pictures / "ui_backfilled.png")
    browser.open(f"{address}/runs")
    browser.wait_for_text(f"{MONTHS} partitions", BACKFILLED)
    browser.screenshot(pictures / "ui_backfill_run.png")
    with closing(sqlite3.connect(demo.dagster / "history" / "runs.db")) as storage:
        asked = "SELECT count(DISTINCT run_id) FROM run_tags WHERE key = 'dagster/backfill'"
        assert storage.execute(asked).fetchone() == (1,)


def test_a_what_if_is_launched_from_the_form(
    browser: Browser, address: str, demo: Demo, pictures: Path
) -> None:
    plan = plan_ids()[-1]
    browser.open(f"{address}/locations/pipelines.definitions/jobs/{FOLDER}/playground")
    browser.wait_for_text(f"{OP}:", 'Missing required config entry "month"')
    known = browser.evaluate(RUNS)
    browser.press_on('document.querySelector(".CodeMirror")', dy=150)
    config = {"month": LAST, "threshold": 30, "plans": [plan]}
    browser.write(json.dumps({"ops": {OP: {"config": config}}}))
    browser.wait_for_text("No errors", "No missing config")
    browser.screenshot(pictures / "ui_whatif.png")
    browser.click("Launch Run", within="button")
    run = browser.wait_for(NEW_RUN % known)
    browser.open(address + run)
    browser.wait_for_text(
        f"{run.removeprefix('/runs/')[:8]}\nSuccess", "Succeeded (1)", patience=600
    )
    browser.screenshot(pictures / "ui_whatif_run.png")
    made = list((demo.home / FOLDER / run.removeprefix("/runs/")).rglob("*.xlsx"))
    assert len(made) == 1


def test_the_schedule_is_tried_and_switched_on(
    browser: Browser, address: str, demo: Demo, pictures: Path
) -> None:
    browser.open(f"{address}/{SCHEDULE}")
    browser.wait_for_text("Hver nat kl. 04.30", "Europe/Copenhagen")
    browser.click("Preview tick result")
    browser.wait_for_text("Select an evaluation time to simulate")
    browser.press_on(CHOSEN_TICK)
    browser.press_on(FUTURE_TICK)
    browser.wait_for(f'{FUTURE_TICK} ? null : "the menu is gone"')
    browser.click("Continue", within="button")
    browser.wait_for_text("1 run requests", "Requested runs (1)", patience=60)
    browser.screenshot(pictures / "ui_tick.png")
    browser.click("Close", within="button")

    assert "Tidsplanen every_night er ikke slået til." in _doctor(demo)
    browser.press_on(RUNNING)
    browser.wait_for_text("Next tick")
    browser.screenshot(pictures / "ui_schedule_on.png")
    assert "Næste kørsel" in _doctor(demo)
    browser.press_on(RUNNING)


def test_the_daemon_says_what_runs_left_to_be_said(
    browser: Browser, address: str, demo: Demo, pictures: Path
) -> None:
    browser.open(f"{address}/{SENSOR}")
    browser.wait_for_text("Skriver status og sender varsler", "0 runs requested", patience=90)
    browser.wait_for('/Loading/.test(document.body.innerText) ? null : "loaded"')
    browser.screenshot(pictures / "ui_sensor.png")
    assert "færdig" in (demo.home / "status" / "status.html").read_text("utf-8")


def _doctor(demo: Demo) -> str:
    asked = subprocess.run(
        [sys.executable, "-m", "pipelines", "doctor"],
        cwd=ROOT,
        env=demo.environment,
        capture_output=True,
        text=True,
    )
    assert "Dæmonen svarer ikke" not in asked.stdout
    return asked.stdout
