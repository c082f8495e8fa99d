"""The rows of the founding documents' list of requirements: their ids, and the plan whose papers they stand in.

Belongs here: `requirements.csv`, read. Not here: what answers a row (`schema`, the catalogue), where it is shown
(`exports`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Mode = Literal["reference", "kept", "computed"]


@dataclass(frozen=True)
class Requirement:
    """One row: `mode` says whether it is stated once, kept by the office, or computed."""

    id: str
    plan: str
    mode: Mode


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every row, in the order of the list."""
    text = (files("plans") / "requirements.csv").read_text("utf-8")
    return tuple(
        Requirement(row["id"], row["plan"], cast(Mode, row["mode"]))
        for row in csv.DictReader(text.splitlines())
    )
