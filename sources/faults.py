"""The faults a row can have: stable codes and their Danish words.

Belongs here: the list, so that parsers can mark a cell with one small number and every listing
says the same. Does not belong here: finding faults. Row rules of a table are added to the
list by name.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.allowed import allowed
from expectations.contract import Table

FAULTS: Mapping[str, str] = {
    "": "",
    "blank": "Feltet skal være udfyldt.",
    "cpr_form": "Cpr-nummeret består ikke af ti cifre.",
    "cpr_date": "Cpr-nummerets dato findes ikke.",
    "serial_form": "Løbenummeret består ikke af cifre.",
    "date_form": "Datoen er ikke skrevet på en aftalt måde eller findes ikke.",
    "month_form": "Måneden er ikke skrevet på en aftalt måde.",
    "number_form": "Tallet er ikke skrevet på en aftalt måde.",
    "number_ambiguous": "Punktummet kan være både tusind- og decimaltegn.",
    "integer_form": "Feltet skal være et helt tal.",
    "out_of_range": "Værdien ligger uden for de aftalte grænser.",
    "yes_no_form": "Feltet skal være ja eller nej.",
    "code_unknown": "Værdien er ikke en af de aftalte.",
    "text_long": "Teksten er for lang.",
    "text_control": "Teksten indeholder styretegn.",
    "text_cpr": "Teksten indeholder noget, der ligner et cpr-nummer.",
    "week_code_form": "Ydelseskoden består ikke af tre cifre.",
    "error_cell": "Feltet er en fejlværdi fra et regneark.",
    "row_length": "Rækken har for mange eller for få felter.",
    "key_conflict": "Nøglen findes i flere rækker med forskelligt indhold.",
}
"""Code to Danish words, in the order that numbers them for parsers."""

ABOUT_WRITING = frozenset(
    {
        *("date_form", "month_form", "number_form", "number_ambiguous", "integer_form"),
        *("out_of_range", "yes_no_form", "code_unknown", "text_long", "week_code_form"),
    }
)
"""Faults of a cell that what the column takes would have told."""

NUMBER: Mapping[str, int] = {code: index for index, code in enumerate(FAULTS)}
CODES: tuple[str, ...] = tuple(FAULTS)


def words(table: Table, code: str) -> str:
    """The Danish words of a fault code, the table's row rules included."""
    for rule in table.row_rules:
        if rule.name == code:
            return rule.description
    return FAULTS[code]


def advice(table: Table, column: str, code: str) -> str:
    """What is allowed in the column of a faulty cell, in Danish; blank where the fault is not one of how it is written."""
    if code not in ABOUT_WRITING:
        return ""
    found = (allowed(item) for item in table.columns if item.name == column)
    said = next(found, "").replace("`", "")
    return f" Tilladt: {said}" if said else ""
