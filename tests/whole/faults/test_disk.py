"""No room and no right to write: told before the night begins where that can be seen, else in the middle; the last good set
stays, and with room again a plain night converges.

A small file system in memory is mounted for it, which only root may do.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.whole.faults.history import History, House
from tests.whole.faults.invariants import converges, hold

Small = Callable[[Path, str], None]


@pytest.fixture
def small_disk() -> Iterator[Small]:
    """Puts a folder on a file system of its own, of a size such as `20m`, with what lay in it."""
    mounted: list[Path] = []

    def put(folder: Path, size: str) -> None:
        aside = folder.with_name(f"{folder.name}-aside")
        folder.rename(aside)
        folder.mkdir(mode=0o700)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", folder], check=True
        )
        mounted.append(folder)
        shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(aside)

    yield put
    for folder in reversed(mounted):
        subprocess.run(["umount", "-l", folder], check=True)


def taken(folder: Path) -> int:
    """Kilobytes a folder takes on a file system in memory."""
    return sum(-(-path.lstat().st_size // 4096) * 4 + 1 for path in folder.rglob("*"))


def test_below_the_floor_the_night_does_not_begin(house: House, history: History) -> None:
    before = house.published()
    ended = house.night(more={"MIDTVEJS_DISK_FLOOR_MB": "900000000"})
    assert ended.code == 30
    assert str(house.home) in ended.said
    assert "900.000.000 MB" in ended.said
    assert "læser" not in ended.said
    assert house.published() == before


@pytest.mark.long
@pytest.mark.program("mount")
@pytest.mark.parametrize("place", ["", "published", "dagster", "statistics"])
def test_full_in_the_middle(place: str, house: House, history: History, small_disk: Small) -> None:
    """The whole home, where sets are published, Dagster's storage, where figures are kept."""
    folder = house.home / place
    small_disk(folder, f"{taken(folder) + 60}k")
    before = house.published()
    ended = house.night()
    assert ended.code == 30, ended.said
    assert house.published() == before
    hold(house, ended)
    subprocess.run(["mount", "-o", "remount,size=400m", folder], check=True)
    converges(house, history)


@pytest.mark.long
@pytest.mark.program("mount")
def test_the_published_tree_cannot_be_written(
    house: House, history: History, small_disk: Small
) -> None:
    folder = house.home / "published"
    small_disk(folder, "64m")
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    before = house.published()
    ended = house.night()
    assert ended.code == 30, ended.said
    assert "published" in ended.said
    assert house.published() == before
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    converges(house, history)


@pytest.mark.long
def test_something_else_stands_where_sets_are_published(house: House, history: History) -> None:
    folder, aside = house.home / "published", house.home / "published-aside"
    folder.rename(aside)
    folder.write_text("in the way")
    ended = house.night()
    assert ended.code == 30, ended.said
    folder.unlink()
    aside.rename(folder)
    converges(house, history)
