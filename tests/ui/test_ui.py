"""What an analyst sees in Dagster's UI, and that nobody's CPR number is among it.

Belongs here: the graph, the checks, a month made anew, previews, and the search for personal data. Not here: how a page is
driven (`browser`), how the server is started (`conftest`).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from expectations.checks import checks_for
from expectations.contract import load
from pipelines.definitions import defs
from tests.ui.browser import Browser
from tests.ui.conftest import Demo
from tests.whole.searching import everything

pytestmark = pytest.mark.program("chromium")

MONTH = "2020-06"
GROUPS = ("deliveries", "registers", "statistics", "reports")
NODES = """
(() => {
    const nodes = [...document.querySelectorAll("svg foreignObject")]
        .map(node => [node.getBoundingClientRect().x, (node.firstElementChild?.innerText ?? "").trim()])
        .filter(([x, text]) => text);
    const edges = document.querySelectorAll("svg path[marker-end]").length;
    return nodes.length < 4 || edges < 3 ? null : nodes.sort((a, b) => a[0] - b[0]).map(([x, text]) => text);
})()
"""
NEW_RUN = """
(() => {
    const links = [...document.querySelectorAll("a")].map(link => new URL(link.href).pathname);
    return links.find(path => path.startsWith("/runs/") && !%s.includes(path)) ?? null;
})()
"""
PREVIEW = """
(table => table && [...table.querySelectorAll("tbody tr")].map(row => row.innerText))(
    [...document.querySelectorAll("table")].find(table =>
        !table.querySelector("table") &&
        table.querySelector("th")?.innerText === "Indikator") ?? null)
