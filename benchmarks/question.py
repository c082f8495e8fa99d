"""What every engine of `statistics_stage` is asked: the same four statistics, months, people and tables.

Belongs here: the question in a form each engine can read, and the one form of an answer. Not here: any way of answering.

The four, by month and sex, for the target group (T) or for T and everybody else (R) of the population: people
`unemployed` (narrow), of them `ltu_80` (at least 42 of the last 52 weeks), people `employed` (any job), and people in
each labour-market state. An answer is a dictionary from `quantity|value|month|group|sex` to a count; zeros are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from assets.laying_out import THINGS, in_force
from assets.resources import House
from blocks.packing import unpack
from indicators import codes
from indicators.block import WeekAxis
from indicators.calendar import last_day, month_name, parse_month, parse_week, reference_week
from indicators.categories import NOT_STATED, SEXES
from indicators.people import Rules
from indicators.weeks import UNEMPLOYED_STATES
from sources.record import DeliveryRecord

FIRST, LAST = parse_month("2018-01"), parse_month("2020-06")
WINDOW, LONG_TERM = 52, 42
ALL_SEXES = (*SEXES, NOT_STATED)
Answer = dict[str, int]


@dataclass(frozen=True)
class Wage:
    """Where a month's wages stand: the list column and the place in it; a month with wages has a value above zero."""

    column: str
    place: int


@dataclass(frozen=True)
class Question:
    """The question about a home. `day[i]`, `week[i]` and `wage[i]` belong to `months[i]`; weeks are places in the list."""

    home: Path
    groups: tuple[str, ...]
    axis: WeekAxis
    months: tuple[int, ...]
    days: tuple[int, ...]
    weeks: tuple[int, ...]
    wages: tuple[Wage, ...]
    rules: Rules
    bits: int

    def table(self, thing: str) -> Path:
        """The pseudonymised table in force that a register is made of, its lists as lists."""
        stored = self.stored(thing)
        return _with_lists(stored, self.home) if thing == "weeks" else stored

    def stored(self, thing: str) -> Path:
        """The same table as the program keeps it."""
        record = DeliveryRecord(self.home)
        (entry,) = record.in_force(THINGS[thing].source)
        return record.table_path(entry)


def _with_lists(stored: Path, home: Path) -> Path:
    """A copy of the weekly table for engines that do not know how it is packed; made once."""
    copy = home / "benchmark" / f"{stored.parent.name}.parquet"
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        pq.write_table(unpack(pq.read_table(stored)), copy, compression="zstd", compression_level=1)
    return copy


def asked_of(home: Path, groups: tuple[str, ...]) -> Question:
    """The question about what is in force in a home."""
    (entry,) = DeliveryRecord(home).in_force("dream")
    facts = entry.facts
    axis = WeekAxis(
        first_week=parse_week(facts["first_week"]),
        weeks=int(facts["weeks"]),
        grad_months=tuple(parse_month(month) for month in facts["grad_months"]),
        branche_months=tuple(parse_month(month) for month in facts["branche_months"]),
    )
    months = tuple(range(FIRST, LAST + 1))
    days = tuple(last_day(month) for month in months)
    places = tuple(reference_week(day) - axis.first_week for day in days)
    # The Thursday of a month's reference week lies in that month, so the week's wages are the month's.
    wages = tuple(
        Wage("grad", axis.grad_months.index(month))
        if month in axis.grad_months
        else Wage("branche", axis.branche_months.index(month))
        for month in months
    )
    people = in_force(House(home=str(home)), "people")
    assert people is not None
    asked = Question(home, groups, axis, months, days, places, wages, Rules(), people.store.bits)
    # Made here, before any engine's clock starts.
    asked.table("weeks")
    return asked


def unemployed_codes() -> list[int]:
    """The codes that make a week unemployed, narrowly."""
    return _places(codes.with_state(*UNEMPLOYED_STATES["narrow"]))


def supported_codes() -> list[int]:
    """The codes that are a job whether or not there are wages."""
    return _places(codes.with_state("fleksjob", "subsidised_job") | codes.wage_subsidy())


def paid_codes() -> list[int]:
    """The codes that are a job when there are wages."""
    return _places(codes.blank_or_holiday())


def answer_from(
    counted: dict[tuple[int, bool, str, int, bool, bool], int], asked: Question
) -> Answer:
    """The answer from people counted by month (place), whether in T, sex, code, wages, and 42 weeks of 52.

    This last step over some thousand rows is the same for every engine that counts people in this way.
    """
    unemployed, supported, paid = unemployed_codes(), supported_codes(), paid_codes()
    answer: Answer = {}
    for (place, target, sex, code, wage, long_term), n in counted.items():
        group = "T" if target else "R"
        if group not in asked.groups:
            continue
        borne = [("benefit_state", state_of(code, wage))]
        if code in unemployed:
            borne.append(("unemployed", ""))
            if long_term:
                borne.append(("ltu_80", ""))
        if code in supported or (code in paid and wage):
            borne.append(("employed", ""))
        for quantity, value in borne:
            key = key_of(quantity, value, asked.months[place], group, sex)
            answer[key] = answer.get(key, 0) + n
    return answer


def state_of(code: int, wage: bool) -> str:
    """The labour-market state of a week."""
    if code == codes.BLANK and wage:
        return "employed"
    return codes.states()[codes.state_positions()[code]]


def key_of(quantity: str, value: str, month: int, group: str, sex: str) -> str:
    """The name of a count in an answer."""
    return f"{quantity}|{value}|{month_name(month)}|{group}|{sex}"


def _places(look_up: codes.Bools) -> list[int]:
    return [int(code) for code in np.flatnonzero(look_up)]
