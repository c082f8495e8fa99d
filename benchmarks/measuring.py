"""Seconds and memory of other processes, and tables of them.

Belongs here: what both benchmarks measure with. Not here: what they measure. Linux only: it reads /proc.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

EVERY_SECONDS = 0.05


class Watch:
    """Follows a process tree: the highest sum of resident set sizes, whole and between marks.

    A page that several processes share counts once for each, so the sum is never too low for that; it is sampled every
    50 ms, so a shorter peak can be missed.
    """

    def __init__(self) -> None:
        self.peaks_mb: list[float] = [0.0]
        self.cpu: list[float] = [0.0]
        self._pid = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def peak_mb(self) -> float:
        """The highest sum so far, in MB."""
        return max(self.peaks_mb)

    def start(self, process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
        """Begin to sample the process and its descendants."""
        self._pid = process.pid
        self._thread = threading.Thread(target=self._sample, args=(process.pid,), daemon=True)
        self._thread.start()

    def mark(self) -> None:
        """A new step begins: its peak is kept apart from the one before, and `cpu` gets what is spent until now."""
        self.peaks_mb.append(0.0)
        self.cpu.append(sum(_cpu_seconds(one) for one in _tree(self._pid)))

    def finish(self, process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
        """Wait for the process and stop sampling; `cpu` gets what it spent in all."""
        before = spent_by_children()
        process.wait()
        self.cpu.append(spent_by_children() - before)
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def follow(self, process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
        """Sample until the process ends."""
        self.start(process)
        self.finish(process)

    def _sample(self, pid: int) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            held = sum(_resident_mb(one) for one in _tree(pid))
            self.peaks_mb[-1] = max(self.peaks_mb[-1], held)


def spent_by_children() -> float:
    """CPU seconds of the children of this process that have ended, with all that they had waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def spent_here() -> float:
    """CPU seconds of this process and of all below it, ended or not: worker processes outlive the work they did."""
    return sum(_cpu_seconds(one) for one in _tree(os.getpid()))


def machine() -> str:
    """One line: when, on what, and how busy the machine was before the measurement."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores ({model}), {memory:.0f} GB, "
        f"Linux {platform.release()}, Python {platform.python_version()} · "
        f"load average before the run {os.getloadavg()[0]:.1f}"
    )


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others stand to the right."""
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _tree(root: int) -> list[int]:
    """The process and all below it."""
    found, pending = [], [root]
    while pending:
        pid = pending.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                pending += [int(child) for child in task.read_text("ascii").split()]
            except OSError:
                continue
    return found


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu_seconds(pid: int) -> float:
    """CPU seconds of a process and of those below it that have ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in told[11:15]) / os.sysconf("SC_CLK_TCK")