"""
"""The rows of the preview, its head first: the browser has made the Markdown a table."""
RUNS = '[...document.querySelectorAll("a")].map(link => new URL(link.href).pathname)'
CPR = re.compile(rb"(?=(\d{6})-?(\d{4}))")
"""Ten digits anywhere, with or without the hyphen; the look-ahead finds overlapping ones too."""


def test_graph_reads_from_deliveries_to_reports(
    browser: Browser, address: str, pictures: Path
) -> None:
    browser.open(f"{address}/asset-groups")
    assert tuple(browser.wait_for(NODES)) == GROUPS
    browser.screenshot(pictures / "ui_graph.png")


@pytest.mark.parametrize("group", GROUPS)
def test_group_lists_its_assets(browser: Browser, address: str, pictures: Path, group: str) -> None:
    members = _members()[group]
    browser.open(f"{address}/locations/pipelines.definitions/asset-groups/{group}/list")
    browser.wait_for_text(*members)
    browser.wait_for('/Refreshing data|Loading/.test(document.body.innerText) ? null : "loaded"')
    browser.screenshot(pictures / f"ui_group_{group}.png")


def test_checks_and_their_results_are_told_in_danish(
    browser: Browser, address: str, pictures: Path
) -> None:
    checks = {check.name: check for check in checks_for(load("population"))}
    browser.open(f"{address}/assets/delivered_population?view=checks")
    browser.wait_for_text(f"Checks ({len(checks)})", "Succeeded", "Latest execution")
    # A made-up person's number never passes modulus 11, so one check warns on every demonstration.
    outcomes = [
        ("koen_in_set", "I orden:", "Passed"),
        ("cpr_modulus_11", "Ikke opfyldt:", "Failed"),
    ]
    for name, sentence, result in outcomes:
        described = checks[name].description
        browser.click(name)
        shown = browser.wait_for_text(f"{sentence} {described}", f"Evaluation result\n{result}")
        assert f"\n{described}\n" in shown, name
        browser.screenshot(pictures / f"ui_check_{name}.png")


def test_delivery_shows_counts_and_columns_alone(
    browser: Browser, address: str, pictures: Path
) -> None:
    browser.open(f"{address}/assets/delivered_population")
    shown = browser.wait_for_text(
        "Row count", "karantæne", "seneste_dom", "Pseudonym for personen."
    )
    assert "Befolkningsregister: den leverance, der er i kraft" in shown
    browser.screenshot(pictures / "ui_delivery.png")


def test_month_is_made_anew_from_the_page(browser: Browser, address: str, pictures: Path) -> None:
    page = f"{address}/assets/statistics_unemployment?view=partitions&partition={MONTH}"
    browser.open(page)
    browser.wait_for_text("View all historical events (1)")
    known = browser.evaluate(RUNS)

    browser.click("Materialize…")
    browser.wait_for_text("1 partition", "Launch 1 run")
    browser.screenshot(pictures / "ui_materialize.png")
    browser.click("Launch 1 run", within="button")
    run = browser.wait_for(NEW_RUN % known)

    browser.open(address + run)
    browser.wait_for_text(f"{_short(run)}\nSuccess", f"partition: {MONTH}", patience=90)
    browser.screenshot(pictures / "ui_run.png")

    browser.open(page)
    browser.wait_for_text("View all historical events (2)", _short(run))
    browser.screenshot(pictures / "ui_partition.png")


def test_unprotected_statistics_show_how_many_rows_and_no_figure(
    browser: Browser, address: str, pictures: Path
) -> None:
    browser.open(f"{address}/assets/statistics_unemployment")
    browser.wait_for_text("Ledige og langtidsledige", "indhold", MONTH)
    rows = [row.split("\t") for row in browser.wait_for(PREVIEW)[1:]]
    assert [title for title, *_ in rows] == [
        *("Ledige i mindst et år", "Langtidsledige", "Langtidslediges andel af ledige", "Ledige"),
    ]
    assert {months for _, months, _ in rows} == {"4"}, "March to June"
    assert "i_alt" not in browser.text()
    browser.screenshot(pictures / "ui_statistics_unemployment.png")


def test_protected_figures_show_a_preview_of_totals(
    browser: Browser, address: str, pictures: Path
) -> None:
    browser.open(f"{address}/assets/report_indicators")
    browser.wait_for_text("Månedens tal fra alle områder", "i_alt_unemployment", MONTH)
    assert len(browser.wait_for(PREVIEW)) > 3
    browser.screenshot(pictures / "ui_report_indicators.png")


@pytest.mark.program("pdftotext")
def test_no_page_and_no_event_holds_a_cpr_number(
    browser: Browser, address: str, demo: Demo, server_log: Path
) -> None:
    people = _cpr_of_population(demo.inbox)
    delivered = next(demo.inbox.glob("population/*.csv")).read_bytes()
    assert people <= _ten_digits([delivered]), "the search itself must find what is there"

    members = _members()
    for asset in sorted(members["deliveries"] + members["registers"]):
        browser.open(f"{address}/assets/{asset}?view=events")
        browser.wait_for_text(asset, " in run ", "Metadata")
    browser.remember()
    pages = [page.encode() for page in browser.seen]
    assert not people & _ten_digits(pages)

    kept = [*everything(demo.home, demo.home / "raw"), (str(server_log), server_log.read_bytes())]
    assert any(b"ASSET_MATERIALIZATION" in content for place, content in kept if ".db" in place)
    # The file is named, never the number.
    assert [place for place, content in kept if people & _ten_digits([content])] == []


def _members() -> dict[str, list[str]]:
    """Asset names by group."""
    members = defaultdict(list)
    for spec in defs.resolve_all_asset_specs():
        members[spec.group_name or ""].append(spec.key.to_user_string())
    return members


def _short(run: str) -> str:
    """A run's path as the UI names it: the first eight characters of its id."""
    return run.removeprefix("/runs/")[:8]


def _cpr_of_population(inbox: Path) -> set[bytes]:
    """Every CPR number of the population delivery, without hyphen."""
    with next(inbox.glob("population/*.csv")).open(encoding="utf-8", newline="") as lines:
        found = {
            row["cpr"].replace("-", "").encode() for row in csv.DictReader(lines, delimiter=";")
        }
    assert len(found) > 500
    assert all(len(number) == 10 for number in found)
    return found


def _ten_digits(texts: Iterable[bytes]) -> set[bytes]:
    """Everything in the texts that is written as a CPR number is, hyphens left out."""
    return {b"".join(match.groups()) for text in texts for match in CPR.finditer(text)}
