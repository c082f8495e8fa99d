"""`report_indicators` and `report_<plan>`: the protected figures of a month, and the published set of each plan.

Belongs here: the assets, one a plan, made from the plan's file. Not here: protection (`disclosure`), assessment (`plans`),
the workbook and the atomic set (`exports`).
"""

from pathlib import Path

import dagster as dg
import pandas as pd

from assets.computing import AREAS, Figures, figures_of
from assets.gate import told_plainly
from assets.keeping import keep_figures, kept_figures, point, pointed
from assets.periods import monthly
from assets.previews import preview
from assets.report_building import ProtectedFigures, build_report, origin
from assets.resources import House
from assets.versions import code_version, version_of
from disclosure.table import Summary, protect_table
from exports.ledger import append
from exports.publication import Publication, publish
from exports.tidy import write_tidy
from exports.workbook.book import write_workbook
from indicators.calendar import month_name, parse_month
from indicators.figures import tidy
from plans.loading import load_plan, plan_ids
from sources.files import private_directory

PROTECTED = "indicators"


@dg.asset(
    group_name="reports",
    deps=[f"statistics_{name}" for name in AREAS],
    partitions_def=monthly,
    backfill_policy=dg.BackfillPolicy.single_run(),
    description="Månedens tal fra alle områder, beskyttet mod genkendelse.",
    owners=["team:beskaeftigelse"],
    kinds={"parquet"},
    tags={"persondata": "nej-beskyttet"},
)
def report_indicators(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Protect the figures of each month asked for; the unprotected table goes to `<home>/internal`."""
    house.tell("beskytter små tal")
    with told_plainly():
        for key in context.partition_keys:
            figures = protect_month(house, parse_month(key))
    return dg.MaterializeResult(
        data_version=dg.DataVersion(figures.version),
        metadata={
            "dagster/row_count": len(figures.table),
            "skjult_primært": figures.summary.primary,
            "skjult_sekundært": figures.summary.secondary,
            **preview(figures.table, house.settings().threshold),
        },
    )


def protect_month(house: House, month: int) -> ProtectedFigures:
    """Put a month's areas together, keep the internal table, protect it and keep that; unchanged figures are not protected
    anew."""
    areas: list[Figures] = [figures_of(house, name, month) for name in AREAS]
    threshold = house.settings().threshold
    firsts = [min(area.table["period"]) for area in areas]
    version = version_of(
        [area.version for area in areas], firsts, month, threshold, code_version("disclosure", "assets")
    )
    folder = house.folder("statistics", PROTECTED)
    whole = tidy([area.table for area in areas])
    keep_internal(house, month, whole)
    if not (folder / version).exists():
        protected, summary = protect_table(whole, threshold)
        keep_figures(folder, version, protected)
        point(folder, f"hidden-{version}", {"primary": summary.primary, "secondary": summary.secondary})
    point(folder, month_name(month), {"version": version})
    return protected_month(house, month)


def protected_month(house: House, month: int) -> ProtectedFigures:
    """The protected figures of a month; raises NothingKept when there are none."""
    folder = house.folder("statistics", PROTECTED)
    version = pointed(folder, month_name(month))["version"]
    hidden = pointed(folder, f"hidden-{version}")
    summary = Summary(house.settings().threshold, hidden["primary"], hidden["secondary"], {})
    return ProtectedFigures(kept_figures(folder, version), summary, version)


def keep_internal(house: House, month: int, table: pd.DataFrame) -> Path:
    """Write the unprotected table to `<home>/internal/<YYYY-MM>/indicators.parquet`, directory 0700."""
    folder = private_directory(house.path / "internal" / month_name(month))
    draft = folder / ".indicators.parquet"
    table.to_parquet(draft, index=False)
    draft.chmod(0o600)
    return draft.replace(folder / "indicators.parquet")


def report(plan_id: str) -> dg.AssetsDefinition:
    """The asset of a plan's report."""
    plan = load_plan(plan_id)

    @dg.asset(
        name=f"report_{plan_id.replace('-', '_')}",
        group_name="reports",
        deps=["report_indicators"],
        partitions_def=monthly,
        backfill_policy=dg.BackfillPolicy.single_run(),
        description=f"Offentliggjort sæt: {plan.title}.",
        owners=["team:beskaeftigelse"],
        kinds={"excel", "csv"},
        tags={"persondata": "nej-offentligt"},
    )
    def _report(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
        house.tell(f"skriver {plan.short_title}")
        # The number Dagster gave the run when it was made: an older run that finishes late may not promote.
        record = context.instance.get_run_record_by_id(context.run_id)
        sequence = record.storage_id if record else 0
        with told_plainly():
            for key in context.partition_keys:
                published = publish_month(house, plan_id, parse_month(key), sequence)
        return dg.MaterializeResult(
            data_version=dg.DataVersion(version_of(str(published.path.name), published.path.as_posix())),
            metadata={
                "sæt": dg.MetadataValue.path(str(published.path)),
                "udgave": published.version,
                "ny": published.new,
            },
        )

    return _report


def publish_month(house: House, plan_id: str, month: int, sequence: int) -> Publication:
    """Write and publish a plan's set of a month; unchanged inputs make no new version."""
    figures = protected_month(house, month)
    name = f"midtvejsstatus_{plan_id}_{month_name(month)}.xlsx"

    def fill(folder: Path, version: int) -> None:
        (folder / "data").mkdir()
        write_tidy(figures.table, folder / "data" / "indicators.csv")
        write_workbook(build_report(house, plan_id, month, figures, version), folder / name)

    made_of = origin(house, figures, code_version())
    published = publish(house.path, plan_id, month_name(month), made_of, fill, sequence)
    if published.new:
        facts = {"plan": plan_id, "month": month_name(month), "version": published.version}
        append(house.path, "publication", facts, house.now())
    return published


report_assets = [report_indicators, *(report(plan_id) for plan_id in plan_ids())]
