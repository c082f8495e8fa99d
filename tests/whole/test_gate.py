"""With suppression switched off the gate stops publication: exit 40, and nothing is published."""

from __future__ import annotations

import pandas as pd
import pytest

from assets import publishing
from disclosure.table import Summary
from tests.whole.conftest import Place


def test_unprotected_figures_never_leave(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing_hidden(table: pd.DataFrame, threshold: int) -> tuple[pd.DataFrame, Summary]:
        return table, Summary(threshold, 0, 0, {})

    before = place.published()
    monkeypatch.setattr(publishing, "protect_table", nothing_hidden)
    # Other figures than last night's, so that they are protected anew.
    (place.home / "midtvejs.toml").write_text("oldest = 63\n", "utf-8")
    assert place.run() == 40
    assert place.published() == before
    assert capsys.readouterr().err.strip()
