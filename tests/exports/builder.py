"""A made-up report for the writers' tests: thirty months, every indicator, hidden and not computed cells.

Belongs here: plausible figures from plain arithmetic, no randomness. Not here: real computation or protection.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import pandas as pd

from exports.report import Report, SourceStatus
from exports.revisions import Revision, Revisions, State
from exports.tidy import COLUMNS
from indicators.catalogue import catalogue
from indicators.categories import (
    DESTINATIONS,
    DISTRICTS,
    FLEKSJOB_KINDS,
    IMPAIRMENTS,
    SCHEMES,
    SEXES,
)
from indicators.codes import benefit_groups, states
from plans.assessment import assess
from plans.joining import follow
from plans.loading import load_plan
from plans.money import budget_use
from plans.office import office
from plans.schema import Plan
from tests.exports.kept_rows import registers

MONTH = "2020-06"
PERIODS = tuple(f"{year}-{month:02d}" for year in (2018, 2019, 2020) for month in range(1, 13))[:30]
THRESHOLD = 5
AGES = ("16–24", "25–29", "30–39", "40–49", "50–59", "60–64")
OF_ALL = {
    "sex": (*SEXES, "uoplyst"),
    "age_group": (*AGES, "uoplyst"),
    "district": (*DISTRICTS, "uoplyst"),
    "benefit_group": (*benefit_groups(), "uoplyst"),
}
CENTRES = ("Jobcenter Baldersgade", "Jobcenter Musvågevej", "Jobcenter Skelbækgade", "uoplyst")
OF_TARGET = {
    **OF_ALL,
    "job_centre": CENTRES,
    "impairment": (*IMPAIRMENTS, "uoplyst"),
    "visibility": ("usynlig", "synlig", "uoplyst"),
}
MEMBERS = {"T": 14_200, "R": 391_000, "P": 405_200}


def report(
    table: pd.DataFrame | None = None, plan_id: str = "indsatsplan-2018-2022", **changes: object
) -> Report:
    """A report of June 2020 on a plan that ships; `changes` replaces fields."""
    protected = protected_table() if table is None else table
    plan = load_plan(plan_id)
    fields: dict[str, object] = {
        "plan": plan,
        "month": MONTH,
        "reference_date": date(2020, 6, 30),
        "version": 1,
        "goals": tuple(assess(goal, protected, MONTH, catalogue()) for goal in plan.goals),
        "table": protected,
        "sources": SOURCES,
        "reasons": (
            ("exits", "fra januar 2020", "Afgang til selvforsørgelse kendes først 26 uger senere."),
            ("ltu_80", "til maj 2018", "Registret har ikke 52 hele uger før måneden."),
            ("comp_case_days", "alle måneder", "Forvaltningen har ikke oplyst frister."),
        ),
        "unknown_codes": (("199", 14), ("877", None)),
        "unknown_persons": (("Kompenserende ordninger", 12), ("Forløb", None), ("Fleksjob", 0)),
        "hidden_primary": 212,
        "hidden_secondary": 97,
        "hidden_after_shown": 0,
        "threshold": THRESHOLD,
        "target_group_rule": "registered-impairment v1",
        "target_group_definition": "Borgere på 16–64 år med bopæl i kommunen og mindst én registreret "
        "funktionsnedsættelse, der gælder på månedens sidste dag.",
        "municipality": "Københavns Kommune",
        "age_range": (16, 64),
        **_kept(plan, protected),
        "revisions": REVISIONS,
        "official": True,
        **changes,
    }
    return Report(**fields)  # type: ignore[arg-type]


def _kept(plan: Plan, protected: pd.DataFrame) -> dict[str, object]:
    """What the office recorded, joined with the plan and the figures."""
    kept = registers(plan)
    goals = [assess(goal, protected, MONTH, catalogue()) for goal in plan.goals]
    return {
        "following": follow(plan, goals, kept),
        "budgets": budget_use(plan, kept, protected, MONTH),
        "office": office(kept, protected, MONTH, THRESHOLD),
    }


def _revision(period: str, old: float | None, new: float | None) -> Revision:
    states: tuple[State, State] = (
        "suppressed" if old is None else "shown",
        "suppressed" if new is None else "shown",
    )
    named = ("unemployed", "narrow", period, "T", "", "", "", "", "personer")
    cause = "DREAM (dream-0007)"
    # A figure hidden in either set shows neither number.
    shown = None not in (old, new)
    return Revision(
        *named, states[0], old if shown else None, states[1], new if shown else None, cause
    )


REVISIONS = Revisions(
    "maj 2020, version 1",
    (
        _revision("2020-04", 1_105, 1_114),
        _revision("2020-03", None, 1_204),
        _revision("2020-02", 1_170, None),
    ),
    (("sustained_3", 2),),
)
SOURCES = (
    SourceStatus(
        "dream", "DREAM", "dream-0007", "dream_20200706.csv", 452_113, 452_101, 12, 0, "2020-W26", 2
    ),
    SourceStatus(
        "population",
        "Folkeregistret",
        "population-0007",
        "cpr.csv",
        604_220,
        604_190,
        10,
        20,
        "2020-06",
        0,
    ),
    SourceStatus(
        "target_group",
        "Målgruppen",
        "target_group-0006",
        "maalgruppe.xlsx",
        16_020,
        16_020,
        0,
        0,
        "2020-06",
        0,
    ),
    SourceStatus(
        "income",
        "eIndkomst",
        "income-0005",
        "=cmd|' /C calc'!A0.csv",
        9_102_000,
        9_101_990,
        10,
        0,
        "2020-05",
        30,
        failed_checks=("Andelen af lønmåneder uden timer er 3,1 pct.; grænsen er 2 pct.",),
        in_force_note="Den seneste levering blev afvist; den forrige er i kraft.",
    ),
    SourceStatus(
        "compensation",
        "Kompenserende ordninger",
        "compensation-0006",
        "komp.xlsx",
        5_120,
        5_115,
        5,
        0,
        "2020-06",
        0,
    ),
    SourceStatus(
        "fleksjob", "Fleksjob", "fleksjob-0006", "fleks.xlsx", 7_300, 7_298, 2, 0, "2020-06", 0
    ),
)


def protected_table() -> pd.DataFrame:
    """Every indicator by month, in total and one way, small counts hidden."""
    return pd.DataFrame([_protect(row) for row in _rows()], columns=list(COLUMNS))


def row(
    indicator: str, variant: str, period: str, group: str, **changes: object
) -> dict[str, object]:
    """One row of the tidy table, blank where `changes` says nothing."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        **dict.fromkeys(("numerator", "denominator", "value", "low", "high"), math.nan),
        "indicator": indicator,
        "variant": variant,
        "period": period,
        "group": group,
        "unit": catalogue()[indicator].unit_of(variant),
        "definition_version": "registered-impairment v1",
        **changes,
    }


