"""Parsed rows laid straight out as one block of the fast statistics, past the readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.contract import Table, load
from indicators import areas, passes, table_areas
from indicators.block import WeekAxis
from indicators.calendar import parse_week
from indicators.categories import TARGET_GROUP_RULES
from indicators.figures import tidy
from indicators.people import Rules
from indicators.spending import spending_figures
from tests.foreign.inbox import Rows

DAY = pa.date32()
TEXT, YES_NO = pa.string(), pa.bool_()
SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "population": {
        **{"foedselsdato": DAY, "koen": TEXT, "kommunekode": pa.int64(), "bydel": TEXT},
        **{"fra": DAY, "til": DAY, "doedsdato": DAY},
    },
    "target_group": {
        **{"funktionsnedsaettelse": TEXT, "primaer": YES_NO, "fra": DAY, "til": DAY},
        **{"jobcenter": TEXT, "synlig": YES_NO},
    },
    "compensation": {
        **{"ordning": TEXT, "afgoerelse": TEXT, "jobcenter": TEXT, "ansoegt": DAY, "afgjort": DAY},
        **{"bevilget_fra": DAY, "bevilget_til": DAY, "timer_pr_uge": pa.float64()},
        **{"forsoergelse": TEXT, "selvstaendig": YES_NO},
    },
    "fleksjob": {
        **{
            "sag_id": TEXT,
            "afgoerelse": TEXT,
            "afgjort": DAY,
            "visiteret_fra": DAY,
            "visiteret_til": DAY,
        },
        **{"ansat_fra": DAY, "ansat_til": DAY, "ansaettelsestype": TEXT, "via_klausul": YES_NO},
    },
    "courses": {
        **{"indsats": TEXT, "undergruppe": TEXT, "start": DAY, "slut": DAY, "gennemfoert": YES_NO},
    },
    "shared_cases": {"forvaltning": TEXT, "fra": DAY, "til": DAY},
}
TYPES = {
    **{"date": DAY, "month": pa.int32(), "number": pa.float64(), "integer": pa.int64()},
    **{"yes_no": YES_NO, "code": TEXT, "text": TEXT},
}
SMALL = ("employer_contacts", "staff", "spending", "registers")
TABLE_AREAS = ("employers", "own_employer", "budgets", "kept_registers")
REGISTERS = {
    "people": "population",
    "impairments": "target_group",
    "compensation": "compensation",
    "fleksjob": "fleksjob",
    "courses": "courses",
    "shared_cases": "shared_cases",
}


def fast_figures(
    rows: Rows,
    months: Sequence[tuple[int, int]],
    baselines: Sequence[tuple[int, int]] = (),
    rule: str = TARGET_GROUP_RULES[0],
    deadlines: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """The fast code's figures of the months, from parsed rows (see `tests.foreign`)."""
    tables, axis = tables_of(rows)
    numbers = [year * 12 + month - 1 for year, month in months]
    job_centres = _names(rows["target_group"], "jobcenter")
    rules = Rules(
        target_group_rule=rule,
        job_centres=job_centres,
        case_job_centres=_names(rows.get("compensation", ()), "jobcenter"),
        case_benefits=_names(rows.get("compensation", ()), "forsoergelse"),
        subgroups=subgroups(rows.get("courses", ())),
    )
    # The program counts every month from the first to the last, whichever of them are asked about here.
    question = passes.Question(range(min(numbers), max(numbers) + 1), rules, axis)
    since = [year * 12 + month - 1 for year, month in baselines]
    asked = areas.Asked(numbers, deadlines or {}, since)
    counts = passes.answer(question, list(passes.PARTS), tables)
    parts = [areas.figures(area, [found], asked) for area, found in counts.items()]
    sources = {source: small_tables(rows, source) for source in SMALL}
    parts += [table_areas.figures(area, sources, numbers, job_centres) for area in TABLE_AREAS]
    ledger = (sources["spending"] or {}).get("spending")
    return tidy([*parts, spending_figures(ledger, numbers)])


