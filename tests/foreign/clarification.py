"""Fleksjob cases of made people, and the decisions around an eighteenth birthday.

Each function takes a seeded `Random` and returns parsed rows of the `fleksjob` source without
their case number, which is given later. The oddities are named where they stand.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from .dates import a_day, day_between

Row = dict[str, Any]
CVR = ("10000009", "40000003")
DECIDED = ("fleksjob", "fleksjob", "fleksjob", "fleksjob", "førtidspension", "ressourceforløb")


def fleksjob_rows(random: Random, cpr: str, first: date, last: date) -> list[Row]:
    """One or two referrals with no, one or two employment spells, or a case of another outcome."""
    decided = day_between(random, first - timedelta(days=900), last)
    outcome = random.choice(DECIDED)
    if outcome != "fleksjob":
        return [decision(cpr, outcome, decided)]
    rows = referral_rows(random, cpr, decided)
    if random.random() < 0.25:
        # Referred anew, sometimes before the first referral ended.
        rows += referral_rows(random, cpr, decided + timedelta(days=random.choice((60, 200, 500))))
    return rows


def referral_rows(random: Random, cpr: str, decided: date) -> list[Row]:
    """A referral and its employment spells, which may begin before it or after its end."""
    since = decided + timedelta(days=random.choice((0, 0, 1, 28)))
    until = since + timedelta(days=random.randint(30, 900)) if random.random() < 0.3 else None
    # -100: employed already when referred. 300 and 700: often after the referral has ended.
    waits = random.choice(
        ((), (0,), (7,), (40,), (40,), (300,), (700,), (-100,), (40, 40), (7, 300))
    )
    starts = [since + timedelta(days=wait) for wait in waits]
    if starts and starts[0] >= since and random.random() < 0.2:
        # Employed on the referral's last day, or the day after.
        until = max(since, starts[0] - timedelta(days=random.choice((0, 1))))
    rows = [employed(random, decision(cpr, "fleksjob", decided, since, until), starts[:1])]
    # A second spell may begin on the very day of the first: the case number decides then.
    for start in starts[1:]:
        other = random.choice(("fleksjob", "ressourceforløb", "afslag"))
        again = since if other == "fleksjob" else None
        # The same referral on another row, now and then without its end.
        end = until if again and random.random() < 0.7 else None
        rows.append(employed(random, decision(cpr, other, decided, again, end), [start]))
    return rows


def employed(random: Random, row: Row, starts: list[date]) -> Row:
    """The row with an employment spell, where there is a start for one."""
    if not starts:
        return row
    start = starts[0]
    lasts = random.choice((0, 30, 99, 100, 200, 400)) if random.random() < 0.4 else None
    return row | {
        "ansat_fra": start,
        "ansat_til": None if lasts is None else start + timedelta(days=lasts),
        "ansaettelsestype": random.choice(("fleksjob", "fleksjob", "fastholdelsesfleksjob")),
        "cvr": random.choice(CVR),
        "via_klausul": random.random() < 0.3,
    }


def decision(
    cpr: str,
    outcome: str,
    decided: date | None,
    since: date | None = None,
    until: date | None = None,
) -> Row:
    """A row with a decision, and a referral where it has a start; nobody is employed on it."""
    return {
        "cpr": cpr,
        "afgoerelse": outcome,
        "afgjort": decided,
        "visiteret_fra": since,
        "visiteret_til": until if since else None,
        **dict.fromkeys(("ansat_fra", "ansat_til", "ansaettelsestype", "cvr", "via_klausul")),
    }


def young_rows(random: Random, cpr: str, birth: date) -> list[Row]:
    """Decisions before, on, half a year after (to the day and a day more) and long after 18."""
    year = birth.year + 18
    day = date(year, 3, 1) if (birth.month, birth.day) == (2, 29) else birth.replace(year=year)
    half = a_day(year + (day.month > 6), (day.month + 5) % 12 + 1, day.day)
    days = (
        day - timedelta(days=90),
        day,
        half,
        half + timedelta(days=1),
        day + timedelta(days=300),
    )
    chosen = sorted(random.choices(days, (1, 1, 2, 2, 1), k=random.choice((0, 1, 1, 2))))
    kinds = ("fleksjob", "førtidspension", "førtidspension", "ressourceforløb", "afslag")
    return [decision(cpr, random.choice(kinds), decided) for decided in chosen]
