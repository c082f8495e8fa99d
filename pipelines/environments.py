"""One installation's Dagster: its instance below the home, with telemetry off.

Belongs here: where Dagster keeps its storage, and the environment its processes get. Not here: what runs.
"""

from __future__ import annotations

import os
from pathlib import Path

from sources.files import private_directory

INSTANCE_SETTINGS = """\
storage:
  custom:
    module: pipelines.event_log
    class: LocalStorage
    config:
      base_dir: {env: DAGSTER_HOME}
telemetry:
  enabled: false
nux:
  enabled: false
run_monitoring:
  enabled: true
  max_runtime_seconds: 21600
run_retries:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
  # One run at a time writes the home; a what-if run may go beside it.
  pools:
    granularity: run
    default_limit: 1
run_coordinator:
  module: pipelines.coordinator
  class: NamedRunCoordinator
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 7
      failure: 30
      success: 90
"""
EVENTS_A_BATCH = "1000"
"""The events a run begins with, one a planned step and check, are stored at once; by itself Dagster stores one by one."""


def prepare(home: Path) -> None:
    """Make the home ready and point this process's Dagster at it; raises OSError when the disk refuses."""
    private_directory(home)
    folder = private_directory(home / "dagster")
    settings = folder / "dagster.yaml"
    if not settings.exists():
        settings.write_text(INSTANCE_SETTINGS, "utf-8")
    os.environ["DAGSTER_HOME"] = str(folder.resolve())
    os.environ["MIDTVEJS_HOME"] = str(home.resolve())
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", EVENTS_A_BATCH)
