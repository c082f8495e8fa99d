"""Figures that cannot be protected stop the month with a sentence, as a refused set does."""

from __future__ import annotations

import numpy as np
import pytest

from assets import publishing
from disclosure.patterns.cells import ProtectionError
from exports.release_gate import ReleaseRefused
from indicators.calendar import parse_month
from tests.disclosure.tables import row, tidy

JUNE = parse_month("2020-06")


def test_figures_nobody_has_described_do_not_leave() -> None:
    table = tidy(row("ubeskrevet/narrow/T", 7))
    with pytest.raises(ReleaseRefused, match="2020-06: tallene kan ikke beskyttes"):
        publishing.fit_to_leave(table, 5, JUNE)


def test_a_pattern_that_does_not_suffice_is_no_fault_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ProtectionError(np.arange(3))

    monkeypatch.setattr(publishing, "protect_table", fails)
    with pytest.raises(ReleaseRefused, match="3 små antal"):
        publishing.fit_to_leave(tidy(row("ltu_80/narrow/T", 9)), 5, JUNE)


def test_figures_that_can_be_protected_are() -> None:
    protected, summary = publishing.fit_to_leave(tidy(row("ltu_80/narrow/T", 3)), 5, JUNE)
    assert protected["flag"].tolist() == ["suppressed"]
    assert summary.primary == 1
