"""Which files are read, when they are at rest, and in what order they count."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from sources.inbox import Candidate, in_order, look

from .making import NOW, deliver

NOTHING: frozenset[tuple[str, int, int]] = frozenset()


def names(candidates: tuple[Candidate, ...]) -> list[str]:
    """File names of candidates."""
    return [item.path.name for item in candidates]


def test_only_plain_files_with_ordinary_names(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "income"
    for name in (".x.csv", "~$x.csv", "x.csv.tmp", "x.part", "x.FILEPART", "good.csv"):
        deliver(tmp_path / "in", "income", name, "a")
    (folder / "dir.csv").mkdir()
    (folder / "link.csv").symlink_to(folder / "good.csv")
    os.mkfifo(folder / "pipe.csv")
    found = look("income", tmp_path / "in", tmp_path / "home", NOTHING, 0, NOW)
    assert names(found.ready) == ["good.csv"]
    assert len(found.ignored) == 3
    assert "income/dir.csv er en mappe og læses ikke." in found.ignored


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    found = look("income", tmp_path / "in", tmp_path / "home", NOTHING, 0, NOW)
    assert (found.ready, found.waiting, found.ignored) == ((), (), ())


def test_a_growing_file_waits_and_is_ready_when_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(tmp_path / "in", "income", "a.csv", "a", done=False)
    waits: list[float] = []

    def grow(seconds: float) -> None:
        waits.append(seconds)
        path.write_text("a" * (len(waits) + 1))

    monkeypatch.setattr("sources.inbox.time.sleep", grow)
    first = look("income", tmp_path / "in", tmp_path / "home", NOTHING, 30, NOW)
    assert (names(first.ready), names(first.waiting)) == ([], ["a.csv"])

    def still(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("sources.inbox.time.sleep", still)
    later = look(
        "income", tmp_path / "in", tmp_path / "home", NOTHING, 30, NOW + timedelta(hours=1)
    )
    assert names(later.ready) == ["a.csv"]
    assert waits == [30, 30]


def test_a_remembered_look_needs_no_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = deliver(tmp_path / "in", "income", "a.csv", "a", done=False)
    touched = path.stat().st_mtime_ns
    # The first look sees the file change once and remembers how it looked before that.
    monkeypatch.setattr("sources.inbox.time.sleep", lambda _: os.utime(path, ns=(0, 0)))
    assert look("income", tmp_path / "in", tmp_path / "home", NOTHING, 30, NOW).waiting
    os.utime(path, ns=(touched, touched))

    def refuse(_: float) -> None:
        raise AssertionError("waited")

    monkeypatch.setattr("sources.inbox.time.sleep", refuse)
    soon = NOW + timedelta(seconds=30)
    assert look("income", tmp_path / "in", tmp_path / "home", NOTHING, 30, soon).ready
    deliver(tmp_path / "in", "income", "b.csv", "b", done=False)
    with pytest.raises(AssertionError, match="waited"):
        look("income", tmp_path / "in", tmp_path / "home", NOTHING, 30, soon)


def test_a_companion_or_a_known_file_needs_no_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(tmp_path / "in", "income", "a.csv", "a")
    known = deliver(tmp_path / "in", "income", "b.csv", "b", done=False).stat()

    def refuse(_: float) -> None:
        raise AssertionError("waited")

    monkeypatch.setattr("sources.inbox.time.sleep", refuse)
    recorded = frozenset({("b.csv", known.st_size, known.st_mtime_ns)})
    found = look("income", tmp_path / "in", tmp_path / "home", recorded, 30, NOW)
    assert names(found.ready) == ["a.csv"]


@pytest.mark.parametrize(
    ("files", "order"),
    [
        ({"dream_202006.csv": 1, "dream_202001.csv": 2}, ["dream_202001.csv", "dream_202006.csv"]),
        (
            {"DREAM_2020-06.csv": 1, "dream_202001.csv": 2},
            ["dream_202001.csv", "DREAM_2020-06.csv"],
        ),
        ({"dream_202006.csv": 1, "x.csv": 0}, ["x.csv", "dream_202006.csv"]),
        ({"b.csv": 1, "a.csv": 1}, ["a.csv", "b.csv"]),
    ],
)
def test_order(tmp_path: Path, files: dict[str, int], order: list[str]) -> None:
    made = [Candidate(tmp_path / name, 1, time, True) for name, time in files.items()]
    for candidates in (made, made[::-1]):
        assert [item.path.name for item in in_order("dream", candidates)] == order
