"""The two faultless nights, made once, and a house of one's own for every test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.whole.faults.history import History, House, make_history


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Two nights without any fault."""
    return make_history(tmp_path_factory.mktemp("history"))


@pytest.fixture
def house(history: History, tmp_path: Path) -> House:
    """A copy after the first night; what the second night is to read lies in the inbox."""
    return history.first.copy(tmp_path)


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    """Sets the umask of this process and of those it starts, for one test."""
    old = os.umask(0)
    os.umask(old)

    def put(mask: int) -> None:
        os.umask(mask)

    yield put
    os.umask(old)
