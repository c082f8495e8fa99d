"""The two faultless nights, made once, and a house of one's own for every test, of which all nine invariants are asserted
when the test is over.

Houses lie in memory where that can be had: a night waits for the disk two thousand times.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.whole.faults.history import History, make_history
from tests.whole.faults.invariants import Tried
from tests.whole.faults.stopping import kill_with_its_tree

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def shelf() -> Iterator[Path]:
    """Where houses stand."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="midtvejs-", dir=place))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def history(shelf: Path) -> History:
    """Two nights without any fault."""
    return make_history(shelf)


@pytest.fixture
def house(history: History, shelf: Path) -> Iterator[Tried]:
    """A copy after the first night; what the second night is to read lies in the inbox."""
    tried = Tried(Path(tempfile.mkdtemp(dir=shelf)))
    history.first.copy_to(tried)
    try:
        with tried.reader.reading():
            yield tried
            tried.end(history)
    finally:
        for night in tried.begun:
            if night.poll(0) is None:
                with suppress(ProcessLookupError):
                    kill_with_its_tree(night.pid)
        for put_back in tried.afterwards:
            put_back()
        shutil.rmtree(tried.root, ignore_errors=True)
