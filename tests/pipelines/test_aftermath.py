"""After a run: one notice a fault, dead runs buried, and a status that a watchdog can trust."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRunStatus

from assets.alive import alive
from exports.notices import kept
from pipelines.aftermath import clear_stuck, settle, settled, stuck
from pipelines.status_page import last_success
from tests.pipelines.small_nights import dead_run, instance_of, night

MONTH = "2020-06"
FULL = ("Disken eller en fil svigtede: No space left on device.", 30)
GATE = ("Diskretionskontrollen standsede sættet.", 40)
NEVER = ("DREAM er aldrig leveret.", 20)


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DagsterInstance]:
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")
    with instance_of(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("nights", "notices", "why"),
    [
        ([None], 0, "nothing is wrong"),
        ([FULL], 1, "a fault"),
        ([FULL, FULL, FULL], 1, "the same fault for three nights is one"),
        ([FULL, GATE], 2, "two faults"),
        ([FULL, None, FULL], 2, "it was mended in between, and came again"),
        ([NEVER, NEVER], 1, "nothing at all was delivered"),
        ([("Leverancen er afvist.", 10)], 0, "the delivery has a notice of its own"),
    ],
)
def test_one_notice_a_fault(
    tmp_path: Path,
    instance: DagsterInstance,
    nights: Sequence[tuple[str, int] | None],
    notices: int,
    why: str,
) -> None:
    for fault in nights:
        night(tmp_path, instance, MONTH, fault)
        settle(instance, tmp_path, datetime.now(UTC))
    settle(instance, tmp_path, datetime.now(UTC))
    assert len(kept(tmp_path)) == notices, why


def test_two_that_settle_at_once_make_one_notice(tmp_path: Path, instance: DagsterInstance) -> None:
    night(tmp_path, instance, MONTH, FULL)
    told: list[str] = []
    threads = [
        threading.Thread(target=lambda: told.append(settled(instance, tmp_path, datetime.now(UTC))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [""] * 4
    (notice,) = kept(tmp_path)
    assert FULL[0] in notice.text


def test_a_run_that_lives_is_left_alone_and_one_that_died_is_buried(
    tmp_path: Path, instance: DagsterInstance
) -> None:
    living, dead = (dead_run(tmp_path, instance, MONTH) for _ in range(2))
    with alive(tmp_path, living):
        now = datetime.now(UTC)
        assert [record.dagster_run.run_id for record in stuck(instance, tmp_path, now)] == [dead]
        settle(instance, tmp_path, now)
        states = [instance.get_run_by_id(run).status for run in (living, dead)]  # type: ignore[union-attr]
    assert states == [DagsterRunStatus.STARTED, DagsterRunStatus.FAILURE]
    assert clear_stuck(instance, tmp_path, now) == 0
    (notice,) = kept(tmp_path)
    assert "døde" in notice.text


def test_the_last_success_is_written_by_a_success_alone(
    tmp_path: Path, instance: DagsterInstance
) -> None:
    night(tmp_path, instance, MONTH, FULL)
    settle(instance, tmp_path, datetime.now(UTC))
    assert last_success(tmp_path) is None
    run = night(tmp_path, instance, MONTH)
    settle(instance, tmp_path, datetime.now(UTC))
    stated = json.loads((tmp_path / "status" / "last_success.json").read_text())
    assert (stated["month"], stated["run"]) == (MONTH, run)
    night(tmp_path, instance, MONTH, GATE)
    settle(instance, tmp_path, datetime.now(UTC))
    assert json.loads((tmp_path / "status" / "last_success.json").read_text()) == stated
    page = (tmp_path / "status" / "status.html").read_text("utf-8")
    assert page.count("<td>standset</td>") == 2
    assert page.count("<td>færdig</td>") == 1


def test_a_home_that_cannot_be_written_is_told_and_breaks_nothing(
    tmp_path: Path, instance: DagsterInstance
) -> None:
    night(tmp_path, instance, MONTH, FULL)
    (tmp_path / "notices").write_text("not a folder")
    assert settled(instance, tmp_path, datetime.now(UTC)).startswith("Status og varsler kunne")
