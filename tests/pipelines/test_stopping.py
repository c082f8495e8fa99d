"""A run ends when it is told to, when its time is up, and when it hears neither; nothing more is begun or tried again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import dagster as dg
import pytest

from assets import resources
from assets.gate import RETRY, told_plainly
from assets.resources import House
from assets.stopping import ENDED, INTERRUPTED, LIMIT_TAG, LONGEST, OVERDUE, limited
from pipelines.aftermath import fault_of, settle
from pipelines.environments import INSTANCE_SETTINGS
from tests.pipelines.small_nights import instance_of

FORK = multiprocessing.get_context("fork")
LONG = 30.0


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")


def _sleeps() -> None:
    time.sleep(LONG)


def _does_not_hear() -> None:
    over = time.monotonic() + LONG
    while time.monotonic() < over:
        try:
            time.sleep(LONG)
        except BaseException:  # as code outside Python does
            continue


def _run(home: Path, work: Callable[[], None], seconds: float) -> None:
    """A run of two steps that do not need each other; each leaves a file when it is begun."""

    def step(name: str) -> dg.AssetsDefinition:
        @dg.asset(name=name, retry_policy=RETRY)
        def begun(house: House) -> None:
            with told_plainly():
                (home / f"{name}-{time.monotonic_ns()}").touch()
                work()

        return begun

    steps = [step("first"), step("second")]
    tags = {LIMIT_TAG: str(seconds)}
    job = dg.define_asset_job("long", steps, executor_def=dg.in_process_executor, tags=tags)
    definitions = dg.Definitions(steps, jobs=[job], resources={"house": House(home=str(home))})
    resources.limited = partial(limited, patience=2.0)
    with instance_of(home) as instance:
        definitions.resolve_job_def("long").execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )


@pytest.mark.parametrize(
    ("work", "seconds", "is_told", "code", "sentence"),
    [
        (_sleeps, 1.0, False, 0, OVERDUE),
        (_sleeps, 600.0, True, 0, INTERRUPTED),
        (_does_not_hear, 1.0, False, ENDED, "Kørslens proces døde"),
    ],
    ids=["its time is up", "Ctrl-C", "its time is up, and it does not hear"],
)
def test_a_run_ends(
    work: Callable[[], None],
    seconds: float,
    is_told: bool,
    code: int,
    sentence: str,
    tmp_path: Path,
) -> None:
    with instance_of(tmp_path):
        pass
    process = FORK.Process(target=_run, args=(tmp_path, work, seconds))
    process.start()
    while process.is_alive() and not list(tmp_path.glob("first-*")):
        time.sleep(0.05)
    if is_told:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
    process.join(LONG - 5)
    assert process.exitcode == code
    assert [path.name.partition("-")[0] for path in tmp_path.glob("*-*")] == ["first"]
    with instance_of(tmp_path) as instance:
        settle(instance, tmp_path, datetime.now(UTC))
        (record,) = instance.get_run_records()
        assert record.dagster_run.status is dg.DagsterRunStatus.FAILURE
        assert fault_of(instance, record).sentence.startswith(sentence)


def test_the_daemon_and_the_run_itself_have_one_limit() -> None:
    assert f"max_runtime_seconds: {LONGEST}\n" in INSTANCE_SETTINGS
