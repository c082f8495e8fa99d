"""The seal on what was hidden: how many figures, and a digest of which, made when they are hidden and again from the files.

A hidden figure that reveals nothing when it is shown after all (a surplus one) is found by no interval; by the seal it is.
Belongs here: the seal. Not here: what the keys are made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seal:
    """`count` hidden figures and the SHA-256 of their keys, sorted, in hexadecimal."""

    count: int
    sha256: str


def seal(keys: Iterable[Sequence[str]]) -> Seal:
    """The seal of the hidden figures with these keys, in whatever order."""
    lines = sorted("\x1f".join(key) for key in keys)
    return Seal(len(lines), hashlib.sha256("\x1e".join(lines).encode("utf-8")).hexdigest())
