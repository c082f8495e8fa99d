"""From protected figures and the delivery record to the report the writers are handed.

Belongs here: gathering what a report says of its sources and of what was not computed. Not here: the figures (`computing`),
the writing (`exports`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from assets.deliveries import last_judged
from assets.freshness import age_days
from assets.laying_out import in_force
from assets.plain_tables import tables_in_force
from assets.resources import House
from assets.serials import KEY_SOURCE, by_serial
from assets.settings import Settings
from assets.strangers import protected, unknown_persons
from disclosure.table import Summary
from expectations.contract import SOURCES, load
from exports.published_sets import Input, Origin
from exports.report import Report, SourceStatus
from exports.revisions import Revisions
from indicators import codes
from indicators.calendar import date_of, last_day
from indicators.catalogue import catalogue
from indicators.categories import BY_EITHER, BY_GRANT, BY_IMPAIRMENT
from plans.joining import follow
from plans.kept import Registers
from plans.money import budget_use
from plans.office import office
from plans.targets import assess_goals
from sources.record import Delivery

TARGET_GROUP = {
    BY_IMPAIRMENT: "registreret funktionsnedsættelse",
    BY_GRANT: "bevilling efter kompensationsloven",
    BY_EITHER: "registreret funktionsnedsættelse eller bevilling efter kompensationsloven",
}
"""What puts somebody in the target group, by its rule."""
_OF_DEADLINES = ("within_deadline", "over_deadline")
"""Variants that count cases against the deadlines that the administration states."""
SOURCE_OF_AREA = {area: area for area in ("compensation", "fleksjob", "spending")}


@dataclass(frozen=True)
class ProtectedFigures:
    """A month's protected table, what was hidden in it, and its version."""

    table: pd.DataFrame
    summary: Summary
    version: str


def build_report(
    house: House,
    plan_id: str,
    month: int,
    figures: ProtectedFigures,
    version: int,
    revised: Revisions,
) -> Report:
    """The report of a plan for a month, as version `version` of its set; `revised` is what it shows otherwise than the set
    before it."""
    settings, plan, table = house.settings(), house.plan(plan_id), figures.table
    name = max(table["period"])
    kept = kept_registers(house, date_of(last_day(month)))
    goals = assess_goals(plan, kept, table, name, catalogue())
    return Report(
        plan=plan,
        month=name,
        reference_date=date_of(last_day(month)),
        version=version,
        goals=goals,
        table=table,
        sources=tuple(_statuses(house, month)),
        reasons=tuple(_reasons(house, table)),
        unknown_codes=protected(_unknown_codes(house), settings.threshold),
        unknown_persons=protected(_unknown_persons(house), settings.threshold),
        hidden_primary=figures.summary.primary,
        hidden_secondary=figures.summary.secondary,
        hidden_after_shown=figures.summary.doubted,
        threshold=settings.threshold,
        target_group_rule=settings.target_group_rule,
        target_group_definition=_target_group(settings.target_group_rule),
        municipality=settings.municipality_name,
        age_range=(settings.youngest, settings.oldest),
        following=follow(plan, goals, kept),
        budgets=budget_use(plan, kept, table, name),
        office=office(kept, table, name, settings.threshold),
        revisions=revised,
        news=news(revised),
        official=not settings.demonstration,
    )


def news(revised: Revisions) -> tuple[str, ...]:
    """Danish sentences on what is new since the set before; none where there is none."""
    if not revised.since:
        return ()
    changed, first = len(revised.figures), sum(n for _, n in revised.first_computed)
    told = f"{changed} tidligere viste tal" if changed else "Ingen tidligere viste tal"
    sentences = [f"{told} er ændret siden {revised.since}; se arket Revisioner."]
    if first:
        sentences.append(f"{first} tal fra tidligere måneder er opgjort for første gang.")
    return tuple(sentences)


def kept_registers(house: House, day: date) -> Registers:
    """The kept registers in force, as they are read on a day."""
    names = [table.name for table in load("registers").tables]
    tables = tables_in_force(house, "registers", names)
    rows = {} if tables is None else {name: table.to_pylist() for name, table in tables.items()}
    return Registers(rows, day, delivered=tables is not None)


