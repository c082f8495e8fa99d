"""The figures of an area: which registers it reads, the pass over their blocks, and where the figures are kept.

Belongs here: the recipe of each area and the version its figures are kept under. Not here: statistics (`indicators`), the
Dagster assets (`statistics`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from assets.keeping import keep_figures, kept_figures, point, pointed
from assets.laying_out import Register, in_force, week_axis
from assets.recipes import AREAS, BASE
from assets.resources import House
from assets.versions import code_version, version_of
from blocks.store import BlockStore
from indicators import areas, passes
from indicators.calendar import month_name, parse_month
from indicators.categories import NOT_STATED
from indicators.people import Rules
from indicators.tally import joined
from plans.loading import load_plan, plan_ids

HISTORY = 36
LONGEST = 120
Pass = Callable[[passes.Question, passes.Tables], pd.DataFrame]
Finish = Callable[[pd.DataFrame, Sequence[int]], pd.DataFrame]

COUNTING: dict[str, Pass] = {
    "employment": passes.employment_pass,
    "unemployment": passes.unemployment_pass,
    "exits": passes.exits_pass,
    "compensation": passes.compensation_pass,
    "fleksjob": passes.fleksjob_pass,
}
FINISHING: dict[str, Finish] = {
    "employment": areas.employment_figures,
    "unemployment": areas.unemployment_figures,
    "exits": areas.exits_figures,
    "fleksjob": areas.fleksjob_figures,
}


@dataclass(frozen=True)
class Figures:
    """Figures of a month's report: the version they are kept under and the tidy rows, history included."""

    version: str
    table: pd.DataFrame


def first_month(house: House, month: int) -> int:
    """The first month of the figures: what the run asked for, else the earliest baseline of the plans, but never less than
    a year of history."""
    asked = house.from_month or house.settings().from_month
    if asked:
        return min(parse_month(asked), month)
    baselines = [
        parse_month(goal.baseline) for name in plan_ids() for goal in load_plan(name).goals
    ]
    return max(min([month - HISTORY, *baselines]), month - LONGEST)


def compute(house: House, name: str, months: Sequence[int]) -> str:
    """Compute an area for every month up to the last of `months` in one pass, and keep it for each; returns the version."""
    last = max(months)
    first = min(first_month(house, month) for month in months)
    registers = _registers(house, name)
    settings = house.settings()
    said = [settings.municipality, settings.youngest, settings.oldest, dict(settings.deadlines)]
    made_of = {thing: register.version for thing, register in registers.items()}
    version = version_of(name, made_of, said, first, last, code_version("indicators", "assets"))
    folder = house.folder("statistics", name)
    if not (folder / version).exists():
        house.tell(f"beregner {name}")
        keep_figures(folder, version, _compute(house, name, registers, range(first, last + 1)))
    for month in months:
        own = {"version": version, "from": month_name(first_month(house, month))}
        point(folder, month_name(month), own)
    return version


def figures_of(house: House, name: str, month: int) -> Figures:
    """The figures kept for a month's report; raises NothingKept when there are none."""
    folder = house.folder("statistics", name)
    pointer = pointed(folder, month_name(month))
    table = kept_figures(folder, pointer["version"])
    within = (table["period"] >= pointer["from"]) & (table["period"] <= month_name(month))
    return Figures(pointer["version"], table[within])


def _registers(house: House, name: str) -> dict[str, Register]:
    found = {thing: in_force(house, thing) for thing in (*BASE, *AREAS[name].registers)}
    return {thing: register for thing, register in found.items() if register is not None}


def _compute(
    house: House, name: str, registers: dict[str, Register], months: Sequence[int]
) -> pd.DataFrame:
    stores = {thing: register.store for thing, register in registers.items()}
    settings = house.settings()
    rules = Rules(
        municipality=settings.municipality,
        youngest=settings.youngest,
        oldest=settings.oldest,
        job_centres=_names(stores["impairments"], "jobcenter"),
    )
    question = passes.Question(list(months), rules, week_axis(house, registers["weeks"]))
    engine = house.engine()
    counts = joined(list(engine.map(partial(COUNTING[name], question), stores)))
    if name in FINISHING:
        return FINISHING[name](counts, question.months)
    histogram = pd.concat(list(engine.map(partial(passes.case_days_pass, question), stores)))
    keys = ["month", "scheme", "job_centre", "days"]
    cases = histogram.groupby(keys)["n"].sum().reset_index()
    if "compensation" not in stores:
        return areas.compensation_figures(counts, None, question.months, (), settings.deadlines)
    centres = (*_names(stores["compensation"], "jobcenter"), NOT_STATED)
    return areas.compensation_figures(counts, cases, question.months, centres, settings.deadlines)


def _names(store: BlockStore, column: str) -> tuple[str, ...]:
    """Every name a column of a register holds, in order."""
    names: set[str] = set()
    for block in range(1 << store.bits):
        names |= set(store.read(block, [column])[column].unique().to_pylist())
    return tuple(sorted(name for name in names if name))
