"""pyspark and Great Expectations in one process: what the extra brings lets both be imported, which is not a given."""

from __future__ import annotations

import subprocess
import sys

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
