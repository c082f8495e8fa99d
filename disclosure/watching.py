"""How far a protection has come, for whoever waits: a large table takes minutes.

Belongs here: what is told. Not here: the steps (`patterns.together`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

Watch = Callable[[int, int], None]
"""Is told which step begins, the first is 1, and of how many. Where hiding is tried again they begin anew."""


def unwatched(_step: int, _of: int) -> None:
    """Nobody waits."""


def now_and_then(tell: Watch, seconds: float) -> Watch:
    """One that tells of a step when the last one told of, or the beginning, is so long ago."""
    told = time.monotonic()

    def watch(step: int, of: int) -> None:
        nonlocal told
        if time.monotonic() >= told + seconds:
            told = time.monotonic()
            tell(step, of)

    return watch
