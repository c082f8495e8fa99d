"""What workers are asked in tests: the program's own pass, held up until a file says go so that a worker can be killed in
the middle of it, and the persons of a block.

Workers import this, so it stands in a module of its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indicators import passes

answer = passes.answer
"""The pass itself, before a test puts another in its place."""


def held_answer(
    gate: str, question: passes.Question, areas: Sequence[str], tables: passes.Tables
) -> dict[str, Any]:
    """Leave a mark of this process at the gate, wait for it to open, and answer."""
    folder = Path(gate)
    (folder / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    while not (folder / "open").exists():
        time.sleep(0.05)
    return answer(question, areas, tables)


def persons_of(tables: passes.Tables) -> list[int]:
    """The persons of a block."""
    return list(tables["people"]["person"].to_pylist())