def origin(house: House, figures: str, code: str) -> Origin:
    """What a set is made from, for its manifest; `figures` is the version of the protected figures."""
    inputs = [
        Input(d.source, d.id, d.sha256, d.rows_in, d.used, d.quarantined)
        for source in SOURCES
        for d in house.record().in_force(source)
    ]
    settings = house.settings()
    said = {
        "municipality": settings.municipality,
        "municipality_name": settings.municipality_name,
        "age_range": [settings.youngest, settings.oldest],
        "deadlines": dict(settings.deadlines),
        "target_group_rule": settings.target_group_rule,
        "figures": figures,
        "not_in_force": [
            d.id for d in map(partial(last_judged, house), SOURCES) if d and not d.in_force
        ],
    }
    if settings.demonstration:
        said["demonstration"] = True
    return Origin(tuple(inputs), code, said, settings.threshold)


def _target_group(rule: str) -> str:
    return f"Borgere i aldersgruppen med bopæl i kommunen og mindst én {TARGET_GROUP[rule]}, der gælder på opgørelsesdagen."


def _statuses(house: House, month: int) -> list[SourceStatus]:
    statuses = []
    for source in SOURCES:
        contract, in_force = load(source), house.record().in_force(source)
        judged = last_judged(house, source)
        newest = in_force[-1] if in_force else None
        failed = [] if judged is None else [c["sentence"] for c in judged.checks if not c["passed"]]
        statuses.append(
            SourceStatus(
                source=source,
                title=contract.title,
                delivery_id=newest.id if newest else "",
                file_name=newest.file if newest else "",
                rows_in=newest.rows_in if newest else 0,
                used=newest.used if newest else 0,
                quarantined=newest.quarantined if newest else 0,
                duplicates=newest.duplicates if newest else 0,
                newest=newest.period_to if newest else "",
                age_days=age_days(newest, month),
                verdict=newest.sentence if newest else "",
                failed_checks=tuple(failed),
                in_force_note=_note(source, newest, judged, last_judged(house, "dream")),
            )
        )
    return statuses


def _note(
    source: str, newest: Delivery | None, judged: Delivery | None, dream: Delivery | None
) -> str:
    """What is told of a source whose newest delivery is not the one in force; blank when it is.

    Nobody misses the key to a DREAM that came by personal number.
    """
    if newest is not None:
        if judged is None or judged.in_force:
            return ""
        return f"Den seneste levering blev ikke brugt, og den forrige er i kraft. {judged.sentence}"
    keyed = dream is not None and (by_serial(dream) or dream.code == "key_missing")
    if source == KEY_SOURCE and not keyed:
        return ""
    return "Kilden er ikke leveret, og dens tal er ikke opgjort."


def _reasons(house: House, table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Each indicator with months that were not computed, the span of them, and why."""
    gaps = table[table["flag"] == "not_computed"]
    return [
        (
            str(indicator),
            _span(sorted(set(rows["period"]))),
            _reason(house, str(indicator), house.settings(), set(rows["variant"])),
        )
        for indicator, rows in gaps.groupby("indicator", sort=True)
    ]


def _span(periods: list[str]) -> str:
    return periods[0] if len(periods) == 1 else f"{periods[0]} til {periods[-1]}"


def _reason(house: House, indicator: str, settings: Settings, variants: set[str]) -> str:
    source = SOURCE_OF_AREA.get(catalogue()[indicator].area)
    if source and not house.record().in_force(source):
        return f"Kilden {load(source).title} er ikke leveret."
    if all(variant.endswith(_OF_DEADLINES) for variant in variants) and not settings.deadlines:
        return "Forvaltningen har ikke oplyst sagsbehandlingsfristerne."
    if catalogue()[indicator].measure == "growth":
        return "Der er ingen tidligere, opgjort måned at sammenligne med."
    facts = house.record().in_force("dream")[-1].facts
    last = house.record().in_force("dream")[-1].period_to
    return (
        f"De uger og lønmåneder, tallet kræver, er ikke alle leveret (registret går fra {facts['first_week']} "
        f"til {last})."
    )


def _unknown_persons(house: House) -> dict[str, int]:
    """Persons nobody knows, by the title of their source, and DREAM's rows whose serial number no key holds."""
    counts = {load(source).title: n for source, n in unknown_persons(house).items()}
    weeks = in_force(house, "weeks")
    if by_serial(house.record().in_force("dream")[-1]) and weeks is not None:
        counts["DREAM: løbenumre, der ikke er i nøglen"] = weeks.without_key
    return counts


def _unknown_codes(house: House) -> dict[str, int]:
    """Weeks of each code that is not in the code table. So few that they may be one person's are not told."""
    known = {row.code for row in codes.code_table()}
    counts = house.record().in_force("dream")[-1].facts["code_counts"]
    return {code: int(n) for code, n in sorted(counts.items()) if int(code) not in known}
