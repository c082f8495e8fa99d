"""A town of a few people for the tests of the statistics: what they lived through, and the figures that come of it.

The register's first week is 2018-W01 and it has a degree of employment for every month unless a test says otherwise. Belongs
here: makers with ordinary values. Not here: what is expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from indicators import areas, passes
from indicators.block import WeekAxis
from indicators.calendar import months_of_weeks, parse_month, parse_week
from indicators.categories import BY_IMPAIRMENT
from indicators.people import Rules

FIRST_WEEK = parse_week("2018-W01")
DAY = pa.date32()
Runs = Sequence[tuple[int, int]]
"""Weeks in a row and their code, from the register's first week: `[(52, 111), (4, 0)]`."""

SCHEMAS = {
    "people": {
        **{"foedselsdato": DAY, "koen": pa.string(), "kommunekode": pa.int64()},
        **{"bydel": pa.string(), "fra": DAY, "til": DAY, "doedsdato": DAY},
    },
    "impairments": {
        **{"funktionsnedsaettelse": pa.string(), "primaer": pa.bool_(), "fra": DAY, "til": DAY},
        **{"jobcenter": pa.string(), "synlig": pa.bool_()},
    },
    "compensation": {
        **dict.fromkeys(("ordning", "afgoerelse", "jobcenter", "forsoergelse"), pa.string()),
        **dict.fromkeys(("ansoegt", "afgjort", "bevilget_fra", "bevilget_til"), DAY),
        **{"selvstaendig": pa.bool_(), "timer_pr_uge": pa.float64()},
    },
    "fleksjob": {
        **dict.fromkeys(("sag_id", "afgoerelse", "ansaettelsestype"), pa.string()),
        **dict.fromkeys(("afgjort", "visiteret_fra", "visiteret_til"), DAY),
        **{"ansat_fra": DAY, "ansat_til": DAY, "via_klausul": pa.bool_()},
    },
    "courses": {
        **dict.fromkeys(("forloeb_id", "indsats", "undergruppe"), pa.string()),
        **{"start": DAY, "slut": DAY, "gennemfoert": pa.bool_()},
    },
    "shared_cases": {"forvaltning": pa.string(), "fra": DAY, "til": DAY},
    "income": {
        **{"maaned": pa.int32(), "ordinaer": pa.bool_(), "ordinaere_timer": pa.float64()},
    },
}


