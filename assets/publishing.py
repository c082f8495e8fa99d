"""A month's figures protected, and a plan's set published.

Belongs here: the order of steps from kept figures to a set in force. Not here: protection (`disclosure`), assessment
(`plans`), the workbook and the atomic set (`exports`), the Dagster assets (`reports`).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from assets.computing import Figures, figures_of
from assets.keeping import keep_figures, kept_figures, point, pointed
from assets.ledger_lines import write_publications
from assets.recipes import AREAS
from assets.report_building import ProtectedFigures, build_report, origin
from assets.resources import House
from assets.versions import code_version, version_of
from assets.vintages import revisions
from disclosure.table import Summary, can_be_protected, protect_table
from exports.pdf import NoPdf, write_pdf
from exports.publication import Publication, publish, set_before
from exports.set_files import workbook_name, write_set
from exports.stranger.inspection import Known, hidden_seal
from indicators.calendar import date_of, last_day, month_name
from indicators.figures import tidy
from sources.files import private_directory

PROTECTED = "indicators"


def protect_month(house: House, month: int) -> ProtectedFigures:
    """Put a month's areas together, keep the internal table, protect it and keep that; unchanged figures are not protected
    anew. Rows the disclosure control does not know how to protect stay in the internal table alone."""
    areas: list[Figures] = [figures_of(house, name, month) for name in AREAS]
    threshold = house.settings().threshold
    firsts = [min(area.table["period"]) for area in areas]
    version = version_of(
        [area.version for area in areas],
        firsts,
        month,
        threshold,
        code_version("disclosure", "assets"),
    )
    folder = house.folder("statistics", PROTECTED)
    whole = tidy([area.table for area in areas])
    keep_internal(house, month, whole)
    if not (folder / version).exists():
        may_leave = can_be_protected(whole)
        protected, summary = protect_table(whole[may_leave], threshold)
        keep_figures(folder, version, protected)
        hidden = {
            "primary": summary.primary,
            "secondary": summary.secondary,
            "held_back": int((~may_leave).sum()),
        }
        point(folder, f"hidden-{version}", hidden)
    point(folder, month_name(month), {"version": version})
    return protected_month(house, month)


def protected_month(house: House, month: int) -> ProtectedFigures:
    """The protected figures of a month; raises NothingKept when there are none."""
    folder = house.folder("statistics", PROTECTED)
    version = pointed(folder, month_name(month))["version"]
    hidden = pointed(folder, f"hidden-{version}")
    summary = Summary(house.settings().threshold, hidden["primary"], hidden["secondary"], {})
    return ProtectedFigures(kept_figures(folder, version), summary, version, hidden["held_back"])


def keep_internal(house: House, month: int, table: pd.DataFrame) -> Path:
    """Write the unprotected table to `<home>/internal/<YYYY-MM>/indicators.parquet`, directory 0700."""
    folder = private_directory(house.folder("internal", month_name(month)))
    draft = folder / ".indicators.parquet"
    table.to_parquet(draft, index=False)
    draft.chmod(0o600)
    return draft.replace(folder / "indicators.parquet")


def publish_month(house: House, plan_id: str, month: int, sequence: int, run: str) -> Publication:
    """Write and publish a plan's set of a month; unchanged inputs make no new version. `run` is the run's id."""
    figures = protected_month(house, month)

    made_of = origin(house, figures, code_version())

    def fill(folder: Path, version: int) -> None:
        before = set_before(house.path, plan_id, month_name(month), version)
        since = revisions(figures.table, made_of, before)
        write_set(build_report(house, plan_id, month, figures, version, since), folder)

    def add(folder: Path) -> tuple[str, ...]:
        if not house.settings().publish.pdf:
            return ("PDF er udeladt: indstillingen publish.pdf er false.",)
        try:
            write_pdf(folder / workbook_name(plan_id, month_name(month)), date_of(last_day(month)))
        except NoPdf as problem:
            house.tell(str(problem))
            return (str(problem),)
        return ()

    def known() -> Known:
        return Known(hidden_seal(figures.table))

    published = publish(
        house.path, plan_id, month_name(month), made_of, fill, sequence, add=add, known=known
    )
    write_publications(house, plan_id, month_name(month), run)
    return published