def _rows() -> Iterator[dict[str, object]]:
    for index, period in enumerate(PERIODS):
        yield from _work(index, period)
        yield from _unemployment(index, period)
        yield from _exits(index, period)
        yield from _compensation(index, period)
        yield from _fleksjob(index, period)
        yield from _of_the_office(index, period)


def _places(
    dims: dict[str, tuple[str, ...]], total: float
) -> Iterator[tuple[dict[str, object], float]]:
    """The total, and every category with its part of it; the last category of a list gets next to nothing."""
    yield {}, total
    for dim, codes in dims.items():
        weights = [1 / (2 + place) ** 1.3 for place in range(len(codes) - 1)]
        weights.append(0.0002 if dim != "sex" else 0.0)
        for code, weight in zip(codes, weights, strict=True):
            yield {"dim1": dim, "value1": code}, total * weight / sum(weights)


def _wave(index: int, period: str, slope: float) -> float:
    crisis = 0.06 if period >= "2020-03" else 0.0
    return 1 + slope * index - crisis + 0.01 * math.sin(index / 2)


def _work(index: int, period: str) -> Iterator[dict[str, object]]:
    rates = {
        ("T", "any"): 0.52,
        ("R", "any"): 0.75,
        ("T", "ordinary"): 0.34,
        ("R", "ordinary"): 0.73,
    }
    for (group, variant), rate in rates.items():
        level = rate * _wave(index, period, 0.0015 if group == "T" else 0.0004)
        for place, members in _places(OF_TARGET if group == "T" else OF_ALL, MEMBERS[group]):
            of = round(members)
            n = round(of * min(level, 0.97))
            yield _share("employment_rate", variant, period, group, place, n, of)
    for variant, gap in (("any", 23.1), ("ordinary", 38.4)):
        for standard, less in (("", 0.0), ("|standardised", 4.2)):
            value = gap - less - 0.06 * index
            yield row("employment_gap", variant + standard, period, "T", value=value)
    for group in ("T", "R"):
        of = MEMBERS[group]
        for place, n in _places({"state": states()}, of):
            yield _count("benefit_state", "", period, group, place, round(n))


