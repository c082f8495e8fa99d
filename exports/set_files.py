"""Every file of a set, written from a report into an empty folder.

Belongs here: which files a set holds and in which order they are made. Not here: what is in them
(`workbook`, `tidy`, `plan_files`, `open_data`), and putting the set in force (`publication`).
"""

from __future__ import annotations

from pathlib import Path

from exports.open_data.about import about
from exports.open_data.describing import describe
from exports.open_data.files import PLAN_TABLES
from exports.report import Report
from exports.tidy import write_tidy
from exports.web.page import web_page
from exports.workbook.book import write_workbook
from exports.workbook.cell_map import cell_map_bytes


def workbook_name(plan_id: str, month: str) -> str:
    """The file name of a plan's workbook of a month (`YYYY-MM`)."""
    return f"midtvejsstatus_{plan_id}_{month}.xlsx"


def write_set(report: Report, folder: Path) -> None:
    """Write the files of the report's set; the same report gives the same bytes."""
    name = workbook_name(report.plan.id, report.month)
    _write_figures(report, folder, name)
    (folder / "index.html").write_text(web_page(report, name), "utf-8")
    describe(folder, about(report, name))


def write_trial(report: Report, folder: Path) -> None:
    """Write the workbook and the data of a report that is not official; nothing describes them as the municipality's."""
    _write_figures(report, folder, f"IKKE-OFFICIEL_{workbook_name(report.plan.id, report.month)}")


def _write_figures(report: Report, folder: Path, name: str) -> None:
    data = folder / "data"
    data.mkdir()
    write_tidy(report.table, data / "indicators.csv")
    placed = write_workbook(report, folder / name)
    (data / "cells.csv").write_bytes(cell_map_bytes(placed, report.target_group_rule))
    for table in PLAN_TABLES:
        (data / f"{table.name}.csv").write_bytes(table.content(report))
