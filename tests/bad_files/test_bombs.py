"""An attack is refused within a second and 200 MB, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_files.case import Case
from tests.bad_files.catalogue import CASES, put

MOST_SECONDS = 1.0
MOST_MEGABYTES = 200.0
BOMBS = [case for case in CASES if case.bomb]
CHILD = """
import re, sys, time
from pathlib import Path
from expectations.contract import load
from sources.intake import take_in
from tests.bad_files.catalogue import HOUSE
from tests.sources.making import KEY, NOW

def peak():
    # Not getrusage: its peak is inherited from the process that started this one.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

place = Path(sys.argv[1])
before, start = peak(), time.process_time()
(delivery,) = take_in(load("population"), place / "in", place / "home", KEY, HOUSE, NOW).new
print(delivery.code, time.process_time() - start, peak() - before)
"""


@pytest.mark.parametrize("case", BOMBS, ids=lambda case: case.name)
def test_an_attack_is_refused_in_time_and_memory(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path / "in" / case.source)
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    code, seconds, megabytes = told.stdout.split()
    assert code == case.code
    assert float(seconds) < MOST_SECONDS
    assert float(megabytes) < MOST_MEGABYTES
