"""What the intake is told of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.settings import installation_of, load_settings
from sources.inbox import Rest


def test_parts_wait_as_long_as_other_files_unless_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = installation_of(load_settings(tmp_path))
    assert (plain.rest, plain.municipality) == (Rest(30.0, None), 101)
    (tmp_path / "midtvejs.toml").write_text(
        "rest_seconds = 5\nparts_wait_seconds = 3600\nmunicipality = 147\n"
    )
    stated = installation_of(load_settings(tmp_path))
    assert (stated.rest, stated.municipality) == (Rest(5.0, 3600.0), 147)
    monkeypatch.setenv("MIDTVEJS_PARTS_WAIT_SECONDS", "0")
    assert installation_of(load_settings(tmp_path)).rest == Rest(5.0, 0.0)
