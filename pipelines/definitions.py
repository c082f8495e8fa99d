"""What Dagster loads: every asset, the nightly job, its schedule and the sensors, and the job of what-if runs.

Belongs here: putting the parts together. Not here: what a part does. Loading needs no environment, network or files of an
installation: the home is looked up when a run starts.
"""

import dagster as dg

from assets.deliveries import delivered_assets
from assets.inbox import inbox
from assets.registers import register_assets
from assets.reports import report_assets
from assets.resources import House
from assets.statistics import statistics_assets
from pipelines.jobs import nightly, trial
from pipelines.schedules import every_night
from pipelines.sensors import after_runs, inbox_watch


def build_definitions() -> dg.Definitions:
    """The code location; tests build it with their own resources through run config."""
    return dg.Definitions(
        assets=[inbox, *delivered_assets, *register_assets, *statistics_assets, *report_assets],
        jobs=[nightly, trial],
        schedules=[every_night],
        sensors=[inbox_watch, after_runs],
        resources={"house": House(home=dg.EnvVar("MIDTVEJS_HOME"))},
        # A step here takes less than starting a process for it; parallelism is inside the block engine.
        executor=dg.in_process_executor,
    )


defs = build_definitions()
