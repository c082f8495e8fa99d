"""Deliveries of several files, from inbox to record; and files that change while they are copied."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from expectations.contract import load
from sources.arrivals import Arrival, Candidate
from sources.copying import NotYet, copy_whole
from sources.inbox import Rest
from sources.intake import Installation, IntakeResult, take_in, waiting
from sources.record import DeliveryRecord
from tests.canaries import CANARIES

from .making import AT_ONCE, KEY, NOW, POPULATION, deliver, lines, resident, residents

NAME = "population_202006_part{}.csv"


def take(tmp_path: Path, house: Installation = AT_ONCE) -> IntakeResult:
    """Take in the population once."""
    return take_in(load("population"), tmp_path / "in", tmp_path / "home", KEY, house, NOW)


def put(tmp_path: Path, part: str, rows: list[str], stamp: str = "202006") -> Path:
    """Deliver one part."""
    name = f"population_{stamp}_part{part}.csv"
    return deliver(tmp_path / "in", "population", name, lines(POPULATION, rows))


def test_parts_are_one_delivery_with_all_its_files(tmp_path: Path) -> None:
    put(tmp_path, "2of2", [*residents(4)[2:], resident(9, bydel="Ingensteds")])
    put(tmp_path, "1of2", residents(2))
    (delivery,) = take(tmp_path).new
    assert (delivery.rows_in, delivery.used, delivery.quarantined) == (5, 4, 1)
    assert [file["name"] for file in delivery.files] == [NAME.format("1of2"), NAME.format("2of2")]
    kept = sorted(path.stem for path in (tmp_path / "home" / "raw" / "population").iterdir())
    assert kept == sorted(file["sha256"] for file in delivery.files)
    listed = DeliveryRecord(tmp_path / "home").quarantine_path(delivery)
    assert listed is not None
    assert f"{NAME.format('2of2')};4;bydel" in listed.read_text("utf-8-sig")


def test_the_same_parts_again_are_a_duplicate_whatever_order_they_came_in(tmp_path: Path) -> None:
    for part, rows in (("1of2", residents(2)), ("2of2", residents(4)[2:])):
        put(tmp_path, part, rows)
    (first,) = take(tmp_path).new
    for part, rows in (("2of2", residents(4)[2:]), ("1of2", residents(2))):
        put(tmp_path, part, rows, "202007")
    (again,) = take(tmp_path).new
    assert (again.verdict, again.duplicate_of) == ("duplicate", first.id)
    # Cut in the other order the rows are others, or at least in another order.
    for part, rows in (("1of2", residents(4)[2:]), ("2of2", residents(2))):
        put(tmp_path, part, rows, "202008")
    assert take(tmp_path).new[0].verdict == "warned"


def test_a_set_completed_after_its_refusal_is_a_new_delivery(tmp_path: Path) -> None:
    put(tmp_path, "1of3", residents(2))
    put(tmp_path, "3of3", residents(6)[4:])
    (refused,) = take(tmp_path).new
    assert (refused.verdict, refused.code) == ("rejected", "part_missing")
    assert take(tmp_path).new == []
    put(tmp_path, "2of3", residents(4)[2:])
    (whole,) = take(tmp_path).new
    assert (whole.verdict, whole.used) == ("warned", 6)
    assert whole.id != refused.id
    assert take(tmp_path).new == []


def test_a_set_that_waits_is_remembered_and_told(tmp_path: Path) -> None:
    patient = Installation(Rest(0, parts_seconds=3600))
    put(tmp_path, "1of2", residents(2))
    found = take(tmp_path, patient)
    assert found.new == []
    (told,) = waiting(tmp_path / "home", "population")
    assert told == found.waiting[0]
    assert (told.verdict, told.code) == ("waiting", "part_missing")
    assert "Del 2 af 2" in told.sentence
    put(tmp_path, "2of2", residents(4)[2:])
    assert take(tmp_path, patient).new[0].used == 4
    assert waiting(tmp_path / "home", "population") == []


def test_a_refused_file_touched_is_judged_again(tmp_path: Path) -> None:
    elsewhere = [resident(at, kommunekode="147") for at in range(5)]
    path = deliver(tmp_path / "in", "population", "p.csv", lines(POPULATION, elsewhere))
    (refused,) = take(tmp_path, replace(AT_ONCE, municipality=101)).new
    assert refused.code == "other_municipality"
    os.utime(path)
    (taken,) = take(tmp_path, replace(AT_ONCE, municipality=147)).new
    assert (taken.verdict, taken.sha256) == ("warned", refused.sha256)
    assert taken.id == f"{refused.id}-2"


def test_what_is_not_read_is_told_once_and_masked(tmp_path: Path) -> None:
    deliver(tmp_path / "in", "population", f".{CANARIES[0]}.csv", "x", done=False)
    first = take(tmp_path)
    assert len(first.ignored) == 1
    assert CANARIES[0] not in first.ignored[0]
    assert take(tmp_path).ignored == []
    shutil.rmtree(tmp_path / "home" / "status")
    assert take(tmp_path).ignored == first.ignored


def looked_at(path: Path) -> Arrival:
    """A file as it looks now."""
    status = path.lstat()
    return Arrival((Candidate(path, status.st_size, status.st_mtime_ns, True),))


@pytest.mark.parametrize("change", ["grown", "touched", "gone", "link", "folder", "pipe"])
def test_a_file_that_changes_before_it_is_copied_waits(tmp_path: Path, change: str) -> None:
    path = deliver(tmp_path, "population", "p.csv", "x" * 100)
    arrival = looked_at(path)
    if change == "grown":
        path.write_text("x" * 5_000_000)
    elif change == "touched":
        os.utime(path, ns=(1, 1))
    else:
        path.unlink()
    if change == "link":
        path.symlink_to(deliver(tmp_path, "other", "p.csv", "x" * 100))
    elif change == "folder":
        path.mkdir()
    elif change == "pipe":
        os.mkfifo(path)
    (tmp_path / "raw").mkdir()
    with pytest.raises(NotYet) as answer:
        copy_whole(arrival, tmp_path / "raw")
    assert answer.value.code == "not_at_rest"
    assert list((tmp_path / "raw").iterdir()) == []


def test_a_file_that_may_not_be_read_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "denied", f"/in/{CANARIES[0]}.csv")

    path = deliver(tmp_path / "in", "population", f"{CANARIES[0]}.csv", "x")
    assert path.is_file()
    monkeypatch.setattr("sources.copying._open_file", refuse)
    found = take(tmp_path)
    assert [(entry.verdict, entry.code) for entry in found.waiting] == [("waiting", "not_readable")]
    assert CANARIES[0] not in repr(found)
