"""Which files are read, when they are at rest, and in what order they count."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sources.arrivals import Arrival, Candidate, in_order
from sources.inbox import Looked, Rest, folders_of_nobody, look
from tests.canaries import CANARIES, NAME

from .making import NOW, deliver

SOON = NOW + timedelta(seconds=30)


def see(tmp_path: Path, rest: Rest, now: datetime = NOW, before: Looked | None = None) -> Looked:
    """Look once; `before` is the look that went before."""
    since = before.since if before else {}
    return look("income", tmp_path / "in", frozenset(), since, rest, now)


def names(arrivals: Sequence[Arrival]) -> list[str]:
    """File names of deliveries."""
    return [piece.path.name for arrival in arrivals for piece in arrival.pieces]


def refuse(_: float) -> None:
    """Instead of sleeping where no wait is expected."""
    raise AssertionError("waited")


def meanwhile(monkeypatch: pytest.MonkeyPatch, what: Callable[[], object]) -> list[float]:
    """Let `what` happen while the program waits; the waits are collected."""
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        what()

    monkeypatch.setattr("sources.inbox.time.sleep", wait)
    return waits


def test_only_plain_files_with_ordinary_names(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "income"
    odd = (".x.csv", "~$x.csv", "x.csv.tmp", "x.part", "x.FILEPART")
    for name in (*odd, "good.csv"):
        deliver(tmp_path / "in", "income", name, "a")
    (folder / "dir.csv").mkdir()
    (folder / "link.csv").symlink_to(folder / "good.csv")
    os.mkfifo(folder / "pipe.csv")
    found = see(tmp_path, Rest(0))
    assert names(found.ready) == ["good.csv"]
    told = " ".join(found.ignored)
    assert all(name in told for name in (*odd, "dir.csv", "link.csv", "pipe.csv"))
    assert "income/dir.csv er en mappe og læses ikke." in found.ignored


def test_a_folder_that_is_no_sources_is_told_with_what_it_may_be(tmp_path: Path) -> None:
    for name in ("dream", "Population", "dreem", NAME, ".snapshot", CANARIES[0]):
        (tmp_path / name).mkdir()
    (tmp_path / "LÆS MIG.txt").touch()
    assert folders_of_nobody(tmp_path, ("dream", "population")) == (
        "Mappen Population i indbakken er ingen kildes og læses ikke; er det population?",
        "Mappen dreem i indbakken er ingen kildes og læses ikke; er det dream?",
        "Mapper i indbakken, der ingen kildes er og ikke læses: 2.",
    )


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    found = see(tmp_path, Rest(0))
    assert (found.ready, found.waiting, found.ignored) == ((), (), ())


def test_a_growing_file_waits_and_is_ready_when_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(tmp_path / "in", "income", "a.csv", "a", done=False)
    waits = meanwhile(monkeypatch, lambda: path.write_text("a" * (path.stat().st_size + 1)))
    first = see(tmp_path, Rest(30))
    assert (names(first.ready), names(first.waiting), waits) == ([], ["a.csv"], [30])
    # As it looked at the end of the wait is remembered: no other wait is needed half a minute on.
    monkeypatch.setattr("sources.inbox.time.sleep", refuse)
    later = see(tmp_path, Rest(30), SOON + timedelta(seconds=30), first)
    assert names(later.ready) == ["a.csv"]


def test_a_look_too_soon_or_at_another_file_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(tmp_path / "in", "income", "a.csv", "a", done=False)
    meanwhile(monkeypatch, lambda: path.write_text("aa"))
    first = see(tmp_path, Rest(30))
    monkeypatch.setattr("sources.inbox.time.sleep", refuse)
    with pytest.raises(AssertionError, match="waited"):
        see(tmp_path, Rest(30), SOON + timedelta(seconds=29), first)
    deliver(tmp_path / "in", "income", "b.csv", "b", done=False)
    with pytest.raises(AssertionError, match="waited"):
        see(tmp_path, Rest(30), SOON + timedelta(hours=1), first)


def test_a_file_that_is_gone_at_the_second_look_is_no_delivery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deliver(tmp_path / "in", "income", "a.csv", "a", done=False)
    meanwhile(monkeypatch, path.unlink)
    found = see(tmp_path, Rest(30))
    assert (found.ready, found.waiting, found.since) == ((), (), {})


def test_a_companion_or_a_known_file_needs_no_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(tmp_path / "in", "income", "a.csv", "a")
    known = deliver(tmp_path / "in", "income", "b.csv", "b", done=False).stat()
    monkeypatch.setattr("sources.inbox.time.sleep", refuse)
    recorded = frozenset({frozenset({("b.csv", known.st_size, known.st_mtime_ns)})})
    found = look("income", tmp_path / "in", recorded, {}, Rest(30), NOW)
    assert names(found.ready) == ["a.csv"]


def test_a_set_with_a_part_missing_is_given_up_after_its_own_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("1of3", "3of3"):
        deliver(tmp_path / "in", "income", f"income_202006_part{part}.csv", part)
    waits = meanwhile(monkeypatch, lambda: None)
    first = see(tmp_path, Rest(30, 3600))
    assert (len(first.waiting), first.ready, waits) == (1, (), [30])
    again = see(tmp_path, Rest(30, 3600), NOW + timedelta(seconds=3599 - 30), first)
    assert len(again.waiting) == 1
    late = see(tmp_path, Rest(30, 3600), NOW + timedelta(seconds=3600), again)
    (arrival,) = late.ready
    assert arrival.fault is not None
    assert (arrival.fault.code, "Del 2 af 3" in arrival.fault.cause) == ("part_missing", True)
    # The wait is as long as for any other file when nothing else is said.
    assert see(tmp_path, Rest(30)).ready[0].fault is not None
    deliver(tmp_path / "in", "income", "income_202006_part2of3.csv", "b")
    (whole,) = see(tmp_path, Rest(30, 3600), NOW, again).ready
    assert whole.fault is None
    assert names([whole]) == [f"income_202006_part{number}of3.csv" for number in (1, 2, 3)]


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
    made = [Arrival((Candidate(tmp_path / name, 1, at, True),)) for name, at in files.items()]
    for arrivals in (made, made[::-1]):
        assert names(in_order("dream", arrivals)) == order
