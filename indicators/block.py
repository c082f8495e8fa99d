"""A block of people as the statistics see it: arrays in person order.

Belongs here: the shape of a block. Not here: how it is built from the registers' tables (`assembly`), which people fall in
which block and where blocks are stored (`blocks`), who counts at a date (`people`).

People stand in order of pseudonym; every other array refers to them by position. A row of a case register about somebody
the population register does not know has position UNKNOWN_PERSON: its case counts, its person never does. An end that is
not there is FOREVER, a beginning that is not there NEVER.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from indicators.calendar import FOREVER, Int32s

if TYPE_CHECKING:
    from indicators.person_times import WageMonths, Weeks

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

UNKNOWN_PERSON = -1
NEVER = -FOREVER


@dataclass(frozen=True)
class Coded:
    """Texts as small numbers: `index[i]` is the place of row i's text in `names`, -1 where it is blank."""

    names: tuple[str, ...]
    index: Int32s

    def places(self, categories: Sequence[str]) -> Int32s:
        """Each row's place in `categories`, the last of them for what is blank or not among them."""
        known = {name: place for place, name in enumerate(categories)}
        other = len(categories) - 1
        # The blank's index, -1, picks the entry put last.
        look_up = [*(known.get(name, other) for name in self.names), other]
        return np.array(look_up, dtype=np.int32)[self.index]

    def among(self, *texts: str) -> Bools:
        """Which rows hold one of the texts."""
        return np.array([*(name in texts for name in self.names), False], dtype=bool)[self.index]

    def rows(self, order: npt.NDArray[np.integer]) -> Coded:
        """The rows picked, in the order given."""
        return Coded(self.names, self.index[order])


@dataclass(frozen=True)
class People:
    """One row a person: pseudonym, day of birth, sex (`M`, `K`, or blank), day of death (FOREVER while alive)."""

    person: npt.NDArray[np.uint64]
    birth: Int32s
    sex: Coded
    death: Int32s

    def rows(self, who: Int32s) -> People:
        """Some of the people, in the order given."""
        return People(self.person[who], self.birth[who], self.sex.rows(who), self.death[who])

    def positions(self, persons: npt.NDArray[np.uint64]) -> Int32s:
        """Where each pseudonym stands among the people, UNKNOWN_PERSON where it does not."""
        if not len(self.person):
            return np.full(len(persons), UNKNOWN_PERSON, dtype=np.int32)
        found = np.searchsorted(self.person, persons).clip(max=len(self.person) - 1)
        return np.where(self.person[found] == persons, found, UNKNOWN_PERSON).astype(np.int32)


@dataclass(frozen=True)
class Residence:
    """Residence spells by person, then first day: of the spells that cover a day the last one decides."""

    person: Int32s
    municipality: Int32s
    district: Coded
    first: Int32s
    last: Int32s

    def of(self, place: Int32s) -> Residence:
        """The spells of some of the people; `place` is each one's new position, UNKNOWN_PERSON for those left out."""
        kept = np.flatnonzero(place[self.person] != UNKNOWN_PERSON)
        return Residence(
            place[self.person[kept]],
            self.municipality[kept],
            self.district.rows(kept),
            self.first[kept],
            self.last[kept],
        )


@dataclass(frozen=True)
class Registrations:
    """Impairment registrations in rising order of precedence within a person: of those that cover a day the last is
    primary. `visible` is 1, 0, or -1 where it is not told."""

    person: Int32s
    impairment: Coded
    visible: npt.NDArray[np.int8]
    job_centre: Coded
    first: Int32s
    last: Int32s

    def of(self, place: Int32s) -> Registrations:
        """The registrations of some of the people; `place` is each one's new position, UNKNOWN_PERSON for those left out."""
        kept = np.flatnonzero(place[self.person] != UNKNOWN_PERSON)
        return Registrations(
            place[self.person[kept]],
            self.impairment.rows(kept),
            self.visible[kept],
            self.job_centre.rows(kept),
            self.first[kept],
            self.last[kept],
        )


@dataclass(frozen=True)
class Income:
    """A row a person and month of the wage register: paid hours of the ordinary employment in it, 0 where none."""

    person: Int32s
    month: Int32s
    ordinary_hours: Floats


@dataclass(frozen=True)
class Grants:
    """Cases under the compensation Act. `hours` a week is NaN where not told; `self_employed` is 1, 0, or -1."""

    person: Int32s
    scheme: Coded
    outcome: Coded
    job_centre: Coded
    benefit: Coded
    self_employed: npt.NDArray[np.int8]
    applied: Int32s
    decided: Int32s
    first: Int32s
    last: Int32s
    hours: Floats


@dataclass(frozen=True)
class FleksjobCases:
    """Cases of the fleksjob register by person, first day of employment and case: the last that covers a day decides the
    kind of employment."""

    person: Int32s
    outcome: Coded
    decided: Int32s
    referred_first: Int32s
    referred_last: Int32s
    employed_first: Int32s
    employed_last: Int32s
    kind: Coded
    by_clause: Bools


@dataclass(frozen=True)
class Courses:
    """Courses: `subject` numbers the participants of the block from 0, also those the population register does not know;
    `group` is the programme with its sub-group, blank where it has none. `last` is FOREVER while a course runs."""

    person: Int32s
    subject: Int32s
    programme: Coded
    group: Coded
    first: Int32s
    last: Int32s
    completed: Bools


@dataclass(frozen=True)
class SharedCases:
    """Spells in which another administration has a case of the same person."""

    person: Int32s
    administration: Coded
    first: Int32s
    last: Int32s


@dataclass(frozen=True)
class Block:
    """People and what the registers hold of them. A register that was never delivered is None."""

    people: People
    residence: Residence
    registrations: Registrations
    weeks: Weeks
    wages: WageMonths
    income: Income | None
    grants: Grants | None
    fleksjob: FleksjobCases | None
    courses: Courses | None
    shared_cases: SharedCases | None


@dataclass(frozen=True)
class WeekAxis:
    """What the weekly register covers: its first week, and the months it has degree and industry columns for."""

    first_week: int
    weeks: int
    grad_months: tuple[int, ...]
    branche_months: tuple[int, ...]

    @property
    def last_week(self) -> int:
        """The last week delivered."""
        return self.first_week + self.weeks - 1

    @property
    def wage_months(self) -> tuple[int, ...]:
        """The months whose wage income is known, in order."""
        return tuple(sorted({*self.grad_months, *self.branche_months}))
