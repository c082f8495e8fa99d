"""The two faultless nights, made once, and a house of one's own for every test."""

from __future__ import annotations

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
