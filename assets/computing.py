"""The figures of an area: which registers it reads, the pass over their blocks, and where the figures are kept.

Belongs here: the version an area's figures are kept under, and computing those that are not there. Not here: statistics
(`indicators`), what is made of what (`recipes`), the Dagster assets (`statistics`).

A block is read and assembled once for every area that is out of date: the first asset that finds its figures missing has
all of them computed in one pass over the blocks, each area kept under the version made of its own inputs alone. The assets
that come after find theirs there. An area of small tables without people is computed by itself. An area whose inputs are as
they were is never computed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from assets.keeping import NothingKept, keep_figures, kept_figures, point, pointed
from assets.laying_out import Register, in_force, is_current, week_axis
from assets.plain_tables import hashes, only_parts, tables_in_force
from assets.recipes import AREAS, GRANTS
from assets.resources import House
from assets.settings import SourceNeededError
from assets.versions import code_version, version_of
from blocks.damage import DamagedBlockError
from blocks.store import BlockStore
from indicators import areas, passes, table_areas
from indicators.calendar import date_of, last_day, month_name, parse_month
from indicators.categories import BY_IMPAIRMENT, SUBGROUP_MARK
from indicators.figures import DEFINITION
from indicators.people import Rules
from indicators.spending import spending_figures
from plans.loading import load_plan, plan_ids
from plans.parts import last_day as last_moment

HISTORY = 36
LONGEST = 120
GROWTH = ("comp_growth", "comp_persons")
"""The indicators whose goals' baseline months growth is counted from."""


@dataclass(frozen=True)
class Figures:
    """Figures of a month's report: the version they are kept under and the tidy rows, history included."""

    version: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Work:
    """An area's figures as they are to be: the registers they are made of and the version that follows."""

    registers: dict[str, Register]
    version: str


def first_month(house: House, month: int) -> int:
    """The first month of the figures: what the run asked for, else the earliest baseline of the plans that have begun and
    ended no longer ago than HISTORY, but never less than HISTORY."""
    asked = house.from_month or house.settings().from_month
    if asked:
        return min(parse_month(asked), month)
    plans = [house.plan(plan) for plan in plan_ids()]
    ended = date_of(last_day(month - HISTORY))
    baselines = [
        parse_month(goal.baseline)
        for plan in plans
        if last_moment(plan.end) >= ended
        for goal in plan.goals
    ]
    return max(min([month - HISTORY, *baselines]), month - LONGEST)


def compute(house: House, name: str, months: Sequence[int]) -> str:
    """Have an area's figures for every month up to the last of `months`, computed if they are not kept; returns their
    version. Other areas that are out of date are computed in the same pass."""
    span = range(min(first_month(house, month) for month in months), max(months) + 1)
    work = _work(house, name, span)
    if not _is_kept(house, name, work) and AREAS[name].sources:
        _compute_plain(house, name, work, span)
    elif not _is_kept(house, name, work):
        stale = {name: work}
        for other in [each for each, area in AREAS.items() if not area.sources]:
            # A register that another area needs may not be laid out yet, or not of what is in force tonight, or its source
            # never delivered: that area waits for its own asset.
            if not all(is_current(house, thing) for thing in reads(house, other)):
                continue
            try:
                found = stale.get(other) or _work(house, other, span)
            except (NothingKept, DamagedBlockError, SourceNeededError):
                continue
            whole = found.registers.keys() >= set(AREAS[other].base)
            if whole and not _is_kept(house, other, found):
                stale[other] = found
        _compute(house, stale, span)
    for month in months:
        own = _pointer(house, work, month)
        point(house.folder("statistics", name), month_name(month), own)
    return work.version


def is_counted(house: House, name: str, month: int) -> bool:
    """Whether the figures in force of a month are what would be computed now."""
    work = _work(house, name, range(first_month(house, month), month + 1))
    try:
        own = pointer_of(house, name, month)
    except NothingKept:
        return False
    return _is_kept(house, name, work) and own == _pointer(house, work, month)


def reads(house: House, name: str) -> tuple[str, ...]:
    """The registers an area reads, as the house is set."""
    return AREAS[name].reads(house.settings().target_group_rule)


def pointer_of(house: House, name: str, month: int) -> dict[str, str]:
    """The version of an area's figures in force for a month, and the first month of it; raises NothingKept."""
    return pointed(house.folder("statistics", name), month_name(month))


def figures_of(house: House, name: str, month: int) -> Figures:
    """The figures kept for a month's report; raises NothingKept when there are none."""
    folder = house.folder("statistics", name)
    pointer = pointer_of(house, name, month)
    table = kept_figures(folder, pointer["version"])
    within = (table["period"] >= pointer["from"]) & (table["period"] <= month_name(month))
    return Figures(pointer["version"], table[within])


def _pointer(house: House, work: Work, month: int) -> dict[str, str]:
    return {"version": work.version, "from": month_name(first_month(house, month))}


