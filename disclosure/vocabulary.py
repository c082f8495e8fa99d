"""How it is said whom the figures of a tidy table count.

Belongs here: the words. Not here: what is said with them of our indicators (`quantities`), reading a table by it (`system`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WINDOW, YEAR = "12m", "year"
"""The qualifiers of a sum over twelve months, the row's own month last, and of one since January."""

KRONER = "kroner"
"""The quantity of figures of money, in thousands so that programs of people and money are of one size."""

UNCOUNTED = frozenset({"median", "mean", "p25", "p75", "p90", "km_median"})
"""Qualifiers of figures whose numerator, if any, is a sum of days or hours and no number of people."""

MEASURES = UNCOUNTED | {"within_deadline", "over_deadline"}
"""Qualifiers that say how people are measured, not which people."""


@dataclass(frozen=True)
class Counted:
    """Whom one indicator counts.

    * `numerator`, `denominator`: names of quantities, blank for none.
    * `windowed`: the numerator counts twelve months, though the variant does not say so.
    * `of_all`: the denominator is everybody, whatever the variant; `of_without`: or whatever these qualifiers of it;
      `of_alias`: or stands under another variant.
    * `lag`: how many months before the row's the denominator stands; `baseline`: or in the month that the variant names.
    * `by_measure`: the denominator's people are others for every measure.
    * `part`: the numerator's people are among the denominator's, so that the others can be computed.
    * `derived_from`: an indicator whose rows for T and R, same variant without `drops`, make it.
    * `only`: the variants that count people at all; blank for every one. The others are nobody's and always seen.
    * `alias`: the variant under which the people of another are counted already; `month_means`: variants whose numerator
      adds up the people of so many months as the denominator says.
    * `apart_without`: a variant; the total leaves out the categories for which it has no number.
    """

    numerator: str = ""
    denominator: str = ""
    windowed: bool = False
    of_all: bool = False
    of_without: frozenset[str] = frozenset()
    of_alias: Mapping[str, str] = field(default_factory=dict)
    lag: int = 0
    baseline: bool = False
    by_measure: bool = False
    part: bool = True
    derived_from: str = ""
    drops: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    alias: Mapping[str, str] = field(default_factory=dict)
    month_means: frozenset[str] = frozenset()
    apart_without: str = ""


@dataclass(frozen=True)
class Place:
    """A quantity in one variant and category.

    Without a variant it is the row's own; `windowed`: and its sum over twelve months.
    """

    quantity: str
    variant: str | None = None
    dim: str = ""
    category: str = ""
    windowed: bool = False

    def of(self, variant: str) -> str:
        """The place's variant in a row of that variant."""
        own = variant if self.variant is None else self.variant
        return f"{own}|{WINDOW}" if self.windowed else own


@dataclass(frozen=True)
class Nested:
    """In one quantity the people of variant `inner` are among those of variant `outer`."""

    quantity: str
    inner: str
    outer: str

    @property
    def difference(self) -> str:
        """The variant that names the people of `outer` who are not of `inner`."""
        return f"{self.outer} - {self.inner}"


@dataclass(frozen=True)
class Within:
    """The people of `inner` are among those of `outer`, group by group, category by category.

    A place with a category stands for that category of the total alone. Variants not given are the same in both.
    """

    inner: Place
    outer: Place


@dataclass(frozen=True)
class Summed:
    """In every place the counts of `parts` add up to that of `total`. Variants not given are the same in all."""

    total: Place
    parts: tuple[Place, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Whom the figures count.

    * `nobody`: indicators that count no people, and what they count instead; always seen.
    * `money`: indicators of kroner, and the quantity of the people they are spent on.
    * `same`: the place under which the people of another place are counted already.
    * `schemes`: quantities whose variant `all` is all of the others together; of `overlapping` quantities, and in the
      breakdowns of `overlapping_dims`, a person can be in several.
    * `whole_dims`: breakdowns of a denominator that is that of the total; `whole_variants`: quantities whose total is one
      whatever the variant.
    * `yearly`: for a quantity the variant that adds up since January and the one of the single month.
    * `all_alike`: quantities of which nobody may learn that all of a small group are in them.
    * `minor`: the qualifiers that are given up before others.
    """

    counted: Mapping[str, Counted]
    nobody: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, str] = field(default_factory=dict)
    nested: tuple[Nested, ...] = ()
    within: tuple[Within, ...] = ()
    summed: tuple[Summed, ...] = ()
    same: Mapping[Place, Place] = field(default_factory=dict)
    schemes: frozenset[str] = frozenset()
    overlapping: frozenset[str] = frozenset()
    overlapping_dims: frozenset[tuple[str, str]] = frozenset()
    whole_dims: frozenset[tuple[str, str]] = frozenset()
    whole_variants: frozenset[str] = frozenset()
    yearly: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    all_alike: frozenset[str] = frozenset()
    minor: frozenset[str] = frozenset()
