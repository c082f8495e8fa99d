"""How a CSV of a set is described: its fields with type, meaning and unit.

Belongs here: the shape of a description. Not here: the descriptions themselves (`files`, `exports.plan_files`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldType = Literal["string", "integer", "number", "month", "date", "boolean"]


@dataclass(frozen=True)
class Field:
    """A column: its name, what it holds, Danish title and meaning. `required` fields are never blank;
    `one_of` lists every value there can be.
    """

    name: str
    type: FieldType
    title: str
    description: str
    required: bool = False
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataFile:
    """One CSV of `data/`; `key` names the fields that together make a row one of a kind."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it lies in the set."""
        return f"data/{self.name}.csv"
