"""Versions by content: what a stored thing was made of, as one short word.

Belongs here: digests of inputs and of our own code. Not here: storing (`keeping`).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

PACKAGES = (
    "expectations",
    "sources",
    "blocks",
    "indicators",
    "disclosure",
    "plans",
    "exports",
    "assets",
)
LENGTH = 16


def version_of(*parts: Any) -> str:
    """A digest of plain JSON parts; the same parts give the same word on every machine."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:LENGTH]


@cache
def code_version(*packages: str) -> str:
    """A digest of the source of some of our packages (all when none is named)."""
    digest = hashlib.sha256()
    for package in packages or PACKAGES:
        for path in sorted(str(path) for path in _sources(package)):
            digest.update(path.encode() + b"\0")
            digest.update((files(package) / path).read_bytes())
    return digest.hexdigest()[:LENGTH]


def _sources(package: str) -> list[str]:
    found: list[str] = []

    def walk(folder: Any, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir() and entry.name != "__pycache__":
                walk(entry, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".py", ".yaml", ".csv")):
                found.append(prefix + entry.name)

    walk(files(package), "")
    return found
