"""Which runs are alive, and which of them works: locks the kernel lets go of when their process dies.

Belongs here: holding them, and asking. Not here: what is done with a run that died (`pipelines.aftermath`).

One run at a time works on a home, whoever started it: so every step of it reads what the step before it read, also while
somebody else has something materialised anew.

    <home>/locks/run-<run id>    held by a run from beginning to end
    <home>/locks/working         held by the one that works
"""

from __future__ import annotations

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
def working(home: Path, wait: float) -> Iterator[None]:
    """Hold the home while other runs wait; raises LockBusy when the turn has not come in `wait` seconds."""
    with exclusive(home / "locks" / "working", wait):
        yield


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
