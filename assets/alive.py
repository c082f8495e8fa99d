"""Which runs are alive: each holds a lock the kernel lets go of when its process dies.

Belongs here: holding it, and asking. Not here: what is done with a run that died (`pipelines.aftermath`).

    <home>/locks/run-<run id>
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
