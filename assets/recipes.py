"""What is made of what: the registers with their sources, the areas of statistics with their registers.

Belongs here: names, dependencies and the Danish descriptions the assets show. Not here: the making (`laying_out`,
`computing`), so that definitions load without pandas and Arrow.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """A register: the source it is made of, what it is, the sources its rows are read with, and whether they are of people;
    rows that are not stand together in one block."""

    source: str
    description: str
    read_with: tuple[str, ...] = ()
    of_people: bool = True


BASE = ("people", "impairments", "weeks")


@dataclass(frozen=True)
class Area:
    """An area of statistics: the registers it reads beside `base`, and what it is."""

    registers: tuple[str, ...]
    description: str
    base: tuple[str, ...] = BASE

    @property
    def reads(self) -> tuple[str, ...]:
        """Every register the area reads."""
        return (*self.base, *self.registers)


THINGS = {
    "people": Thing("population", "Personer og bopælsperioder, lagt ud i blokke."),
    "weeks": Thing(
        "dream", "Ydelse uge for uge og lønmåneder, lagt ud i blokke.", read_with=("dream_key",)
    ),
    "income": Thing("income", "Lønmåneder efter rettelser: ordinær ansættelse og dens timer."),
    "impairments": Thing("target_group", "Registrerede funktionsnedsættelser, lagt ud i blokke."),
    "compensation": Thing("compensation", "Sager efter kompensationsloven efter rettelser."),
    "fleksjob": Thing("fleksjob", "Sager om fleksjob og pension efter rettelser."),
    "spending": Thing("spending", "Regnskabets posteringer efter rettelser.", of_people=False),
}

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
}
