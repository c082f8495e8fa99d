"""Which runs are alive, and which of them works: locks the kernel lets go of when their process dies.

Belongs here: holding them, the number of a turn, asking. Not here: what is done with a run that died
(`pipelines.aftermath`).

One run at a time works on a home, whoever started it: so every step of it reads what the step before it read, also while
somebody else has something materialised anew.

    <home>/locks/run-<run id>    held by a run from beginning to end
    <home>/locks/working         held by the one that works; the number of its turn stands in it
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exports.locks import LockBusy, exclusive


@contextmanager
def alive(home: Path, run_id: str) -> Iterator[None]:
    """Hold the lock of a run while it works; it is gone when the run ends in good order."""
    path = _lock(home, run_id)
    with exclusive(path, 10.0):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def working(home: Path, wait: float) -> Iterator[int]:
    """Hold the home while other runs wait, and give the number of the turn: higher than that of every turn before it, so
    that who lost the turn without knowing cannot publish after the next. Raises LockBusy when the turn has not come in
    `wait` seconds."""
    path = home / "locks" / "working"
    with exclusive(path, wait):
        yield _next_turn(path)


def _next_turn(path: Path) -> int:
    """Milliseconds of the clock, so that a restored home goes on above what a database holds of it; where the clock was
    put back, one more than last time."""
    last = path.read_text("ascii", "replace").strip()
    turn = max(int(last) + 1 if last.isdecimal() else 0, time.time_ns() // 1_000_000)
    path.write_text(f"{turn}\n", "ascii")
    return turn


def is_alive(home: Path, run_id: str) -> bool | None:
    """Whether a run's process lives; None when it never took its lock, or ended in good order."""
    path = _lock(home, run_id)
    if not path.exists():
        return None
    try:
        with exclusive(path, 0):
            return False
    except LockBusy:
        return True


def bury(home: Path, run_id: str) -> None:
    """Remove the lock of a run that died."""
    _lock(home, run_id).unlink(missing_ok=True)


def _lock(home: Path, run_id: str) -> Path:
    return home / "locks" / f"run-{run_id}"
