"""The plan's own money: lines by year as the paper writes them, in a price level, with the paper's sums as a check.

Belongs here: amounts, price levels and what may be added. Not here: what the office entered and what was spent (`money`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from pydantic import Field, model_validator

from plans.parts import NOT_STATED, Model, Part, Text

UNIT = "1.000 kr."
CURRENT = "løbende p/l"
"""Each year in that year's own prices, so that two years stand in two price levels."""


class PriceLevelError(ValueError):
    """Amounts of different price levels, or of a level that is not stated, cannot be added."""


@dataclass(frozen=True)
class Money:
    """An amount in 1,000 kroner and the price level it stands in, `ikke oplyst` where the paper gives none."""

    thousands: int
    price_level: str

    def __add__(self, other: Money) -> Money:
        """Both together. Raises PriceLevelError across price levels, and where a level is not stated."""
        if self.price_level != other.price_level or self.price_level == NOT_STATED:
            raise PriceLevelError(
                f"Beløb i {self.price_level} og {other.price_level} kan ikke lægges sammen."
            )
        return Money(self.thousands + other.thousands, self.price_level)


def total(amounts: Iterable[Money]) -> Money:
    """The sum of one or more amounts. Raises PriceLevelError across price levels; ValueError without any amount."""
    first, *rest = amounts
    for amount in rest:
        first += amount
    return first


class Span(Model):
    """One amount written for several years: `reading` says whether it is for each year or for all together, None where the
    paper does not. `raw` is the paper's own writing."""

    first: int
    last: int
    thousands: int
    reading: Literal["each_year", "in_total"] | None = None
    raw: Text

    @property
    def years(self) -> range:
        """The years the amount is written for."""
        return range(self.first, self.last + 1)


class BudgetLine(Part):
    """One line. `amounts` are 1,000 kroner by year; a year whose cell is blank in the paper stands with None, which is no
    amount and not zero. `spans` are amounts written for several years at once. `total` is the line's sum in the paper.

    `standing`: granted, applied for, possible later, or held within another budget. `area` is the budget's area (Service,
    Overførsler mv.), `committee`, `grant` and `direction` (U, I) how it is booked; blank where not stated. `decided_by` is
    what settles a line that is not granted.
    """

    amounts: dict[int, int | None] = Field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    total: int | None = None
    standing: Literal["granted", "requested", "possible", "existing"] = "granted"
    area: str = ""
    committee: str = ""
    grant: str = ""
    direction: Literal["U", "I", ""] = ""
    source: str = ""
    decided_by: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """Every year the line says something of, blank cells too."""
        return tuple(sorted({*self.amounts, *chain.from_iterable(s.years for s in self.spans)}))

    def promised(self, year: int) -> int | None:
        """1,000 kroner in a year; None where the line has none, or where the paper does not settle it."""
        amount = self.amounts.get(year)
        for span in self.spans:
            if year in span.years and span.reading == "each_year":
                amount = span.thousands
        return amount

    def words_of(self, year: int) -> str:
        """What the paper leaves open about a year, in Danish; blank where it leaves nothing."""
        if self.promised(year) is not None:
            return ""
        for span in self.spans:
            if year in span.years:
                how = "i alt" if span.reading == "in_total" else "pr. år eller i alt"
                unsettled = (
                    f"{span.raw} er {how} for årene"
                    if span.reading == "in_total"
                    else f"{span.raw}: det fremgår ikke, om beløbet er {how}"
                )
                return f"{unsettled}, så årets beløb er {NOT_STATED}."
        if year in self.amounts and self.standing == "possible":
            return f"Beløbet er {NOT_STATED}; det afgøres af {self.decided_by or 'budgettet'}."
        return "Feltet er tomt i papiret: ikke 0, men uden beløb." if year in self.amounts else ""


class ControlTotal(Part):
    """A sum the paper gives of some lines: by year, and over all years where it gives that."""

    lines: tuple[Text, ...] = Field(min_length=1)
    amounts: dict[int, int]
    total: int | None = None


class BudgetTable(Part):
    """Lines of one paper in one price level, with the paper's own sums.

    `price_level` is blank where the paper gives none. The sums are checked when the plan is read.
    """

    price_level: str = ""
    source: Text
    lines: tuple[BudgetLine, ...]
    controls: tuple[ControlTotal, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> BudgetTable:
        known = {line.id: line for line in self.lines}
        for line in self.lines:
            if line.total is not None and line.total != self._over_years([line]):
                raise ValueError(f"linjen {line.id} giver ikke sin sum på {line.total}")
        for control in self.controls:
            if missing := [name for name in control.lines if name not in known]:
                raise ValueError(f"kontrolsummen {control.id} nævner {missing[0]}, som ikke findes")
            lines = [known[name] for name in control.lines]
            for year, stated in control.amounts.items():
                if self.sum_of(lines, year).thousands != stated:
                    raise ValueError(f"kontrolsummen {control.id} stemmer ikke for {year}")
            if control.total is not None and control.total != self._over_years(lines):
                raise ValueError(f"kontrolsummen {control.id} stemmer ikke i alt")
        return self

    def money(self, line: BudgetLine, year: int) -> Money | None:
        """A line's amount in a year; None where the line has none, or the paper does not settle it."""
        thousands = line.promised(year)
        return None if thousands is None else Money(thousands, self.price_level_of(year))

    def price_level_of(self, year: int) -> str:
        """The price level of a year's amounts: `2024 p/l`, `løbende p/l 2022`, or `ikke oplyst`."""
        if self.price_level == CURRENT:
            return f"{CURRENT} {year}"
        return self.price_level or NOT_STATED

    def sum_of(self, lines: Iterable[BudgetLine], year: int) -> Money:
        """The lines' amounts in a year together. Raises PriceLevelError where they may not be added."""
        found = [self.money(line, year) for line in lines]
        return total([one for one in found if one is not None])

    def _over_years(self, lines: Iterable[BudgetLine]) -> int:
        amounts = (self.money(line, year) for line in lines for year in line.years)
        return total([one for one in amounts if one is not None]).thousands

    def parts(self) -> Iterator[BudgetLine | ControlTotal]:
        """Lines, then sums."""
        yield from self.lines
        yield from self.controls
