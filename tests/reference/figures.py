"""The front door of the reference: all figures of the months asked for.

A new indicator is a function of (world, month, rows) in the module of its chapter and one line
in `CHAPTERS` here; one that follows on exits takes (world, exits, month, rows) and stands in
`ON_EXITS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .after_exits import after_exits
from .bridging import bridged_unemployment
from .cases import numbers_of_cases, open_cases
from .clarification import clarified, fleksjob_wait, long_on_ledighedsydelse, transition_18
from .compensation import compensation
from .employers import contacts, hires, shared_citizens
from .fleksjob import fleksjob
from .grants import growth, hours, spending
from .kept_registers import kept_registers
from .matched import matched
from .model import Data, Month
from .money_and_clauses import budgets, clauses
from .own_staff import own_staff
from .programmes import outcomes, participants
from .tables import Rows, World
from .unemployment import DEFINITIONS, Exits, exits_in_month, exits_in_year, unemployed_and_long
from .work import benefit_state, employment_gap, employment_rate, retention

CHAPTERS: tuple[Callable[[World, Month, Rows], None], ...] = (
    employment_rate,
    employment_gap,
    benefit_state,
    retention,
    unemployed_and_long,
    bridged_unemployment,
    compensation,
    numbers_of_cases,
    open_cases,
    hours,
    spending,
    growth,
    fleksjob,
    fleksjob_wait,
    long_on_ledighedsydelse,
    clarified,
    transition_18,
    participants,
    outcomes,
    matched,
    contacts,
    shared_citizens,
    own_staff,
    clauses,
    budgets,
    kept_registers,
)
ON_EXITS: tuple[Callable[[World, Exits, Month, Rows], None], ...] = (
    exits_in_month,
    exits_in_year,
    after_exits,
    hires,
)


def figures(data: Data, months: Iterable[Month], baselines: Sequence[Month] = ()) -> Rows:
    """Every figure of the months, by its `Key`; growth also against the baseline months."""
    asked = sorted(months)
    world = World(data, asked[0], baselines)
    exits = [Exits(data, definition) for definition in DEFINITIONS]
    rows: Rows = {}
    for month in asked:
        for chapter in CHAPTERS:
            chapter(world, month, rows)
        for found in exits:
            for following in ON_EXITS:
                following(world, found, month, rows)
    return rows
