"""How `make test` shares the tests between processes: what needs one costly thing stays together, the longest go first.

Belongs here: which tests one process keeps, and the order in which they are handed out. Not here: how many processes there
are (the Makefile).

Tests asked for by themselves (`pytest tests/…`) run in the order of their files.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

FOLDERS = ("tests/ui", "tests/spark", "tests/whole", "tests/whole/faults")
"""Where tests need the same night, server or cluster, which is made once."""
ALONE = tuple(
    f"tests/whole/test_{name}.py"
    for name in (
        *("a_fourth_plan", "against_reference", "drawn_people", "dream_by_serial"),
        *("erasing", "every_format", "secrets_of_bad_nights"),
    )
)
"""Files of theirs that need none of it."""
LONGEST = (
    "tests/whole",
    "tests/whole/faults",
    "tests/whole/test_against_reference.py",
    "tests/whole/test_secrets_of_bad_nights.py",
    "tests/ui",
    "tests/whole/test_every_format.py",
    "tests/whole/test_drawn_people.py",
    "tests/spark",
    "tests/whole/test_dream_by_serial.py",
)
"""What takes minutes, longest first, so that no process is left with one of them at the end. Only waiting hangs on it."""


class TogetherScheduling(LoadScopeScheduling):
    """Hands out whole what belongs together. pytest-xdist's own groups need a name that pytest 9.2 no longer has."""

    def _split_scope(self, nodeid: str) -> str:
        return part_of(nodeid)


def longest_first(items: list[pytest.Item]) -> None:
    """Put what takes minutes before the rest, which stays in its order."""
    place = {part: at for at, part in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(part_of(item.nodeid), len(place)))


def part_of(nodeid: str) -> str:
    """The folder of a test, where its tests belong together, else its file."""
    file = nodeid.partition("::")[0]
    folder = str(PurePosixPath(file).parent)
    return folder if folder in FOLDERS and file not in ALONE else file