def _unemployment(index: int, period: str) -> Iterator[dict[str, object]]:
    for variant, level in (("narrow", 1_180), ("wide", 3_260)):
        for place, n in _places(OF_TARGET, level * (2 - _wave(index, period, 0.004))):
            unemployed, long_term = round(n), round(0.41 * n)
            yield _count("unemployed", variant, period, "T", place, unemployed)
            if period < "2018-06":
                if not place:
                    yield row("ltu_80", variant, period, "T", flag="not_computed")
                    yield row("ltu_80_share", variant, period, "T", flag="not_computed")
                continue
            yield _count("ltu_80", variant, period, "T", place, long_term)
            yield _share("ltu_80_share", variant, period, "T", place, long_term, unemployed)


def _exits(index: int, period: str) -> Iterator[dict[str, object]]:
    for variant, level in (("narrow", 64), ("wide", 92)):
        monthly = level * _wave(index, period, 0.002)
        for place, n in _places(OF_TARGET, monthly):
            yield _count("exits_job", variant, period, "T", place, round(n))
            yield _share("exit_rate_job", variant, period, "T", place, round(n), round(18 * n))
            if period >= "2018-12":
                year = f"{variant}|12m"
                yield _count("exits_job_12m", year, period, "T", place, round(12 * n))
                of = round(12 * n) and 18.25 * round(n)
                yield _share("exit_rate_job", year, period, "T", place, round(12 * n), of)
        for place, n in _places({"destination": DESTINATIONS}, 3.4 * monthly):
            if place.get("value1") == "self_support" and period >= "2020-01":
                yield row("exits", variant, period, "T", flag="not_computed", **place)
            else:
                yield _count("exits", variant, period, "T", place, round(n))


def _compensation(index: int, period: str) -> Iterator[dict[str, object]]:
    moved = "Hjælpemidler og isbryderordningen indgår i loven om kompensation fra 1. januar 2020."
    for number, scheme in enumerate(("all", *SCHEMES)):
        level = (940 if not number else 620 / number**1.8) * (1 + 0.004 * index)
        if scheme in ("all", "hjælpemidler", "isbryder") and period >= "2020-01":
            level *= 1.18
        broken = (
            moved if scheme in ("all", "hjælpemidler", "isbryder") and period == "2020-01" else ""
        )
        for place, n in _places(OF_ALL, level):
            yield {**_count("comp_persons", scheme, period, "P", place, round(n)), "break": broken}
        for place, n in _places(OF_TARGET, 0.8 * level):
            n, of = round(n), round(n * 14_200 / level)
            value = 1000 * n / of if of else math.nan
            numbers = {
                "numerator": n,
                "denominator": of,
                "value": value,
                "low": value * 0.9,
                "high": value * 1.1,
            }
            if not of:
                numbers["flag"] = "missing"
            yield {**row("comp_uptake", scheme, period, "T", **place, **numbers), "break": broken}
        for place, n in _places({"job_centre": CENTRES}, 0.4 * level):
            for measure, days in (("median", 34.0), ("mean", 41.2), ("p90", 88.0)):
                variant, of = f"{scheme}|{measure}", round(n)
                numbers = {
                    "denominator": of,
                    "value": days - 0.3 * index + number if of else math.nan,
                }
                yield row(
                    "comp_case_days",
                    variant,
                    period,
                    "",
                    flag="" if of else "missing",
                    **place,
                    **numbers,
                )
        yield row("comp_case_days", f"{scheme}|within_deadline", period, "", flag="not_computed")


