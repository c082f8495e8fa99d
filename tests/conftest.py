"""What every test shares: programs outside Python, by the marker `program(name)`, and packages that not every environment
has, by `package(name)`.

Belongs here: finding them, and what happens where one is missing. Not here: what a test does with it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import TogetherScheduling, longest_first

PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
    "java": ("java",),
    "mount": ("mount",),
    "nginx": ("nginx",),
    "openssl": ("openssl",),
    "postgres": ("postgres",),
    "systemd-analyze": ("systemd-analyze",),
    "ooxml-validator": ("ooxml-validator",),
}
"""The marker's names, and the names each program goes by."""
OUT_OF_THE_WAY = ("/usr/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin")))
"""Where Debian puts programs that are not for everybody's path."""


# A PDF takes LibreOffice several seconds; the tests of it ask for it themselves.
os.environ.setdefault("MIDTVEJS_PUBLISH_PDF", "false")


@pytest.fixture(autouse=True, scope="module")
def no_home_of_others() -> None:
    """A run in this process leaves it pointed at its home; which tests went before in it is nobody's choice."""
    for name in ("DAGSTER_HOME", "MIDTVEJS_HOME"):
        os.environ.pop(name, None)


def program_path(name: str) -> str | None:
    """Where a program is, or None; raises KeyError for a name not in `PROGRAMS`."""
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), *OUT_OF_THE_WAY])
    found = (shutil.which(one, path=places) for one in PROGRAMS[name])
    return next((path for path in found if path), None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    """Where several processes share the tests: `tests.sharing`."""
    return TogetherScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Likewise; every process has the same order."""
    if hasattr(config, "workerinput"):
        longest_first(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture is made: skip a test that lacks a program or a package; in CI it fails instead."""
    programs = [name for marker in item.iter_markers("program") for name in marker.args]
    packages = [name for marker in item.iter_markers("package") for name in marker.args]
    missing = [
        *(
            f"{' or '.join(PROGRAMS[name])} is not on this machine"
            for name in programs
            if not program_path(name)
        ),
        *(f"{name} is not in this environment" for name in packages if find_spec(name) is None),
    ]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{missing[0]}, and CI is to have it", pytrace=False)
    if missing:
        pytest.skip(missing[0])


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Gives the path of a program that the test's marker has made sure of."""

    def path(name: str) -> str:
        found = program_path(name)
        assert found is not None, f"mark the test with program({name!r})"
        return found

    return path
