"""What was found in a finished file, in Danish, and never the value itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that must not leave: which file (and place in it), and what."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"
