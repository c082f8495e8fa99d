"""The jobs: the whole path from inbox to published sets for one month, and the what-if run beside it.

Belongs here: which assets run together. Not here: when (`schedules`).
"""

import dagster as dg

from assets.stopping import LIMIT_TAG, LONGEST
from assets.trials import FOLDER, whatif

NIGHTLY = "midtvejsstatus"
TRIAL = FOLDER
LOOK = "inbox"
"""The asset that is all a night without news runs."""

nightly = dg.define_asset_job(
    NIGHTLY,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Hele vejen: indbakke, registre, statistik, beskyttelse og sæt for én måned.",
    tags={LIMIT_TAG: str(LONGEST)},
)


@dg.job(
    name=TRIAL,
    executor_def=dg.in_process_executor,
    description="Prøveberegning: rapporten under andre forudsætninger, i HOME/whatif. Intet offentliggøres.",
    tags={LIMIT_TAG: str(LONGEST // 6)},
)
def trial() -> None:
    """One op, so that the form in the UI is the assumptions alone."""
    whatif()
