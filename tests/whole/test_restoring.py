"""A home put back from the backup that docs/operations.md describes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plans.loading import plan_ids
from tests.whole.conftest import Place
from tests.whole.faults.history import corrected

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
FIGURES = "statistics/indicators"
NOT_HELD = "kan denne ikke holdes op mod"


def backed_up() -> list[str]:
    """What the page has copied, below the home."""
    (line,) = (line for line in PAGE.read_text("utf-8").splitlines() if "cp -a --parents" in line)
    names = line.partition("--parents ")[2].split()[:-1]
    assert FIGURES in names
    return names


def restore(place: Place, names: list[str]) -> None:
    """Leave nothing of the home but what the names say."""
    old = place.home.rename(place.home.with_name("old"))
    for path in (old / name for name in names):
        there = place.home / path.relative_to(old)
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.is_dir():
            shutil.copytree(path, there, symlinks=True)
        elif path.is_file():
            shutil.copy2(path, there)


def test_nothing_new_is_published(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    published = place.published()
    restore(place, backed_up())
    assert place.run() == 0
    assert place.published() == published
    assert NOT_HELD not in capsys.readouterr().err


def test_what_is_not_held_against_the_sets_before_is_told(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without what the published tables were made of, a correction is protected alone."""
    restore(place, [name for name in backed_up() if name != FIGURES])
    place.deliver("population", corrected(place.newest("population").read_bytes()))
    assert place.run(plan_ids()[0]) == 0
    assert f"1 af 1 tabeller, der er offentliggjort før, {NOT_HELD}" in capsys.readouterr().err
