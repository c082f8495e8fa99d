"""How far a protection has come is told, and not too often."""

from __future__ import annotations

import time

import numpy as np
import pytest

from disclosure.patterns.cells import CellSystem, relation_matrix
from disclosure.patterns.choice import TOGETHER_PRIMARY, protect
from disclosure.watching import now_and_then


def test_every_step_is_told_of_and_the_last_is_the_last() -> None:
    """Many small tables that nothing binds together, each with one small count."""
    tables = TOGETHER_PRIMARY
    value = np.tile([3.0, 20.0, 30.0, 53.0], tables)
    rows = [
        {4 * at: 1.0, 4 * at + 1: 1.0, 4 * at + 2: 1.0, 4 * at + 3: -1.0} for at in range(tables)
    ]
    system = CellSystem.counts(value, relation_matrix(rows, len(value)), 5)
    told: list[tuple[int, int]] = []
    protect(system, lambda step, of: told.append((step, of)))
    assert [step for step, _ in told] == list(range(1, len(told) + 1))
    assert {of for _, of in told} == {len(told)}
    assert len(told) > tables


def test_a_step_is_told_of_when_it_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 103.0, 112.0, 112.0, 113.0, 122.0, 122.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    told: list[int] = []
    watch = now_and_then(lambda step, _of: told.append(step), 10.0)
    for step in range(1, 5):
        watch(step, 4)
    assert told == [2, 4]
