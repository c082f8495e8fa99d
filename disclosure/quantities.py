"""Whom each figure of the tidy table counts: the vocabulary that turns its rows into cells.

Belongs here: for each indicator, which people its numerator and denominator are, which counts hold
one another, and which are the same people under two names. Not here: reading a table by it
(`system`). It knows the names that stand in the table and nothing of how they are computed.

Definitions: the specification's page of indicators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WINDOW = "12m"
"""The qualifier of a sum over twelve months, the row's own month last."""

UNCOUNTED = frozenset({"median", "mean", "p25", "p75", "p90", "km_median"})
"""Qualifiers of figures whose numerator, if any, is a sum of days and no number of people."""

MEASURES = UNCOUNTED | {"within_deadline"}
"""Qualifiers that say how people are measured, not which people."""


@dataclass(frozen=True)
class Counted:
    """Whom one indicator counts.

    `numerator`, `denominator`: names of quantities, blank for none. `of_all`: the denominator is
    everybody, whatever the variant. `lag`: how many months before the row's the denominator stands.
    `derived_from`: an indicator whose rows for T and R, same variant without `drops`, make it.
    """

    numerator: str = ""
    denominator: str = ""
    of_all: bool = False
    lag: int = 0
    derived_from: str = ""
    drops: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """A quantity in one variant and category; a blank variant leaves the row's own."""

    quantity: str
    variant: str = ""
    dim: str = ""
    category: str = ""


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
class Vocabulary:
    """Whom the figures count.

    `same` gives the place under which the people of another place are counted already; `summed` the
    quantities whose variant `all` can be the sum of the others; `whole_dims` the breakdowns whose
    denominator is that of the total; `minor` the qualifiers that are given up before others.
    """

    counted: Mapping[str, Counted]
    nested: tuple[Nested, ...] = ()
    same: Mapping[Place, Place] = field(default_factory=dict)
    summed: frozenset[str] = frozenset()
    whole_dims: frozenset[str] = frozenset()
    minor: frozenset[str] = frozenset()


_WIDE = Nested("unemployed", inner="narrow", outer="wide")

VOCABULARY = Vocabulary(
    counted={
        "employment_rate": Counted("employed", "members", of_all=True),
        "employment_gap": Counted(
            derived_from="employment_rate", drops=frozenset({"standardised"})
        ),
        "benefit_state": Counted("in_state"),
        "unemployed": Counted("unemployed"),
        "ltu_80": Counted("ltu_80"),
        "ltu_80_share": Counted("ltu_80", "unemployed"),
        "exits": Counted("exits"),
        "exits_job": Counted("exits_job"),
        "exits_job_12m": Counted("exits_job"),
        "exit_rate_job": Counted("exits_job", "unemployed", lag=1),
        "comp_persons": Counted("granted"),
        "comp_uptake": Counted("granted", "members", of_all=True),
        "comp_case_days": Counted("cases_in_time", "cases"),
        "fleksjob_referred": Counted("referred"),
        "fleksjob_employed": Counted("referred_employed"),
        "fleksjob_employed_share": Counted("referred_employed", "referred", of_all=True),
    },
    nested=(
        _WIDE,
        Nested("ltu_80", inner="narrow", outer="wide"),
        Nested("employed", inner="ordinary", outer="any"),
        Nested("referred_employed", inner="via_klausul", outer=""),
    ),
    same={
        Place("in_state"): Place("members"),
        Place("in_state", dim="state", category="unemployed"): Place("unemployed", "narrow"),
        Place("in_state", dim="state", category="unemployed_wide"): Place(
            "unemployed", _WIDE.difference
        ),
        Place("exits", dim="destination", category="job"): Place("exits_job"),
    },
    summed=frozenset({"cases", "granted"}),
    whole_dims=frozenset({"scheme"}),
    minor=frozenset({"wide", "ordinary", "via_klausul"}),
)
"""The indicators that can be protected; every other is held back (`table.can_be_protected`)."""
