"""`report_indicators` and `report_<plan>`: the protected figures of a month, and the published set of each plan.

Belongs here: the assets, one a plan, made from the plan's file. Not here: the steps they take (`publishing`).
"""

import dagster as dg

from assets.freshness import CHECK_SPEC, freshness
from assets.gate import RETRY, WRITES_HOME, told_plainly
from assets.periods import monthly, one_run
from assets.recipes import AREAS
from assets.resources import House
from assets.versions import version_of
from exports.database import write_set
from indicators.calendar import parse_month
from plans.loading import load_plan, plan_ids


@dg.asset(
    group_name="reports",
    deps=[f"statistics_{name}" for name in AREAS],
    partitions_def=monthly,
    backfill_policy=one_run,
    description="Månedens tal fra alle områder, beskyttet mod genkendelse.",
    owners=["team:beskaeftigelse"],
    kinds={"parquet"},
    tags={"persondata": "nej-beskyttet"},
    check_specs=[CHECK_SPEC],
    retry_policy=RETRY,
    pool=WRITES_HOME,
)
def report_indicators(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Protect the figures of each month asked for; the unprotected table goes to `<home>/internal`."""
    from assets.previews import protected_totals, trend_picture
    from assets.publishing import protect_month

    house.tell("beskytter små tal")
    with told_plainly():
        versions: list[str] = []
        for key in sorted(context.partition_keys):
            figures = protect_month(house, parse_month(key), versions[-1:])
            versions.append(figures.version)
        fresh = freshness(house, parse_month(max(context.partition_keys)))
    return dg.MaterializeResult(
        data_version=dg.DataVersion(figures.version),
        metadata={
            "dagster/row_count": len(figures.table),
            "skjult_primært": figures.summary.primary,
            "skjult_sekundært": figures.summary.secondary,
            "skjult_efter_at_være_vist": figures.summary.doubted,
            "skjult_og_ikke_forudsat_uændret": len(figures.summary.apart),
            **protected_totals(figures.table),
            **trend_picture(figures.table),
        },
        check_results=[fresh],
    )


def report(plan_id: str) -> dg.AssetsDefinition:
    """The asset of a plan's report."""
    plan = load_plan(plan_id)

    @dg.asset(
        name=f"report_{plan_id.replace('-', '_')}",
        group_name="reports",
        deps=["report_indicators"],
        partitions_def=monthly,
        backfill_policy=one_run,
        description=f"Offentliggjort sæt: {plan.title}.",
        owners=["team:beskaeftigelse"],
        kinds={"excel", "csv"},
        tags={"persondata": "nej-offentligt"},
        retry_policy=RETRY,
        pool=WRITES_HOME,
    )
    def _report(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
        from assets.publishing import publish_month

        house.tell(f"skriver {plan.short_title}")
        with told_plainly():
            for key in context.partition_keys:
                published = publish_month(
                    house, plan_id, parse_month(key), house.turn, context.run.run_id
                )
                if database := house.settings().publish.database:
                    house.tell(f"skriver {plan.short_title} i databasen")
                    write_set(database, published.path, house.turn)
        return dg.MaterializeResult(
            data_version=dg.DataVersion(
                version_of(str(published.path.name), published.path.as_posix())
            ),
            metadata={
                "sæt": dg.MetadataValue.path(str(published.path)),
                "udgave": published.version,
                "ny": published.new,
            },
        )

    return _report


report_assets = [report_indicators, *(report(plan_id) for plan_id in plan_ids())]
