"""The jobs: the whole path from inbox to published sets, for one month.

Belongs here: which assets run together. Not here: when (`schedules`).
"""

import dagster as dg

NIGHTLY = "midtvejsstatus"

nightly = dg.define_asset_job(
    NIGHTLY,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Hele vejen: indbakke, registre, statistik, beskyttelse og sæt for én måned.",
    tags={"dagster/max_runtime": str(6 * 3600)},
)
