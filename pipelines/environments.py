"""One installation's Dagster: its instance below the home, with telemetry off.

Belongs here: where Dagster keeps its storage, and the environment its processes get. Not here: what runs.
"""

from __future__ import annotations

import os
from pathlib import Path
from pwd import getpwuid

from assets.settings import SettingsError
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
    """Make the home ready and point this process's Dagster at it. Raises OSError when the disk refuses, and SettingsError
    for root in another's home."""
    _turn_root_away(home)
    private_directory(home)
    folder = private_directory(home / "dagster")
    settings = folder / "dagster.yaml"
    if not settings.exists():
        settings.write_text(INSTANCE_SETTINGS, "utf-8")
    os.environ["DAGSTER_HOME"] = str(folder.resolve())
    os.environ["MIDTVEJS_HOME"] = str(home.resolve())
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", EVENTS_A_BATCH)


def _turn_root_away(home: Path) -> None:
    """What root writes in a home its own user cannot change, and the night after it fails."""
    if os.geteuid() == 0 and home.is_dir() and (owner := home.stat().st_uid) != 0:
        try:
            name = getpwuid(owner).pw_name
        except KeyError:
            name = f"#{owner}"
        raise SettingsError(
            f"{home} tilhører brugeren {name}; giv kommandoen som den: 'runuser -u {name} -- midtvejs …'."
        )
