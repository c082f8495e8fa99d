"""Killing a night, and waiting for one that stands still where a plant has stopped it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def kill(pid: int) -> None:
    """Kill one process."""
    os.kill(pid, signal.SIGKILL)


def kill_with_its_tree(pid: int) -> None:
    """Kill a night with all it has begun; one that has not opened its group yet has begun nothing."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        kill(pid)


def wait_until_stopped(pid: int, seconds: float = 300) -> None:
    """Wait until a process is stopped; raises AssertionError when it is not by then."""
    over = time.monotonic() + seconds
    state = Path(f"/proc/{pid}/stat")
    while time.monotonic() < over:
        if state.read_text().rpartition(")")[2].split()[0] == "T":
            return
        time.sleep(0.05)
    raise AssertionError("the night never came to its publication")
