"""Stopping a run: on Ctrl-C, on *Terminate* in the pages, or because it has taken as long as it may.

Belongs here: why this process's run is stopping, and the watch a run keeps over its own time. Not here: whether a run is
alive (`alive`), how a stopped step is told (`gate`).

By itself Dagster tries a step again that was interrupted, and then goes on with the next. Its daemon ends the runs that it
started itself when their time is up; a run of the command line it can only call failed while that goes on. So every run
watches itself, whoever started it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

LIMIT_TAG = "dagster/max_runtime"
"""The tag of a run that says how many seconds it may take; the daemon reads the same."""
LONGEST = 6 * 3600
"""Seconds a run may take when its tag says nothing."""
PATIENCE = 45.0
"""Seconds from when a run is asked to stop until it is ended where it stands."""
ENDED = 30
"""The exit code of a process that had to be ended."""
OVERDUE = (
    "Kørslen blev standset, fordi den havde taget så lang tid, som en kørsel må. Kør den igen."
)
INTERRUPTED = "Kørslen blev afbrudt."

_reasons: list[str] = []


def why_stopping() -> str:
    """Why the run of this process is to begin nothing more, in Danish; blank when it is not."""
    return _reasons[0] if _reasons else ""


def stop(why: str) -> str:
    """Begin nothing more; returns the first reason that was given."""
    _reasons.append(why)
    return _reasons[0]


def seconds_allowed(tags: Mapping[str, str]) -> float:
    """How long a run with these tags may take."""
    return float(tags.get(LIMIT_TAG, LONGEST))


@contextmanager
def limited(seconds: float, patience: float = PATIENCE) -> Iterator[None]:
    """Interrupt the main thread after `seconds`, as Ctrl-C does, and end the process `patience` seconds after that."""
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(done, seconds, patience), daemon=True)
    _reasons.clear()
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()
        _reasons.clear()


def _watch(done: threading.Event, seconds: float, patience: float) -> None:
    if done.wait(seconds):
        return
    stop(OVERDUE)
    # To that thread and no other: it may be waiting for something that only a signal of its own wakes it from.
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGINT)
    if done.wait(patience):
        return
    # What it wrote is whole or not in force, as after any kill; its locks go with it, and the next run calls it dead.
    for worker in multiprocessing.active_children():
        worker.kill()
    sys.stderr.write(f"{OVERDUE}\n")
    sys.stderr.flush()
    os._exit(ENDED)
