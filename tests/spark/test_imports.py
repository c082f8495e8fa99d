"""pyspark and Great Expectations in one process: what the extra brings lets both be imported, which is not a given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import great_expectations, pyspark
from great_expectations.compatibility import pyspark as seen
assert seen.ConnectDataFrame, "Great Expectations went without"
print("both", great_expectations.__version__ > "1", pyspark.__version__ > "4")
"""


@pytest.mark.package("pyspark")
def test_both_are_really_there() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    # The exit code alone says nothing: where a part of pyspark's is missing, the import ends the process with 0.
    assert (done.returncode, done.stdout) == (0, "both True True\n"), done.stderr


def test_a_pyspark_that_ends_the_process_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text("raise SystemExit(0)", "utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from expectations.validation import quiet_library; quiet_library()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "make spark" in done.stderr
