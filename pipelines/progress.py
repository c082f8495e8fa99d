"""What a command shows while it works: a bar on a terminal, plain lines otherwise.

Belongs here: showing. Not here: what is told (the assets tell it through the house).
"""

from __future__ import annotations

import logging
import sys
import time
from typing import TextIO

from assets.resources import PROGRESS

WIDTH = 24


class Progress(logging.Handler):
    """Shows each word of progress; `steps` is how many steps the work has; a word that is none moves no bar."""

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self._steps = max(1, steps)
        self._done = 0
        self._start = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        """Show one word."""
        if getattr(record, "step", True):
            self._done = min(self._done + 1, self._steps)
        seconds = time.monotonic() - self._start
        if self._stream.isatty():
            filled = WIDTH * self._done // self._steps
            bar = "#" * filled + "." * (WIDTH - filled)
            self._stream.write(f"\r\x1b[K[{bar}] {record.getMessage()}")
        else:
            self._stream.write(f"{seconds:6.1f} s  {record.getMessage()}\n")
        self._stream.flush()

    def __enter__(self) -> Progress:
        PROGRESS.setLevel(logging.INFO)
        PROGRESS.propagate = False
        PROGRESS.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        PROGRESS.removeHandler(self)
        if self._stream.isatty():
            self._stream.write("\r\x1b[K")
            self._stream.flush()
