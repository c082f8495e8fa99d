"""No room and no right to write: told before the night begins where that can be seen, else in the middle; the last good set
stays, and with room again a plain night converges.

A small file system in memory is mounted for it, which only root may do.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.whole.faults.history import MONTH, PLAN
from tests.whole.faults.invariants import Tried

ROOMY = "400m"
"""More than a house grows to in a test."""


def small_disk(house: Tried, name: str) -> Path:
    """Put a folder of a house on a file system of its own, roomy at first, with what lay in it."""
    folder = house.home / name
    aside = folder.with_name(f"{folder.name}-aside")
    with house.tree_away():
        folder.rename(aside)
        folder.mkdir(mode=0o700)
        options = f"size={ROOMY},mode=0700"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
        house.afterwards.append(lambda: subprocess.run(["umount", "-l", folder], check=True))
        shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(aside)
    return folder


def leave(folder: Path, kilobytes: int) -> None:
    """Take all room of a file system but so much."""
    now = os.statvfs(folder)
    used = (now.f_blocks - now.f_bfree) * now.f_frsize // 1024
    remount(folder, f"size={used + kilobytes}k")


def remount(folder: Path, option: str) -> None:
    """Mount a file system with another option."""
    subprocess.run(["mount", "-o", f"remount,{option}", folder], check=True)


def test_below_the_floor_the_night_does_not_begin(house: Tried) -> None:
    ended = house.night(more={"MIDTVEJS_DISK_FLOOR_MB": "900000000"})
    assert ended.code == 30
    assert str(house.home) in ended.said
    assert "900.000.000 MB" in ended.said
    assert "læser" not in ended.said


@pytest.mark.long
@pytest.mark.program("mount")
@pytest.mark.parametrize("place", ["", "dagster", "statistics"])
def test_full_in_the_middle(place: str, house: Tried) -> None:
    """The whole home, Dagster's storage, where figures are kept."""
    folder = small_disk(house, place)
    leave(folder, 4 if place == "statistics" else 60)
    # A home without room has none for a notice either.
    house.notices = (1,) if place else (0, 1)
    ended = house.night()
    assert ended.code == 30, ended.said
    assert str(house.home) in ended.said
    remount(folder, f"size={ROOMY}")


@pytest.mark.long
@pytest.mark.program("mount")
def test_full_when_the_set_is_written(house: Tried) -> None:
    small_disk(house, "")
    house.notices = (0, 1)
    ended = house.night("disk_is_full_before_publication")
    assert ended.code == 30, ended.said
    assert str(house.home) in ended.said
    (house.home / "tmp" / "filling").unlink()


@pytest.mark.long
@pytest.mark.program("mount")
def test_the_published_tree_cannot_be_written(house: Tried) -> None:
    folder = house.home / "published"
    subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], check=True)
    try:
        ended = house.night()
    finally:
        subprocess.run(["umount", folder], check=True)
    assert ended.code == 30, ended.said


def test_something_else_stands_where_sets_are_published(house: Tried) -> None:
    folder, aside = house.home / "published", house.home / "published-aside"
    with house.tree_away():
        folder.rename(aside)
        folder.write_text("in the way")
        ended = house.night()
        folder.unlink()
        aside.rename(folder)
    assert ended.code == 30, ended.said


def test_the_workbook_is_open_elsewhere(house: Tried) -> None:
    """A set never changes, so whoever has one open keeps it, whole, while the next is published beside it."""
    (book,) = (house.home / "published" / PLAN / MONTH / "latest").glob("*.xlsx")
    with book.open("rb") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        content = book.read_bytes()
        assert house.night().code == 0
        assert opened.read() == content
