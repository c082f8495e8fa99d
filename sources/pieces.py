"""Pieces: the files one delivery consists of.

Belongs here: what is known of a file before it is opened. Does not belong here: which files make
a delivery (`intake`), reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Piece:
    """One file of a delivery: the private copy at `path`, the `ending` that says its format, and
    the name it is shown under, fit for lists and records.
    """

    path: Path
    ending: str
    shown_name: str
