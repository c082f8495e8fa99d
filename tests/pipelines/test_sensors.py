"""The sensors: a run for new content at rest, none for a new name; what runs leave to be said is said every minute."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterInstance

from assets.resources import House
from pipelines.schedules import month_to_report, now_here
from pipelines.sensors import after_runs, inbox_watch
from pipelines.status_page import last_success
from sources.files import sha256_of, write_json
from sources.record import Delivery, DeliveryRecord
from tests.pipelines.small_nights import instance_of, night


class Installation:
    """A home with an inbox, and the sensor's cursor between its looks."""

    def __init__(self, home: Path, instance: DagsterInstance) -> None:
        self.home, self.instance = home, instance
        self.house = House(home=str(home))
        self.cursor: str | None = None

    def deliver(self, name: str, content: bytes, done: bool = True) -> Path:
        """Put a file in the inbox."""
        path = self.home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if done:
            path.with_name(f"{path.name}.done").touch()
        return path

    def ask(self) -> dg.SensorResult:
        """One evaluation."""
        given = {"house": self.house}
        with dg.build_sensor_context(self.instance, cursor=self.cursor, resources=given) as context:
            answer = inbox_watch(context)
        assert isinstance(answer, dg.SensorResult)
        self.cursor = answer.cursor
        return answer

    def look(self) -> list[str]:
        """One evaluation; the run keys it asks for."""
        asked = self.ask().run_requests or ()
        assert {one.partition_key for one in asked} <= {month_to_report(now_here())}
        return [str(one.run_key) for one in asked]

    def record(self, path: Path, verdict: str) -> None:
        """Let a file have been judged."""
        source, status, digest = path.parent.name, path.stat(), sha256_of(path)
        look = {"name": path.name, "size": status.st_size, "modified_ns": status.st_mtime_ns}
        document = {
            "id": f"{source}-{digest[:12]}",
            "source": source,
            "sha256": digest,
            "file": path.name,
            "size": status.st_size,
            "modified_ns": status.st_mtime_ns,
            "sequence": 1,
            "verdict": verdict,
            "code": "",
            "sentence": "",
            "received_at": datetime.now(UTC).isoformat(),
            "files": [{**look, "sha256": digest}],
        }
        Delivery(**document)
        folder = DeliveryRecord(self.home).folder(source) / document["id"]
        write_json(folder / "delivery.json", document)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        monkeypatch.setenv(name, "")
    with instance_of(tmp_path) as instance:
        yield Installation(tmp_path, instance)


def test_new_content_asks_for_a_run_and_the_same_content_for_the_same_run(
    installation: Installation,
) -> None:
    assert installation.look() == []
    path = installation.deliver("dream/a.csv", b"PNR;y_2001\n")
    first = installation.look()
    assert len(first) == 1
    # Dagster starts nothing for a key it has seen, so the same key again is no other run.
    assert installation.look() == first
    os.utime(path, (1, 1))
    assert installation.look() == first
    installation.deliver("population/b.csv", b"cpr\n")
    assert installation.look() != first


@pytest.mark.parametrize(
    ("verdict", "again", "why"),
    [
        ("accepted", 0, "judged before"),
        ("suspect", 0, "a person is to decide"),
        ("rejected", 1, "refused bytes are judged again when they are delivered again"),
    ],
)
def test_bytes_judged_before_are_no_news_under_another_name(
    installation: Installation, verdict: str, again: int, why: str
) -> None:
    path = installation.deliver("dream/a.csv", b"PNR;y_2001\n")
    installation.record(path, verdict)
    assert installation.look() == []
    installation.deliver("dream/another.csv", b"PNR;y_2001\n")
    assert len(installation.look()) == again, why


def test_an_inbox_that_is_away_is_not_one_without_news(installation: Installation) -> None:
    """And what was seen before it went is not looked at anew when it is back."""
    drive, home = installation.home / "drive", installation.home
    (home / "midtvejs.toml").write_text(f'inbox = "{drive}"\n')
    (home / "inbox").mkdir(exist_ok=True)
    (home / "inbox").rename(drive)
    path = drive / "dream" / "a.csv"
    path.parent.mkdir()
    path.write_bytes(b"PNR;y_2001\n")
    path.with_name("a.csv.done").touch()
    asked = installation.look()
    assert len(asked) == 1
    seen = installation.cursor
    drive.rename(home / "disconnected")
    answer = installation.ask()
    assert not answer.run_requests
    assert "Er drevet forbundet?" in str(answer.skip_reason)
    assert installation.cursor == seen
    (home / "disconnected").rename(drive)
    assert installation.look() == asked


def test_a_file_that_is_being_written_is_not_read(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installation.home / "midtvejs.toml").write_text("rest_seconds = 3600\n")
    read: list[Path] = []
    monkeypatch.setattr("sources.news.sha256_of", lambda path: read.append(path) or sha256_of(path))
    path = installation.deliver("dream/a.csv", b"PNR;", done=False)
    assert installation.look() == []
    assert read == []
    path.with_name("a.csv.done").touch()
    assert len(installation.look()) == 1
    installation.look()
    assert read == [path], "a large file is read once, not every minute"


def test_parts_are_one_delivery_when_all_are_there(installation: Installation) -> None:
    (installation.home / "midtvejs.toml").write_text("rest_seconds = 3600\n")
    installation.deliver("dream/dream_1_part1of2.csv", b"PNR;y_2001\n")
    assert installation.look() == []
    installation.deliver("dream/dream_1_part2of2.csv", b"PNR;y_2001\n")
    assert len(installation.look()) == 1


def test_a_cursor_nobody_can_read_is_started_anew(installation: Installation) -> None:
    installation.deliver("dream/a.csv", b"PNR;y_2001\n")
    installation.cursor = '{"of another version": 1}'
    assert len(installation.look()) == 1


def test_what_a_run_leaves_is_said_by_the_daemon(installation: Installation) -> None:
    night(installation.home, installation.instance, "2020-06")
    given = {"house": installation.house}
    with dg.build_sensor_context(installation.instance, resources=given) as context:
        answer = after_runs(context)
    assert isinstance(answer, dg.SkipReason)
    assert answer.skip_message == "Status er skrevet."
    assert last_success(installation.home) is not None
