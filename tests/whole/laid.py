"""Parsed rows laid straight out as one block of the fast statistics, past the readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from indicators import areas, passes
from indicators.block import WeekAxis
from indicators.calendar import parse_week
from indicators.categories import NOT_STATED
from indicators.figures import tidy
from indicators.people import Rules
from indicators.tally import joined
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
        **{"sag_id": TEXT, "afgoerelse": TEXT, "afgjort": DAY},
        **{"visiteret_fra": DAY, "visiteret_til": DAY},
        **{"ansat_fra": DAY, "ansat_til": DAY, "ansaettelsestype": TEXT, "via_klausul": YES_NO},
    },
}
REGISTERS = {
    "people": "population",
    "impairments": "target_group",
    "compensation": "compensation",
    "fleksjob": "fleksjob",
}


def fast_figures(rows: Rows, months: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """The fast code's figures of the months, from parsed rows (see `tests.foreign`)."""
    tables, axis = _tables(rows)
    numbers = [year * 12 + month - 1 for year, month in months]
    span = list(range(min(numbers), max(numbers) + 1))
    centres = _names(rows["target_group"])
    question = passes.Question(span, Rules(job_centres=centres), axis)
    counts = {
        "unemployment": joined([passes.unemployment_pass(question, tables)]),
        "employment": joined([passes.employment_pass(question, tables)]),
        "exits": joined([passes.exits_pass(question, tables)]),
        "compensation": joined([passes.compensation_pass(question, tables)]),
        "fleksjob": joined([passes.fleksjob_pass(question, tables)]),
    }
    delivered = "compensation" in rows
    days = passes.case_days_pass(question, tables) if delivered else None
    case_centres = (*_names(rows["compensation"]), NOT_STATED) if delivered else ()
    return tidy(
        [
            areas.unemployment_figures(counts["unemployment"], numbers),
            areas.employment_figures(counts["employment"], numbers),
            areas.exits_figures(counts["exits"], numbers),
            areas.compensation_figures(counts["compensation"], days, numbers, case_centres, {}),
            areas.fleksjob_figures(counts["fleksjob"], numbers),
        ]
    )


def _tables(rows: Rows) -> tuple[dict[str, pa.Table], WeekAxis]:
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
    months: dict[tuple[int, int], bool] = {}
    for row in rows:
        key = (int(row["cpr"]), row["maaned"][0] * 12 + row["maaned"][1] - 1)
        months[key] = months.get(key, False) or row["ansaettelsesform"] == "ordinær"
    return pa.table(
        {
            "person": pa.array([person for person, _ in months], pa.uint64()),
            "maaned": pa.array([month for _, month in months], pa.int32()),
            "ordinaer": pa.array(list(months.values()), pa.bool_()),
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


def _names(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({row["jobcenter"] for row in rows if row["jobcenter"]}))