def _work(house: House, name: str, span: range) -> Work:
    settings = house.settings()
    rule = settings.target_group_rule
    found = {thing: in_force(house, thing) for thing in reads(house, name)}
    registers = {thing: register for thing, register in found.items() if register is not None}
    if rule != BY_IMPAIRMENT and AREAS[name].base and GRANTS not in registers:
        raise SourceNeededError(
            f"Målgruppen er sat til reglen {rule}, men bevillingerne ({GRANTS}) er aldrig leveret."
        )
    said: list[object] = [settings.municipality, settings.youngest, settings.oldest, rule]
    if name == "compensation":
        said += [dict(settings.deadlines), _baselines(house, span)]
    code = code_version("indicators", "assets")
    if AREAS[name].sources:
        tables = [hashes(house, source, of) for source, of in AREAS[name].sources.items()]
        made_of = [tables, _job_centres(registers), _activities()]
        return Work(registers, version_of(name, made_of, rule, span.start, span.stop, code))
    versions = {thing: register.version for thing, register in registers.items()}
    return Work(registers, version_of(name, versions, said, span.start, span.stop, code))


def _is_kept(house: House, name: str, work: Work) -> bool:
    return (house.folder("statistics", name) / work.version).exists()


def _compute_plain(house: House, name: str, work: Work, span: range) -> None:
    house.tell(f"beregner {name}")
    sources = {
        source: tables_in_force(house, source, names)
        for source, names in AREAS[name].sources.items()
    }
    kept = sources.get("registers")
    if kept and "activities" in kept:
        kept["activities"] = only_parts(kept["activities"], "aktivitet_id", _activities())
    table = table_areas.figures(name, sources, list(span), _job_centres(work.registers))
    _keep(house, name, work.version, table)


def _keep(house: House, name: str, version: str, table: pd.DataFrame) -> None:
    """Keep an area's figures with the rule they were made by."""
    carrying = table.assign(**{DEFINITION: house.settings().target_group_rule})
    keep_figures(house.folder("statistics", name), version, carrying)


def _compute(house: House, stale: dict[str, Work], span: range) -> None:
    house.tell(f"beregner {', '.join(stale)}")
    of_people = {name: work for name, work in stale.items() if AREAS[name].base}
    for name, table in [*_of_blocks(house, of_people, span), *_of_ledger(stale, span)]:
        _keep(house, name, stale[name].version, table)


def _of_ledger(stale: dict[str, Work], span: range) -> Iterator[tuple[str, pd.DataFrame]]:
    if "spending" in stale:
        register = stale["spending"].registers.get("spending")
        ledger = register.store.read(0) if register else None
        yield "spending", spending_figures(ledger, span)


def _of_blocks(
    house: House, stale: dict[str, Work], span: range
) -> Iterator[tuple[str, pd.DataFrame]]:
    if not stale:
        return
    registers = {
        thing: register for work in stale.values() for thing, register in work.registers.items()
    }
    stores = {thing: register.store for thing, register in registers.items()}
    settings = house.settings()
    cases = stores.get("compensation")
    rules = Rules(
        municipality=settings.municipality,
        youngest=settings.youngest,
        oldest=settings.oldest,
        target_group_rule=settings.target_group_rule,
        job_centres=_job_centres(registers),
        case_job_centres=_names(cases, "jobcenter"),
        case_benefits=_names(cases, "forsoergelse"),
        subgroups=_subgroups(stores.get("courses")),
    )
    question = passes.Question(span, rules, week_axis(house, registers["weeks"]))
    answers = house.engine().map(partial(passes.answer, question, list(stale)), stores)
    counts = areas.added_up(answers)
    asked = areas.Asked(question.months, settings.deadlines, _baselines(house, span))
    for name in stale:
        yield name, areas.figures(name, [counts[name]], asked)


def _baselines(house: House, span: range) -> list[int]:
    """The baseline months of the plans' goals for the use of the schemes that the figures reach."""
    goals = [goal for plan in plan_ids() for goal in house.plan(plan).goals]
    growing = {parse_month(goal.baseline) for goal in goals if goal.indicator in GROWTH}
    return sorted(growing & set(span))


def _activities() -> dict[str, list[str]]:
    """The activities of each plan: what is counted as one."""
    return {plan: [one.id for one in load_plan(plan).activities()] for plan in plan_ids()}


def _job_centres(registers: Mapping[str, Register]) -> tuple[str, ...]:
    """The job centres that the target group's registrations name, where they are read."""
    register = registers.get("impairments")
    return _names(register.store if register else None, "jobcenter")


def _subgroups(store: BlockStore | None) -> tuple[str, ...]:
    """The programmes' sub-groups that the courses name."""
    if store is None:
        return ()
    columns, named = ["indsats", "undergruppe"], set()
    for block in range(1 << store.bits):
        pairs = store.read(block, columns).group_by(columns).aggregate([]).to_pylist()
        named |= {SUBGROUP_MARK.join(pair.values()) for pair in pairs if pair["undergruppe"]}
    return tuple(sorted(named))


def _names(store: BlockStore | None, column: str) -> tuple[str, ...]:
    """Every name a column of a register holds, in order; none of a register never delivered."""
    if store is None:
        return ()
    names: set[str] = set()
    for block in range(1 << store.bits):
        names |= set(store.read(block, [column])[column].unique().to_pylist())
    return tuple(sorted(name for name in names if name))
