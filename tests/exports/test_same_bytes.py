"""A set is the same bytes in another process with another locale, time zone, umask, hash seed and row order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import dataclasses, os, sys
from pathlib import Path
from tests.exports import builder
from exports.set_files import write_set
os.umask(int(sys.argv[2], 8))
report = builder.report()
table = report.table.sample(frac=1, random_state=int(sys.argv[3]))
folder = Path(sys.argv[1]); folder.mkdir()
write_set(dataclasses.replace(report, table=table), folder)
"""
HERE = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
THERE = {
    "LC_ALL": "da_DK.UTF-8",
    "LANG": "da_DK.UTF-8",
    "TZ": "Pacific/Auckland",
    "PYTHONHASHSEED": "4711",
}


def _digests(folder: Path, umask: str, order: int, around: dict[str, str]) -> dict[str, str]:
    surroundings = {**os.environ, **around, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(folder), umask, str(order)]
    subprocess.run(command, env=surroundings, check=True, cwd=folder.parent, timeout=120)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The hashes of a set written in plain surroundings."""
    return _digests(tmp_path_factory.mktemp("here") / "set", "022", 1, HERE)


def test_a_set_written_elsewhere_later_is_the_same_bytes(
    here: dict[str, str], tmp_path: Path
) -> None:
    """Later too: the clock has moved on between the two processes."""
    there = _digests(tmp_path / "set", "077", 2, THERE)
    assert len(here) > 10
    assert there == here
