"""Who counts at a date: population, target group, comparison, and the categories people are broken down by.

Belongs here: the membership rules and the breakdowns' categories. Not here: what is counted of the members (the area
modules), how counts are added up (`tally`).

Definitions: the specification's "Time, people, groups". The target-group rule has a name and a version that every table
carries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.block import Block, Bools, Strings
from indicators.calendar import Int32s, completed_years, last_day, reference_week
from indicators.categories import (
    AGE_STARTS,
    DISTRICTS,
    IMPAIRMENTS,
    NOT_STATED,
    SEXES,
    VISIBILITIES,
)
from indicators.codes import benefit_groups, group_positions

TARGET_GROUP_RULE = "registered-impairment v1"
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


@dataclass(frozen=True)
class Rules:
    """What a municipality may set: its code, the age range (both ends counted), and its job centres' names."""

    municipality: int = 101
    youngest: int = 16
    oldest: int = 64
    job_centres: tuple[str, ...] = ()

    @property
    def age_groups(self) -> tuple[str, ...]:
        """The age groups within the range, `16–24` and on."""
        starts = [self.youngest, *(s for s in AGE_STARTS if self.youngest < s <= self.oldest)]
        ends = [*(start - 1 for start in starts[1:]), self.oldest]
        return tuple(f"{start}–{end}" for start, end in zip(starts, ends, strict=True))

    def categories(self) -> dict[str, tuple[str, ...]]:
        """Every breakdown with its categories; the last is always `uoplyst`, so that rows add up to the total."""
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


@dataclass(frozen=True)
class Members:
    """The population at a month's last day. `at` gives positions in the block; `target` says who of them is in the target
    group; `categories[dim]` gives each one's place in the breakdown's categories."""

    at: Int32s
    target: Bools
    categories: dict[str, Int32s]

    def of(self, group: str) -> Bools:
        """Who belongs to T, R or P, as a mask over `at`."""
        if group == "T":
            return self.target
        if group == "R":
            return ~self.target
        return np.ones_like(self.target)


class Register:
    """A block with its texts turned into category places once, to be asked month after month."""

    def __init__(self, block: Block, rules: Rules) -> None:
        self.block = block
        self.rules = rules
        lists = rules.categories()
        self._sex = _places(block.people.sex, lists["sex"])
        self._district = _places(block.residence.district, lists["district"])
        self._job_centre = _places(block.registrations.job_centre, lists["job_centre"])
        self._impairment = _places(block.registrations.impairment, lists["impairment"])
        visible = block.registrations.visible.astype(np.int32)
        self._visibility = np.where(visible < 0, len(VISIBILITIES), visible)
        self._sizes = {name: len(values) for name, values in lists.items()}

    def members(self, month: int) -> Members:
        """The population at the month's last day, with target group and categories."""
        day, rules, block = last_day(month), self.rules, self.block
        n = len(block.people.person)
        spell = _deciding_row(
            n, block.residence.person, block.residence.first, block.residence.last, day
        )
        lives_here = (spell >= 0) & (block.residence.municipality[spell] == rules.municipality)
        age = completed_years(block.people.birth, day)
        of_age = (age >= rules.youngest) & (age <= rules.oldest)
        at = np.flatnonzero(lives_here & of_age & (block.people.death > day)).astype(np.int32)

        registrations = block.registrations
        primary = _deciding_row(
            n, registrations.person, registrations.first, registrations.last, day
        )[at]
        starts = [int(name.split("–")[0]) for name in rules.age_groups]
        categories = {
            "sex": self._sex[at],
            "age_group": np.searchsorted(starts, age[at], side="right").astype(np.int32) - 1,
            "district": self._district[spell[at]],
            "job_centre": self._of_primary("job_centre", self._job_centre, primary),
            "impairment": self._of_primary("impairment", self._impairment, primary),
            "visibility": self._of_primary("visibility", self._visibility, primary),
        }
        week = reference_week(day)
        if block.weeks.first_week <= week <= block.weeks.last_week:
            codes = block.weeks.codes[week - block.weeks.first_week, at]
            categories["benefit_group"] = group_positions()[codes].astype(np.int32)
        return Members(at=at, target=primary >= 0, categories=categories)

    def _of_primary(self, name: str, places: Int32s, primary: Int32s) -> Int32s:
        not_stated = self._sizes[name] - 1
        if not len(places):
            return np.full(len(primary), not_stated, dtype=np.int32)
        return np.where(primary >= 0, places[primary], not_stated).astype(np.int32)


def _deciding_row(n: int, person: Int32s, first: Int32s, last: Int32s, day: int) -> Int32s:
    """The row that decides for each of `n` people at `day`, -1 where none covers it; rows rise in precedence."""
    covering = np.flatnonzero((first <= day) & (last >= day)).astype(np.int32)
    deciding = np.full(n, -1, dtype=np.int32)
    # numpy keeps the last of repeated assignments, and the rows stand in rising order of precedence.
    deciding[person[covering]] = covering
    return deciding


def _places(values: Strings, names: tuple[str, ...]) -> npt.NDArray[np.int32]:
    place = {name: place for place, name in enumerate(names)}
    return np.array([place.get(value, len(names) - 1) for value in values], dtype=np.int32)
