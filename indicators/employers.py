"""Employers and educational institutions reached, fleksjob openings, hires in partnerships.

Belongs here: counts of the contacts, which name companies and no people. Not here: hires of the target group (`hires`).

Definition: the specification's "Employers, the municipality as employer, suppliers".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from indicators.categories import EMPLOYER_KINDS, TOPICS
from indicators.lines import Lines, Row, count, month_of

YEAR = 12
WINDOWS: dict[str, Callable[[int], range]] = {
    "": lambda month: range(month, month + 1),
    "12m": lambda month: range(month - YEAR + 1, month + 1),
    "year": lambda month: range(month - month % YEAR, month + 1),
}
"""The windows that end with a month, by qualifier: the month, it and the eleven before, its year so far."""
ALL = "all"
OPENING = "fleksjobåbning"
OPENINGS = {
    "found": ("formidlet", "besat", "ingen", None),
    "passed_on": ("formidlet", "besat"),
    "filled": ("besat",),
}
"""What became of an opening, by how far it came; one that is filled was passed on, and found."""
KINDS = (ALL, *EMPLOYER_KINDS)


def employer_figures(contacts: Sequence[Row] | None, months: Sequence[int]) -> pd.DataFrame:
    """`employers_reached`, in all and by topic, `fleksjob_openings` and `partnership_hires`. `contacts` are the rows of the
    delivered table, None where it was never delivered."""
    lines = Lines(months)
    if contacts is None:
        lines.not_computed("employers_reached", _variants(KINDS))
        lines.not_computed("fleksjob_openings", _variants(OPENINGS))
        lines.not_computed("partnership_hires", WINDOWS)
        return lines.table()
    _reached(lines, contacts)
    _counted(lines, "fleksjob_openings", contacts, OPENINGS, _stages)
    _counted(lines, "partnership_hires", contacts, ("",), _partnership)
    return lines.table()


def _variants(kinds: Iterable[str]) -> list[str]:
    return [_named(kind, window) for kind in kinds for window in WINDOWS]


def _named(kind: str, window: str) -> str:
    return "|".join(part for part in (kind, window) if part)


def _reached(lines: Lines, contacts: Sequence[Row]) -> None:
    """Distinct companies, once in each category."""
    reached: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for row in contacts:
        for kind in (ALL, row["art"]):
            for topic in ("", row["emne"]):
                reached[kind, topic, month_of(row["dato"])].add(row["cvr"])
    for month in lines.months:
        for kind in KINDS:
            for window, months_of_window in WINDOWS.items():
                for topic in ("", *TOPICS):
                    within = (reached.get((kind, topic, m), set()) for m in months_of_window(month))
                    n = len(set[int]().union(*within))
                    dims = (("subgroup", topic),) if topic else ()
                    lines.write("employers_reached", _named(kind, window), month, count(n), dims)


def _counted(
    lines: Lines,
    indicator: str,
    contacts: Sequence[Row],
    kinds: Iterable[str],
    kinds_of: Callable[[Row], Iterable[str]],
) -> None:
    n = Counter((kind, month_of(row["dato"])) for row in contacts for kind in kinds_of(row))
    for month in lines.months:
        for kind in kinds:
            for window, months_of_window in WINDOWS.items():
                within = sum(n[kind, each] for each in months_of_window(month))
                lines.write(indicator, _named(kind, window), month, count(within))


def _stages(row: Row) -> Iterable[str]:
    if row["emne"] != OPENING:
        return ()
    return [stage for stage, results in OPENINGS.items() if row["resultat"] in results]


def _partnership(row: Row) -> Iterable[str]:
    return [""] if row["partnerskab"] and row["resultat"] == "besat" else ()