@dataclass
class Town:
    """People of the target group and everybody's rows; `weeks` long. Months without a degree column are `without_grad`."""

    weeks: int = 104
    rule: str = BY_IMPAIRMENT
    without_grad: tuple[str, ...] = ()
    branche_months: tuple[str, ...] = ()
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    runs: dict[int, Runs] = field(default_factory=dict)
    degrees: dict[int, Mapping[str, float]] = field(default_factory=dict)
    industries: dict[int, Sequence[str]] = field(default_factory=dict)

    def person(
        self,
        number: int,
        runs: Runs = (),
        *,
        target: bool = True,
        degrees: Mapping[str, float] | None = None,
        industries: Sequence[str] = (),
        income: Mapping[str, tuple[bool, float]] | None = None,
        impairment: str = "syn",
        **changes: Any,
    ) -> None:
        """A woman of Valby born in 1980, registered since 2010. `income` gives (any ordinary, ordinary hours) by month."""
        ordinary = {
            **{"person": number, "foedselsdato": date(1980, 5, 5), "koen": "K"},
            **{"kommunekode": 101, "bydel": "Valby", "fra": date(2000, 1, 1)},
        }
        self.add("people", **{**ordinary, **changes})
        if target:
            kind = {"funktionsnedsaettelse": impairment, "primaer": True, "jobcenter": "Nord"}
            self.add("impairments", person=number, fra=date(2010, 1, 1), **kind)
        self.runs[number] = runs
        self.degrees[number] = degrees or {}
        self.industries[number] = industries
        for month, (is_ordinary, hours) in (income or {}).items():
            told = {"maaned": parse_month(month), "ordinaer": is_ordinary, "ordinaere_timer": hours}
            self.add("income", person=number, **told)

    def add(self, register: str, **row: Any) -> None:
        """A row of a register; what is not said is blank."""
        self.rows.setdefault(register, []).append(row)

    def figures(
        self, area: str, *months: str, deadlines: Mapping[str, int] | None = None, **asked: Any
    ) -> Figures:
        """The area's figures of the months."""
        numbers = [parse_month(month) for month in months]
        rules = Rules(
            target_group_rule=self.rule,
            job_centres=("Nord",),
            case_job_centres=("Nord",),
            case_benefits=("a", "b"),
            subgroups=("afklaring: kort", "ips: kort"),
        )
        question = passes.Question(numbers, rules, self.axis())
        counts = passes.answer(question, [area], self.tables())
        table = areas.figures(
            area, [counts[area]], areas.Asked(numbers, deadlines=deadlines or {}, **asked)
        )
        return Figures(table)

    def axis(self) -> WeekAxis:
        """What the register covers."""
        weeks = pd.Series(range(FIRST_WEEK, FIRST_WEEK + self.weeks)).to_numpy("int32")
        months = sorted({int(month) for month in months_of_weeks(weeks)})
        lacking = {parse_month(month) for month in self.without_grad}
        grad = tuple(month for month in months if month not in lacking)
        branche = tuple(parse_month(month) for month in self.branche_months)
        return WeekAxis(FIRST_WEEK, self.weeks, grad, branche)

    def tables(self) -> dict[str, pa.Table]:
        """The registers' tables; one nobody wrote in was never delivered."""
        tables = {
            register: self._table(register, rows)
            for register, rows in {"impairments": [], **self.rows}.items()
        }
        axis = self.axis()
        columns: dict[str, list[list[float]]] = {"weeks": [], "grad": [], "branche": []}
        for number, runs in self.runs.items():
            codes = [code for length, code in runs for _ in range(length)]
            columns["weeks"].append((codes + [0] * self.weeks)[: self.weeks])
            of = {parse_month(month): value for month, value in self.degrees[number].items()}
            columns["grad"].append([of.get(month, 0.0) for month in axis.grad_months])
            named = {parse_month(month) for month in self.industries[number]}
            columns["branche"].append([float(month in named) for month in axis.branche_months])
        kinds = {"weeks": pa.uint16(), "grad": pa.float32(), "branche": pa.uint8()}
        lists = {
            name: pa.array(values, pa.list_(kinds[name], len(values[0])))
            for name, values in columns.items()
            if values[0]
        }
        tables["weeks"] = pa.table({"person": pa.array(list(self.runs), pa.uint64()), **lists})
        return tables

    def _table(self, register: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        columns = {
            name: pa.array([row.get(name) for row in rows], kind)
            for name, kind in SCHEMAS[register].items()
        }
        return pa.table(
            {"person": pa.array([row["person"] for row in rows], pa.uint64()), **columns}
        )


@dataclass(frozen=True)
class Figures:
    """A table of figures that can be asked for one."""

    table: pd.DataFrame

    def row(
        self, place: str, period: str, dim: str = "", category: str = "", crossed: str = ""
    ) -> pd.Series:
        """The one row of `indicator/variant/group` in a month, of a category or (`dim2=value2`) a crossing of two."""
        indicator, variant, group = place.split("/")
        dim2, _, value2 = crossed.partition("=")
        wanted = (indicator, variant, period, group, dim, category, dim2, value2)
        keys = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]
        found = self.table[(self.table[keys] == list(wanted)).all(axis=1)]
        assert len(found) == 1, f"{len(found)} rows for {wanted}"
        return found.iloc[0]

    def value(self, place: str, period: str, dim: str = "", category: str = "") -> float:
        """The value of that row."""
        return float(self.row(place, period, dim, category)["value"])

    def parts(self, place: str, period: str, dim: str = "", category: str = "") -> tuple[int, int]:
        """Numerator and denominator of that row."""
        found = self.row(place, period, dim, category)
        return int(found["numerator"]), int(found["denominator"])

    def flag(self, place: str, period: str, dim: str = "", category: str = "") -> str:
        """The flag of that row."""
        return str(self.row(place, period, dim, category)["flag"])
