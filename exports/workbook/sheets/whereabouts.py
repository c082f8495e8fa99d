"""On which sheet the rows of each register stand, and under which heading.

Belongs here: where, by the register's name in its contract. Not here: laying the rows out (the sheets), what a plan needs a
register for (`promised`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

THEMES = "Temaernes ark"
"""Not one sheet: each activity stands on its theme's."""


class Stand(NamedTuple):
    """A sheet, and the beginning of the heading, or a column's, that the register's rows stand under there."""

    sheet: str
    heading: str


STANDS: Mapping[str, Stand] = {
    "activities": Stand(THEMES, "Behov for revision?"),
    "milestones": Stand("Registre", "Milepæle"),
    "decisions": Stand("Registre", "Beslutninger om planens dele"),
    "targets": Stand("Registre", "Resultatmål, som kontoret har ført ind"),
    "staff_targets": Stand(
        "Særlige vilkår", "Ansatte på særlige vilkår efter forvaltning og ordning"
    ),
    "budgets": Stand("Økonomi", "Budget og forbrug, linje for linje"),
    "deliverables": Stand("Registre", "Leverancer efter målgruppe"),
    "contracts": Stand("Virksomheder", "Kontrakter med sociale klausuler"),
    "sites": Stand("Registre", "Tilgængelighed på lokationer"),
    "surveys": Stand("Registre", "Undersøgelser"),
    "training": Stand("Registre", "Kurser for medarbejdere"),
    "consultants": Stand("Registre", "Besatte årsværk efter stilling"),
    "partners": Stand("Virksomheder", "Partnere og aftaler"),
    "tenders": Stand("Virksomheder", "Udbud"),
    "anchoring": Stand("Registre", "Hvor aktiviteterne er skrevet ind"),
    "organisation": Stand("Registre", "Hvordan arbejdet er organiseret"),
}
"""Every register of the contract."""