def subgroups(courses: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The programmes' sub-groups that the courses name."""
    named = {f"{row['indsats']}: {row['undergruppe']}" for row in courses if row["undergruppe"]}
    return tuple(sorted(named))


def small_tables(rows: Rows, source: str) -> dict[str, pa.Table] | None:
    """A source without people as its tables by name; None when none of them is there."""
    tables = {table.name: table for table in load(source).tables if table.name in rows}
    return {name: _small_table(table, rows[name]) for name, table in tables.items()} or None


def _small_table(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.table(
        {
            column.name: pa.array(
                [_cell(column.kind, row.get(column.name)) for row in rows], TYPES[column.kind]
            )
            for column in table.columns
        }
    )


def _cell(kind: str, value: Any) -> Any:
    return value[0] * 12 + value[1] - 1 if kind == "month" else value


def tables_of(rows: Rows) -> tuple[dict[str, pa.Table], WeekAxis]:
    """The rows as the registers' tables of one block, and what the weekly register covers."""
    tables = {
        register: pa.table(
            {
                "person": pa.array([int(row["cpr"]) for row in rows[source]], pa.uint64()),
                **{
                    name: pa.array([row.get(name) for row in rows[source]], kind)
                    for name, kind in SCHEMAS[source].items()
                },
            }
        )
        for register, source in REGISTERS.items()
        if source in rows
    }
    if "income" in rows:
        tables["income"] = _income(rows["income"])
    tables["weeks"], axis = _weeks(rows["dream"])
    return tables, axis


def _income(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    months: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (int(row["cpr"]), row["maaned"])):
        key = (int(row["cpr"]), row["maaned"][0] * 12 + row["maaned"][1] - 1)
        months.setdefault(key, []).append(row)
    ordinary = [
        [row for row in own if row["ansaettelsesform"] == "ordinær"] for own in months.values()
    ]
    hours = [float(sum(Decimal(repr(row["loentimer"] or 0)) for row in own)) for own in ordinary]
    return pa.table(
        {
            "person": pa.array([person for person, _ in months], pa.uint64()),
            "maaned": pa.array([month for _, month in months], pa.int32()),
            "ordinaer": pa.array([bool(own) for own in ordinary], pa.bool_()),
            "ordinaere_timer": pa.array(hours, pa.float64()),
        }
    )


def _weeks(rows: Sequence[Mapping[str, Any]]) -> tuple[pa.Table, WeekAxis]:
    names = [name for name in rows[0] if name != "cpr"]
    weeks = sorted((name for name in names if name.startswith("y_")), key=lambda name: name[2:])
    months = {
        kind: sorted(name for name in names if name.startswith(kind))
        for kind in ("grad_", "branche_")
    }
    cells = [[int(row[week] or 0) for week in weeks] for row in rows]
    degrees = [[float(row[month] or 0) for month in months["grad_"]] for row in rows]
    industries = [[int(bool(row[month])) for month in months["branche_"]] for row in rows]
    columns = {
        "person": pa.array([int(row["cpr"]) for row in rows], pa.uint64()),
        "weeks": pa.array(cells, pa.list_(pa.uint16(), len(weeks))),
    }
    for name, values, kind in (
        ("grad", degrees, pa.float32()),
        ("branche", industries, pa.uint8()),
    ):
        if values and values[0]:
            columns[name] = pa.array(values, pa.list_(kind, len(values[0])))
    first = date.fromisocalendar(2000 + int(weeks[0][2:4]), int(weeks[0][4:6]), 1).isocalendar()
    axis = WeekAxis(
        first_week=parse_week(f"{first.year:04d}-W{first.week:02d}"),
        weeks=len(weeks),
        grad_months=tuple(_month(name) for name in months["grad_"]),
        branche_months=tuple(_month(name) for name in months["branche_"]),
    )
    return pa.table(columns), axis


def _month(name: str) -> int:
    _, year, month = name.split("_")
    return int(year) * 12 + int(month) - 1


def _names(rows: Sequence[Mapping[str, Any]], column: str) -> tuple[str, ...]:
    return tuple(sorted({row[column] for row in rows if row[column]}))
