"""Public figures to show beside the municipality's own, never subtracted from them: a survey is not a register.

Belongs here: `national.csv`, read. Not here: which of them a plan names (`schema`), the municipality's figures.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class NationalFigure:
    """One published figure. `value` is in `unit` (`pct.`, `pct.point`, `timer`, `bevillinger`); `year` is None for a figure
    of no year; `population` says of whom, `source` who published it and when, `note` how it was made, all in Danish."""

    id: str
    year: int | None
    measure: str
    population: str
    value: float
    unit: str
    source: str
    note: str


@cache
def national_figures() -> tuple[NationalFigure, ...]:
    """Every public figure, in the order of the file; id and year together are unique."""
    text = (files("plans") / "national.csv").read_text("utf-8")
    return tuple(
        NationalFigure(
            id=row["id"],
            year=int(row["year"]) if row["year"] else None,
            measure=row["measure"],
            population=row["population"],
            value=float(row["value"]),
            unit=row["unit"],
            source=row["source"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def national_figure(id_: str, year: int | None) -> NationalFigure:
    """The figure of that id and year; LookupError when there is none."""
    for figure in national_figures():
        if (figure.id, figure.year) == (id_, year):
            return figure
    raise LookupError(f"national.csv has no {id_} of {year}")
