"""The chapter on fleksjob: who is referred, and who of them is employed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from .dates import covers, last_day, reference_week
from .model import UNKNOWN, FleksjobCase, Month, Person
from .tables import (
    TOTAL,
    Cell,
    Rows,
    World,
    breakdowns_of,
    cells,
    put_counts,
    put_not_computed,
    put_shares,
    tally,
)
from .week_states import is_delivered

SCHEMES = ("fleksjob", "fastholdelsesfleksjob", UNKNOWN)


def is_referred(person: Person, day: date) -> bool:
    """A decision on fleksjob is in force on the day."""
    return any(
        case.outcome == "fleksjob" and covers(case.referred_from, case.referred_until, day)
        for case in person.fleksjob
    )


def employment(person: Person, day: date) -> FleksjobCase | None:
    """The employment spell on the day: the one begun last, then of the highest case id."""
    covering = [case for case in person.fleksjob if covers(case.hired_from, case.hired_until, day)]
    return max(covering, key=lambda case: (case.hired_from or date.min, case.case_id), default=None)


def fleksjob(world: World, month: Month, rows: Rows) -> None:
    """`fleksjob_referred`, `fleksjob_employed` and its share, for P and for T."""
    data, day = world.data, last_day(month)
    for group in ("P", "T"):
        names = [("fleksjob_referred", "")]
        for indicator in ("fleksjob_employed", "fleksjob_employed_share"):
            names.extend([(indicator, ""), (indicator, "via_klausul")])
        if data.fleksjob is None:
            for name in names:
                put_not_computed(rows, name, month, group)
            continue
        breakdowns = breakdowns_of(group, is_delivered(data, reference_week(day)))
        referred = [one for one in world.members(month, group) if is_referred(one.person, day)]
        hired = [one for one in referred if employment(one.person, day) is not None]
        of = tally(referred, breakdowns)
        counts = tally(hired, breakdowns)
        clause: Counter[Cell] = Counter()
        for member in hired:
            spell = employment(member.person, day)
            assert spell is not None
            counts[("scheme", spell.scheme or UNKNOWN)] += 1
            clause[TOTAL] += spell.via_clause
        for scheme in SCHEMES:
            of[("scheme", scheme)] = of[TOTAL]
        persons = cells(data, breakdowns)
        with_schemes = [*persons, *(("scheme", scheme) for scheme in SCHEMES)]
        put_counts(rows, names[0], month, group, persons, of)
        put_counts(rows, names[1], month, group, with_schemes, counts)
        put_counts(rows, names[2], month, group, [TOTAL], clause)
        put_shares(rows, names[3], month, group, with_schemes, counts, of)
        put_shares(rows, names[4], month, group, [TOTAL], clause, of)
