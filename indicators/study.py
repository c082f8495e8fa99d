"""A block under study: what several statistics ask of it, worked out once.

Belongs here: the population of each month, the weeks of the candidates (who may ever be in the target group), and where they
were unemployed or had a job. Not here: what is counted of it (the area modules), the rules themselves (`people`, `weeks`).

Most statistics are of the target group, a small part of the block; its people's weeks are set apart, week by week, so that
a pass over all weeks touches them alone. Everybody's weeks are asked for the reference weeks only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from indicators.block import UNKNOWN_PERSON, Block, Bools
from indicators.calendar import Int32s
from indicators.grants import GrantSpells
from indicators.people import Members, Population, Positions, Register, Rules
from indicators.person_times import Weeks
from indicators.weeks import WorkWeeks, unemployed

HISTORY_MONTHS = 12
"""How far before the first month asked for counts reach: a year's sums, and exits a year ago."""


def span_of(months: Sequence[int]) -> range:
    """The months that counts stand on when `months` are asked for, history included."""
    return range(min(months) - HISTORY_MONTHS, max(months) + 1)


class Study:
    """A block, the rules of the municipality, and the months it is asked about; `span` reaches further back."""

    def __init__(self, block: Block, rules: Rules, months: Sequence[int]) -> None:
        self.block = block
        self.rules = rules
        self.months = tuple(months)
        self.span = span_of(months)
        self._populations: dict[int, Population] = {}
        self._targets: dict[int, Members] = {}
        self._unemployed: dict[str, Bools] = {}
        self._jobs: dict[str, Bools] = {}

    def population(self, month: int) -> Population:
        """The population at the month's last day."""
        if month not in self._populations:
            self._populations[month] = self._register.population(month)
        return self._populations[month]

    def members(self, month: int, group: str) -> Members:
        """The members of T, R or P at the month's last day."""
        if group != "T":
            return self.population(month).group(group)
        found = self._target_members(month)
        return Members(self.candidates.take(found.at).astype(np.intp), found.categories)

    def target_at(self, month: int) -> Positions:
        """Where the month's members of T stand among the candidates."""
        return self._target_members(month).at

    def _target_members(self, month: int) -> Members:
        """The members of T by their places among the candidates."""
        if month not in self._targets:
            self._targets[month] = self._target_register.population(month).group("T")
        return self._targets[month]

    @cached_property
    def _register(self) -> Register:
        block = self.block
        return Register(
            block.people,
            block.residence,
            block.registrations,
            self._granted,
            block.weeks,
            self.rules,
        )

    @cached_property
    def _target_register(self) -> Register:
        """Of the candidates alone: nobody else is asked whether they are in the target group."""
        block, who = self.block, self.candidates
        place = np.full(len(block.people.person), UNKNOWN_PERSON, dtype=np.int32)
        place[who] = np.arange(len(who), dtype=np.int32)
        granted = replace(self._granted, person=place[self._granted.person])
        return Register(
            block.people.rows(who),
            block.residence.of(place),
            block.registrations.of(place),
            granted,
            self._target_weeks,
            self.rules,
        )

    @cached_property
    def everybody(self) -> WorkWeeks:
        """The weeks of everybody in the block."""
        return WorkWeeks(self.block.weeks, self.block.wages)

    @cached_property
    def candidates(self) -> Int32s:
        """The positions of those with anything that could ever put them in the target group, by the rule chosen."""
        registered = self.block.registrations.person[: None if self.rules.by_impairment else 0]
        return np.unique(np.concatenate([registered, self._granted.person]))

    @cached_property
    def _granted(self) -> GrantSpells:
        """The grants that may put people in the target group; none where the rule does not ask for them."""
        return GrantSpells.of(self.block.grants if self.rules.by_grant else None)

    @cached_property
    def target(self) -> WorkWeeks:
        """The weeks of the candidates, in the order of `candidates`."""
        return WorkWeeks(self._target_weeks, self.block.wages.of(self.candidates))

    @cached_property
    def _target_weeks(self) -> Weeks:
        return self.block.weeks.of(self.candidates)

    def unemployed(self, variant: str) -> Bools:
        """Where the candidates were unemployed: (weeks x candidates)."""
        if variant not in self._unemployed:
            self._unemployed[variant] = unemployed(self.target.codes, variant)
        return self._unemployed[variant]

    def jobs(self, kind: str) -> Bools:
        """Where the registered had a job, `any` or an `ordinary` one: (weeks x candidates)."""
        if kind not in self._jobs:
            work = self.target
            weeks = range(work.first_week, work.first_week + len(work.codes))
            self._jobs[kind] = np.array([work.job(week, kind) for week in weeks], dtype=bool)
        return self._jobs[kind]
