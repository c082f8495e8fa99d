"""What is made of what: the registers with their sources, the areas of statistics with their registers.

Belongs here: names, dependencies and the Danish descriptions the assets show. Not here: the making (`laying_out`,
`computing`), so that definitions load without pandas and Arrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.categories import BY_IMPAIRMENT


@dataclass(frozen=True)
class Thing:
    """A register: the source it is made of, what it is, the sources its rows are read with, and whether they are of people;
    rows that are not stand together in one block."""

    source: str
    description: str
    read_with: tuple[str, ...] = ()
    of_people: bool = True


BASE = ("people", "impairments", "weeks")
GRANTS = "compensation"
"""The register that every area of people reads where the target group is defined by grants."""


@dataclass(frozen=True)
class Area:
    """An area of statistics: the registers it reads beside `base`, and what it is. An area of small tables without people
    may read tables of `sources` as they were delivered instead."""

    registers: tuple[str, ...]
    description: str
    base: tuple[str, ...] = BASE
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def reads(self, rule: str) -> tuple[str, ...]:
        """Every register the area reads under a rule of the target group."""
        also = (GRANTS,) if rule != BY_IMPAIRMENT and self.base else ()
        return tuple(dict.fromkeys((*self.base, *self.registers, *also)))


THINGS = {
    "people": Thing("population", "Personer og bopælsperioder, lagt ud i blokke."),
    "weeks": Thing(
        "dream", "Ydelse uge for uge og lønmåneder, lagt ud i blokke.", read_with=("dream_key",)
    ),
    "income": Thing("income", "Lønmåneder efter rettelser: ordinær ansættelse og dens timer."),
    "impairments": Thing("target_group", "Registrerede funktionsnedsættelser, lagt ud i blokke."),
    "compensation": Thing("compensation", "Sager efter kompensationsloven efter rettelser."),
    "fleksjob": Thing("fleksjob", "Sager om fleksjob og pension efter rettelser."),
    "courses": Thing("courses", "Forløb efter rettelser, lagt ud i blokke."),
    "shared_cases": Thing("shared_cases", "Borgere med sag i en anden forvaltning også."),
    "spending": Thing("spending", "Regnskabets posteringer efter rettelser.", of_people=False),
}

KEPT_SHEETS = (
    *("activities", "milestones", "deliverables", "anchoring", "contracts"),
    *("sites", "tenders", "surveys", "training", "consultants"),
)

AREAS = {
    "employment": Area(
        ("income",), "Beskæftigelse, forskel og arbejdsmarkedstilstand, måned for måned."
    ),
    "unemployment": Area(("income",), "Ledige og langtidsledige, måned for måned."),
    "exits": Area(("income",), "Afgang fra ledighed, måned for måned."),
    "compensation": Area(
        ("compensation",), "Kompenserende ordninger og sagerne om dem, måned for måned."
    ),
    "fleksjob": Area(("fleksjob",), "Fleksjob, ventetid og afklaring, måned for måned."),
    "spending": Area(("spending",), "Udgifter til ordningerne, måned for måned.", base=()),
    "programmes": Area(
        ("income", "courses"), "Forløb, deltagerne og hvordan det gik dem, måned for måned."
    ),
    "hires": Area(("income", "fleksjob"), "Ansættelser af målgruppen efter art, måned for måned."),
    "cooperation": Area(("shared_cases",), "Borgere fælles med andre forvaltninger."),
    "employers": Area(
        (),
        "Virksomheder nået, fleksjobåbninger og partnerskaber.",
        (),
        {"employer_contacts": ("employer_contacts",)},
    ),
    "own_employer": Area(
        (),
        "Kommunens ansatte på særlige vilkår mod måltallene.",
        (),
        {"staff": ("staff",), "registers": ("staff_targets",)},
    ),
    "budgets": Area(
        (),
        "Planernes budgetlinjer og forbruget på dem.",
        (),
        {"spending": ("spending",), "registers": ("budgets",)},
    ),
    "kept_registers": Area(
        ("impairments",),
        "Aktiviteter, milepæle, kontrakter, undersøgelser og kurser fra kontorets registre.",
        (),
        {"registers": KEPT_SHEETS},
    ),
}

_COUNTED_ELSEWHERE = {"contracts": "kept_registers", "kept_staff": "kept_registers"}
"""Areas of the catalogue that another area of statistics counts."""


def sources_of(catalogue_area: str, rule: str) -> frozenset[str]:
    """The sources that an indicator of the catalogue's area is made from under a rule of the target group."""
    area = AREAS[_COUNTED_ELSEWHERE.get(catalogue_area, catalogue_area)]
    things = [THINGS[name] for name in area.reads(rule)]
    made_of = {source for thing in things for source in (thing.source, *thing.read_with)}
    return frozenset(made_of | area.sources.keys())
