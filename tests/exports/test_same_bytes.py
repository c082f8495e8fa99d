"""A set is the same bytes in another process with another clock, locale, time zone, umask, hash seed and row order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import datetime, os, sys, time
os.umask(int(sys.argv[2], 8))
shift = float(sys.argv[4])
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=shift)
    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(seconds=shift)
here, local = time.time, time.localtime
time.time = lambda: here() + shift
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
import zipfile, openpyxl, pandas  # before the class is put in: they know their own
datetime.datetime = Shifted
import dataclasses
from pathlib import Path
from tests.exports import builder
from exports.set_files import write_set
report = builder.report()
table = report.table.sample(frac=1, random_state=int(sys.argv[3]))
folder = Path(sys.argv[1]); folder.mkdir()
write_set(dataclasses.replace(report, table=table), folder)
"""
HERE = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
THERE = {
    # Texts are ASCII unless a writer says otherwise: a locale that is on every machine, and differs.
    "LC_ALL": "POSIX",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "TZ": "Pacific/Auckland",
    "PYTHONHASHSEED": "4711",
}
A_YEAR = 366 * 24 * 3600


def _digests(
    folder: Path, umask: str, order: int, around: dict[str, str], later: int = 0
) -> dict[str, str]:
    surroundings = {**os.environ, **around, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(folder), umask, str(order), str(later)]
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
    """A year later, by the clock of the other process."""
    there = _digests(tmp_path / "set", "077", 2, THERE, A_YEAR)
    assert len(here) > 10
    assert there == here
