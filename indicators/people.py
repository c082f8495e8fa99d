"""Who counts at a date: population, target group, comparison, and the categories people are broken down by.

Belongs here: the membership rules and the breakdowns' categories. Not here: what is counted of the members (the area
modules), how counts are added up (`tally`).

Definitions: the specification's "Time, people, groups". The target group is
the one of the rule chosen, which has a name and a version that every table carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from indicators.block import Bools, People, Registrations, Residence
from indicators.calendar import Int32s, date_of, dates_of, last_day, reference_week
from indicators.categories import (
    AGE_STARTS,
    BY_EITHER,
    BY_GRANT,
    BY_IMPAIRMENT,
    DISTRICTS,
    IMPAIRMENTS,
    NOT_STATED,
    SEXES,
    TARGET_GROUP_RULES,
    VISIBILITIES,
)
from indicators.codes import benefit_groups, group_positions
from indicators.grants import GrantSpells
from indicators.person_times import Weeks

OF_EVERYBODY = ("sex", "age_group", "district", "benefit_group")
OF_TARGET_GROUP = (
    "sex",
    "age_group",
    "district",
    "job_centre",
    "impairment",
    "visibility",
    "benefit_group",
)
CROSSED = ("sex", "age_group", "district", "impairment")
"""The breakdowns that are crossed two by two for the headline counts, in the order of `dim1` and `dim2`."""

Places = npt.NDArray[np.int16]
Positions = npt.NDArray[np.intp]
"""Members' positions, of the width numpy indexes with: any other is first turned into it, each time anew."""
MONTH = 100
"""So many days a month are reckoned with where a birthday is one number, 1215 for 15 December."""


@dataclass(frozen=True)
class Rules:
    """What a municipality may set: its code, the age range (both ends counted), one of TARGET_GROUP_RULES; and what its data
    name: job centres of the target group, job centres and benefits of the compensation cases, and the programmes'
    sub-groups."""

    municipality: int = 101
    youngest: int = 16
    oldest: int = 64
    target_group_rule: str = TARGET_GROUP_RULES[0]
    job_centres: tuple[str, ...] = ()
    case_job_centres: tuple[str, ...] = ()
    case_benefits: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()

    @property
    def by_impairment(self) -> bool:
        """Whether a registered impairment puts somebody in the target group."""
        return self.target_group_rule in (BY_IMPAIRMENT, BY_EITHER)

    @property
    def by_grant(self) -> bool:
        """Whether an active grant puts somebody in the target group."""
        return self.target_group_rule in (BY_GRANT, BY_EITHER)

    @property
    def age_groups(self) -> tuple[str, ...]:
        """The age groups within the range, `16–24` and on."""
        starts = self._age_starts
        ends = [*(start - 1 for start in starts[1:]), self.oldest]
        return tuple(f"{start}–{end}" for start, end in zip(starts, ends, strict=True))

    def age_group_places(self, ages: Int32s) -> Places:
        """The place of each age in the age groups; the last category, `uoplyst`, outside them."""
        inside = (ages >= self.youngest) & (ages <= self.oldest)
        return self._age_group_of.take(np.where(inside, ages, self.oldest + 1))

    def categories(self) -> dict[str, tuple[str, ...]]:
        """Every breakdown of people with its categories; the last is always `uoplyst`, so that rows add up to the total."""
        lists = {
            "sex": SEXES,
            "age_group": self.age_groups,
            "district": DISTRICTS,
            "job_centre": self.job_centres,
            "impairment": IMPAIRMENTS,
            "visibility": VISIBILITIES,
            "benefit_group": benefit_groups(),
        }
        return {name: (*values, NOT_STATED) for name, values in lists.items()}

    @cached_property
    def _age_group_of(self) -> Places:
        """The age group's place by age, and one age past the oldest that of everybody outside."""
        ages = np.arange(self.oldest + 2)
        place = np.searchsorted(self._age_starts, ages, side="right") - 1
        place[-1] = len(self._age_starts)
        return place.astype(np.int16)

    @property
    def _age_starts(self) -> tuple[int, ...]:
        later = (start for start in AGE_STARTS if self.youngest < start <= self.oldest)
        return (self.youngest, *later)


@dataclass(frozen=True)
class Members:
    """Members of a group at a day: `at` gives their positions in the block, `categories[dim]` each one's place in the
    breakdown's categories."""

    at: Positions
    categories: Mapping[str, Places]

    def of(self, chosen: Bools | Int32s) -> Members:
        """Some of the members, by a mask over them or by their places, some perhaps more than once."""
        # A mask would be gone through anew for every category.
        places = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen.astype(np.intp)
        of_each = {name: of.take(places) for name, of in self.categories.items()}
        return Members(self.at.take(places), of_each)


