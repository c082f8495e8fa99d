"""What every test shares: programs outside Python, by the marker `program(name)`.

Belongs here: finding such programs, and what happens where one is missing. Not here: what a test does with it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
}
"""The marker's names, and the names each program goes by."""


def program_path(name: str) -> str | None:
    """Where a program is, or None; raises KeyError for a name not in `PROGRAMS`."""
    return next((path for path in map(shutil.which, PROGRAMS[name]) if path), None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture is made: skip a test whose program is missing; in CI it fails instead."""
    for marker in item.iter_markers("program"):
        for name in marker.args:
            if program_path(name):
                continue
            reason = f"{' or '.join(PROGRAMS[name])} is not on this machine"
            if os.environ.get("CI") == "true":
                pytest.fail(f"{reason}, and CI is to have it", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Gives the path of a program that the test's marker has made sure of."""

    def path(name: str) -> str:
        found = program_path(name)
        assert found is not None, f"mark the test with program({name!r})"
        return found

    return path
