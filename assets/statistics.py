"""`statistics_<area>`: the unprotected figures of an area, month by month.

Belongs here: one asset an area; many months are one run. Not here: the recipe of an area (`computing`).
"""

import dagster as dg

from assets.gate import RETRY, WRITES_HOME, told_plainly
from assets.periods import monthly, one_run
from assets.recipes import AREAS
from assets.resources import House
from indicators.calendar import parse_month
from indicators.categories import BY_EITHER


def statistics(name: str) -> dg.AssetsDefinition:
    """The asset of an area."""
    area = AREAS[name]

    @dg.asset(
        name=f"statistics_{name}",
        group_name="statistics",
        # The rule of the target group is a setting, and what is loaded here knows none.
        deps=[
            *(f"register_{thing}" for thing in area.reads(BY_EITHER)),
            *(f"delivered_{source}" for source in area.sources),
        ],
        partitions_def=monthly,
        backfill_policy=one_run,
        description=area.description,
        owners=["team:beskaeftigelse"],
        kinds={"pandas" if area.sources else "numpy", "parquet"},
        tags={"persondata": "nej-ubeskyttet"},
        retry_policy=RETRY,
        pool=WRITES_HOME,
    )
    def _statistics(context: dg.AssetExecutionContext, house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
        from assets.computing import compute, figures_of
        from assets.previews import row_counts

        house.tell(f"statistik {name}")
        months = [parse_month(key) for key in context.partition_keys]
        with told_plainly():
            version = compute(house, name, months)
            table = figures_of(house, name, max(months)).table
        return dg.MaterializeResult(
            data_version=dg.DataVersion(version),
            metadata={"dagster/row_count": len(table), **row_counts(table)},
        )

    return _statistics


statistics_assets = [statistics(name) for name in AREAS]