def _fleksjob(index: int, period: str) -> Iterator[dict[str, object]]:
    for group, level in (("P", 2_600), ("T", 1_240)):
        for place, n in _places(OF_TARGET if group == "T" else OF_ALL, level * (1 + 0.006 * index)):
            of, employed = round(n), round(0.71 * n)
            yield _count("fleksjob_referred", "", period, group, place, of)
            yield _count("fleksjob_employed", "", period, group, place, employed)
            yield _share("fleksjob_employed_share", "", period, group, place, employed, of)
        for kind, part in zip(FLEKSJOB_KINDS, (0.61, 0.1), strict=True):
            place = {"dim1": "scheme", "value1": kind}
            n, of = round(part * level), round(level)
            yield _count("fleksjob_employed", "", period, group, place, n)
            yield _share("fleksjob_employed_share", "", period, group, place, n, of)
        yield _count(
            "fleksjob_employed", "via_klausul", period, group, {}, 3 if group == "T" else 21
        )


def _of_the_office(index: int, period: str) -> Iterator[dict[str, object]]:
    for group, shared, here in (("P", 640, 410), ("T", 290, 180)):
        yield _count("shared_citizens", "", period, group, {}, shared)
        for other, n in (("SOF", here), ("SUF", shared - here + 12)):
            place: dict[str, object] = {"dim1": "administration", "value1": other}
            yield _count("shared_citizens", "", period, group, place, n)
    for name, required, achieved in (
        ("KON-001", 60, 25),
        ("KON-002", None, 9),
        ("KON-003", 30, 12),
    ):
        place = {"dim1": "contract", "value1": name}
        yield _count("clause_fulfilment", "achieved", period, "", place, achieved)
        if required is not None:
            yield _count("clause_fulfilment", "required", period, "", place, required)
            numbers = {"numerator": achieved, "denominator": required, "value": achieved / required}
            yield row("clause_fulfilment", "share", period, "", **place, **numbers)
            run = required * min(1.0, (12 + index) / 50)
            yield row("clause_fulfilment", "expected", period, "", **place, value=run)
    for year in ("2018", "2019"):
        named = "borgertilfredshed: indflydelse på egen sag"
        place = {"dim1": "survey", "value1": named, "dim2": "year", "value2": year}
        if year <= period[:4]:
            yield _share("survey_positive", "", period, "", place, 410, 700)
            yield _share("survey_response", "", period, "", place, 700, 2400)
    for name, year in (("linje-1", "2019"), ("linje-1", "2020")):
        place = {"dim1": "budget_line", "value1": f"indsatsplan-2018-2022: {name}"}
        place |= {"dim2": "year", "value2": year, "break": f"{year} p/l"}
        if year <= period[:4]:
            yield row("budget_use", "spent", period, "", value=420_000.0 + index, **place)
            yield row(
                "budget_use", "share", period, "", value=(420_000 + index) / 1_300_000, **place
            )
    for administration in ("BIF", "SOF"):
        for scheme, n in (("fleksjob", 33), ("løntilskud", 3)):
            place = {
                "dim1": "administration",
                "value1": administration,
                "dim2": "scheme",
                "value2": scheme,
            }
            yield _count("staff_special_terms", "latest", period, "", place, n)
            yield _count(
                "staff_special_terms", "target", period, "", {**place, "break": "ikke godkendt"}, 35
            )


def _count(
    indicator: str, variant: str, period: str, group: str, place: dict[str, object], n: int
) -> dict[str, object]:
    return row(indicator, variant, period, group, numerator=n, value=n, **place)


def _share(
    indicator: str,
    variant: str,
    period: str,
    group: str,
    place: dict[str, object],
    n: int,
    of: float,
) -> dict[str, object]:
    if not of:
        return row(
            indicator, variant, period, group, numerator=n, denominator=of, flag="missing", **place
        )
    value = n / of
    margin = 1.96 * math.sqrt(max(value * (1 - value), 0.0) / of)
    numbers = {"numerator": n, "denominator": of, "value": value, "low": max(value - margin, 0.0)}
    return row(indicator, variant, period, group, high=min(value + margin, 1.0), **numbers, **place)


def _protect(cells: dict[str, object]) -> dict[str, object]:
    n, of = cells["numerator"], cells["denominator"]
    counts = [of] if cells["unit"] == "dage" else [n, of]
    if cells["unit"] in ("andel", "pr. 1.000") and "12m" not in str(cells["variant"]):
        counts.append(of - n)  # type: ignore[operator]
    if any(0 < count < THRESHOLD for count in counts):  # type: ignore[operator]
        blank = dict.fromkeys(("numerator", "denominator", "value", "low", "high"), math.nan)
        return {**cells, **blank, "flag": "suppressed"}
    return cells
