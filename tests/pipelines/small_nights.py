"""Nights of one small asset, on an instance of their own: they end as they are told to.

Belongs here: making runs that succeed, fail, or die, without deliveries and figures. Not here: what is said of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster import DagsterInstance

from assets.gate import failure
from assets.periods import monthly
from assets.resources import House
from pipelines.environments import prepare
from pipelines.jobs import NIGHTLY


@contextmanager
def instance_of(home: Path) -> Iterator[DagsterInstance]:
    """The instance of a home, made as `midtvejs` makes it."""
    prepare(home)
    with DagsterInstance.get() as instance:
        yield instance


def night(
    home: Path,
    instance: DagsterInstance,
    month: str,
    fault: tuple[str, int] | None = None,
    seconds: float = 0,
) -> str:
    """A run of a month; with `fault` it fails with that sentence and code, and it talks for `seconds`. Returns its id."""

    @dg.asset(partitions_def=monthly)
    def figures(house: House) -> None:
        for number in range(int(seconds * 10)):
            dg.get_dagster_logger().info(f"{number}")
            time.sleep(0.1)
        if fault is not None:
            raise failure(*fault)

    job = dg.define_asset_job(NIGHTLY, [figures], executor_def=dg.in_process_executor)
    definitions = dg.Definitions([figures], jobs=[job], resources={"house": House(home=str(home))})
    made = definitions.resolve_job_def(NIGHTLY).execute_in_process(
        instance=instance,
        partition_key=month,
        raise_on_error=False,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )
    return made.run_id


def dead_run(home: Path, instance: DagsterInstance, month: str) -> str:
    """A run whose process was killed in the middle: Dagster takes it for going, and its lock is there, held by nobody."""
    from dagster._core.test_utils import create_run_for_test

    run = create_run_for_test(
        instance,
        job_name=NIGHTLY,
        status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": month},
    )
    (home / "locks").mkdir(exist_ok=True)
    (home / "locks" / f"run-{run.run_id}").touch()
    return run.run_id
