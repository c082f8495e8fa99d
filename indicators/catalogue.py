"""The catalogue: every indicator once, with name, unit, definition, origin and the requirements it serves.

Belongs here: reading and giving out `catalogue.yaml`. Not here: how a figure is computed (the area modules), what a plan
promised (`plans`), how a figure is shown (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Area = Literal[
    "employment",
    "unemployment",
    "exits",
    "compensation",
    "fleksjob",
    "spending",
    "programmes",
    "employers",
    "hires",
    "cooperation",
    "own_employer",
    "contracts",
    "budgets",
    "kept_registers",
    "kept_staff",
]
Measure = Literal[
    "count",
    "share",
    "ratio",
    "per_1000",
    "difference",
    "growth",
    "days",
    "weeks",
    "hours",
    "amount",
]
Direction = Literal["up", "down", "none"]


@dataclass(frozen=True)
class SeriesBreak:
    """A change of law or of source that parts a series: the first month after it, the variants it touches (all when
    empty), and a Danish word for it."""

    month: str
    variants: tuple[str, ...]
    text: str

    def covers(self, variant: str) -> bool:
        """Whether the break touches this variant."""
        return not self.variants or variant in self.variants


@dataclass(frozen=True)
class Indicator:
    """One indicator as the page of definitions names it.

    `unit` is the Danish unit word of the tidy table; `variants` gives a Danish reading of each qualifier of the
    `variant` column that has one; `source` is the legal basis or public origin of the definition.
    """

    id: str
    title_da: str
    title_en: str
    area: Area
    measure: Measure
    unit: str
    numerator: str
    denominator: str
    good: Direction
    source: str
    requirements: tuple[str, ...]
    variants: dict[str, str]
    method: str
    breaks: tuple[SeriesBreak, ...] = ()
    measure_units: dict[str, str] = field(default_factory=dict)

    def unit_of(self, variant: str) -> str:
        """The unit word of a variant: a measure such as `within_deadline` may have its own."""
        return self.measure_units.get(variant.rpartition("|")[2], self.unit)

    def reading(self, variant: str) -> str:
        """The variant in Danish words, `narrow|any` -> `jobparate, ethvert job`."""
        parts = [part for part in variant.split("|") if part]
        return ", ".join(self.variants.get(part, _compared(part)) for part in parts)


def _compared(qualifier: str) -> str:
    """A month as what the figure is compared with; anything else, such as a scheme, is Danish as it stands."""
    is_month = len(qualifier) == len("2018-06") and qualifier.replace("-", "").isdecimal()
    return f"mod {qualifier}" if is_month else qualifier


@cache
def catalogue() -> dict[str, Indicator]:
    """Every indicator by id, in the catalogue's order."""
    document = yaml.safe_load((files("indicators") / "catalogue.yaml").read_text("utf-8"))
    return {entry["id"]: _indicator(entry) for entry in document["indicators"]}


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        **{
            **entry,
            "requirements": tuple(entry["requirements"]),
            "variants": {str(key): value for key, value in entry["variants"].items()},
            "method": " ".join(entry["method"].split()),
            "breaks": tuple(
                SeriesBreak(part["month"], tuple(part.get("variants", ())), part["text"])
                for part in entry.get("breaks", ())
            ),
        }
    )
