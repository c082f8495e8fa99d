"""One writer at a time: an advisory lock on a file, released by the kernel when its process dies.

Belongs here: the lock. Not here: what is done under it (`publication`, `ledger`).
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


class LockBusy(RuntimeError):  # noqa: N818
    """The lock was held by another process for longer than the caller would wait."""


@contextmanager
def exclusive(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of `path` (created when missing), waiting at most `timeout` seconds.

    The wait is bounded so that no run hangs on another (reliability I3). Raises `LockBusy`, or
    `OSError` when the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        _acquire(handle, path, time.monotonic() + timeout)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise LockBusy(f"{path} holdes af en anden kørsel.") from None
            time.sleep(_PAUSE)
        else:
            return
