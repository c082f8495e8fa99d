"""The front door of the reference: all figures of the months asked for.

A new indicator is a function of (world, month, rows) in the module of its chapter and one line
in `CHAPTERS` here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .compensation import compensation
from .fleksjob import fleksjob
from .model import Data, Month
from .tables import Rows, World
from .unemployment import DEFINITIONS, Exits, exits_in_month, exits_in_year, unemployed_and_long
from .work import benefit_state, employment_gap, employment_rate

CHAPTERS: tuple[Callable[[World, Month, Rows], None], ...] = (
    employment_rate,
    employment_gap,
    benefit_state,
    unemployed_and_long,
    compensation,
    fleksjob,
)


def figures(data: Data, months: Iterable[Month]) -> Rows:
    """Every figure of the months, by (indicator, variant, period, group, dim1, value1)."""
    world = World(data)
    exits = [Exits(data, definition) for definition in DEFINITIONS]
    rows: Rows = {}
    for month in months:
        for chapter in CHAPTERS:
            chapter(world, month, rows)
        for found in exits:
            exits_in_month(world, found, month, rows)
            exits_in_year(world, found, month, rows)
    return rows