@dataclass
class Population:
    """The population at a month's last day. `target` says which of `everybody` are the target group, `registered` is the row
    that is primary for each, -1 where none is."""

    everybody: Members
    target: Bools
    registered: Int32s
    of_primary: Mapping[str, Places]
    _groups: dict[str, Members] = field(default_factory=dict)

    def group(self, name: str) -> Members:
        """The members of T, R or P, with the breakdowns that say something of the group."""
        if name == "P":
            return self.everybody
        if name not in self._groups:
            members = self.everybody.of(self.target if name == "T" else ~self.target)
            if name == "T":
                primary = self.registered[self.target]
                more = {dim: places.take(primary) for dim, places in self.of_primary.items()}
                members = Members(members.at, {**members.categories, **more})
            self._groups[name] = members
        return self._groups[name]


class Register:
    """People with their texts turned into category places once, to be asked month after month."""

    def __init__(
        self,
        people: People,
        residence: Residence,
        registrations: Registrations,
        granted: GrantSpells,
        weeks: Weeks,
        rules: Rules,
    ) -> None:
        self._people = people
        self._residence = residence
        self._registrations = registrations
        self._granted = granted
        self._weeks = weeks
        self._rules = rules
        lists = rules.categories()
        self._sex = people.sex.places(lists["sex"]).astype(np.int16)
        self._district = residence.district.places(lists["district"]).astype(np.int16)
        self._born, month, day = dates_of(people.birth)
        self._birthday = month * MONTH + day
        # The entry put last is that of those without a row, whose place is -1.
        self._lives_here = np.append(residence.municipality == rules.municipality, False)
        visible = np.where(registrations.visible < 0, len(VISIBILITIES), registrations.visible)
        of_primary = {
            "job_centre": registrations.job_centre.places(lists["job_centre"]),
            "impairment": registrations.impairment.places(lists["impairment"]),
            "visibility": visible,
        }
        self._of_primary = {
            dim: np.append(of, len(lists[dim]) - 1).astype(np.int16)
            for dim, of in of_primary.items()
        }

    def population(self, month: int) -> Population:
        """The population at the month's last day, with target group and categories."""
        day, rules = last_day(month), self._rules
        n, residence = len(self._people.person), self._residence
        spell = _deciding_row(n, residence.person, residence.first, residence.last, day)
        today = date_of(day)
        not_yet = self._birthday > today.month * MONTH + today.day
        age = today.year - self._born - not_yet
        of_age = (age >= rules.youngest) & (age <= rules.oldest)
        here = self._lives_here.take(spell) & of_age & (self._people.death > day)
        at = np.flatnonzero(here)
        categories = {
            "sex": self._sex.take(at),
            "age_group": rules.age_group_places(age.take(at)),
            "district": self._district.take(spell.take(at)),
        }
        week = reference_week(day)
        if self._weeks.covers(week):
            categories["benefit_group"] = group_positions().take(self._weeks.at(week).take(at))
        of = self._registrations
        registered = _deciding_row(n, of.person, of.first, of.last, day).take(at)
        target = np.zeros(len(at), dtype=bool)
        if rules.by_impairment:
            target |= registered >= 0
        if rules.by_grant:
            grants = self._granted
            target |= _deciding_row(n, grants.person, grants.first, grants.last, day).take(at) >= 0
        return Population(Members(at, categories), target, registered, self._of_primary)


def breakdowns(group: str) -> tuple[str, ...]:
    """The breakdowns of a group: impairments and job centres are known for the target group alone."""
    return OF_TARGET_GROUP if group == "T" else OF_EVERYBODY


def crossings(group: str) -> tuple[tuple[str, str], ...]:
    """The pairs of breakdowns that a group's headline counts are crossed by."""
    return tuple(combinations([dim for dim in CROSSED if dim in breakdowns(group)], 2))


def _deciding_row(n: int, person: Int32s, first: Int32s, last: Int32s, day: int) -> Int32s:
    """The row that decides for each of `n` people at `day`, -1 where none covers it; rows rise in precedence."""
    covering = np.flatnonzero((first <= day) & (last >= day))
    deciding = np.full(n, -1, dtype=np.int32)
    # numpy keeps the last of repeated assignments, and the rows stand in rising order of precedence.
    deciding[person.take(covering).astype(np.intp)] = covering
    return deciding
