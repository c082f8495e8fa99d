"""Hypothesis strategies for days, cases and courses: what stands beside the weeks of a life.

Dates are drawn from month borders and a few days between, where the rules have their edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from .histories import CVR, Month, Row
from .ledger import AMOUNTS, EFFORTS, spending_row
from .registers import CASE_CENTRE, SCHEMES

CENTRES = ("Jobcenter Lærkevej", CASE_CENTRE, None)

# Around half a year after the eighteenth birthdays above, and no day at all.
DECISION_DAYS = (date(2018, 9, 1), date(2020, 2, 29), date(2020, 3, 1), date(2020, 9, 16), None)


def days(months: Sequence[Month]) -> st.SearchStrategy[date]:
    """First, last and a middle day of the months, and two far ones."""
    firsts = [date(year, month, 1) for year, month in months]
    found = [date(2012, 6, 1), date(2019, 2, 28), date(2020, 2, 29)]
    # The thirty-six months to the last month begin here.
    year, month = divmod(12 * months[-1][0] + months[-1][1] - 36, 12)
    found.extend((date(year, month + 1, 1), date(year, month + 1, 1) - timedelta(days=1)))
    for first in firsts:
        found.extend((first, first - timedelta(days=1), first + timedelta(days=14)))
    return st.sampled_from(sorted(set(found)))


@st.composite
def periods(draw: st.DrawFn, months: Sequence[Month]) -> tuple[date, date | None]:
    """A start and, half of the time, an end on or after it."""
    one, other = draw(days(months)), draw(days(months))
    return min(one, other), draw(st.sampled_from((None, max(one, other))))


@st.composite
def applications(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Up to three cases under the compensation Act."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 3))):
        applied = draw(days(months))
        outcome = draw(st.sampled_from(("bevilget", "bevilget", "afslag", "frafaldet", None)))
        fra, til = draw(periods(months)) if outcome == "bevilget" else (None, None)
        waited = timedelta(days=draw(st.integers(0, 90)))
        scheme = draw(st.sampled_from((SCHEMES[0], SCHEMES[0], *SCHEMES)))
        in_hours = scheme in (SCHEMES[0], "mentor")
        row: dict[str, Any] = dict.fromkeys(("type", "beloeb_kr", "lovgrundlag"))
        rows.append(
            row
            | {
                "cpr": cpr,
                "ordning": scheme,
                "ansoegt": applied,
                "afgjort": None if outcome is None else applied + waited,
                "afgoerelse": outcome,
                "bevilget_fra": fra,
                "bevilget_til": til,
                "jobcenter": draw(st.sampled_from(CENTRES)),
                "timer_pr_uge": draw(st.sampled_from((0.1, 7.4, 37.0, None))) if in_hours else None,
                "forsoergelse": draw(st.sampled_from(("dagpenge", "lønmodtager", None))),
                "selvstaendig": draw(st.sampled_from((True, False, None))),
            }
        )
    return rows


@st.composite
def fleksjob_cases(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Up to three rows of the fleksjob source; an employment may stand in any of them."""
    rows: list[Row] = []
    others = ("førtidspension", "ressourceforløb", "afslag")
    for _ in range(draw(st.integers(0, 3))):
        referred = draw(st.booleans())
        since, until = draw(periods(months)) if referred else (None, None)
        hired = draw(st.booleans())
        start, end = draw(periods(months)) if hired else (None, None)
        form = st.sampled_from(("fleksjob", "fastholdelsesfleksjob"))
        rows.append(
            {
                "cpr": cpr,
                "afgoerelse": "fleksjob" if referred else draw(st.sampled_from(others)),
                "afgjort": draw(
                    st.sampled_from((since, start, *DECISION_DAYS, draw(days(months))))
                ),
                "visiteret_fra": since,
                "visiteret_til": until,
                "ansat_fra": start,
                "ansat_til": end,
                "ansaettelsestype": draw(form) if hired else None,
                "cvr": CVR[0] if hired else None,
                "via_klausul": draw(st.booleans()) if hired else None,
            }
        )
    return rows


@st.composite
def ledgers(draw: st.DrawFn, months: Sequence[Month]) -> list[Row]:
    """Some lines of the ledger; it often begins too late or ends too early for a year."""
    booked = draw(st.lists(st.sampled_from(months), unique=True, max_size=6))
    if draw(st.booleans()):
        booked = [months[0], *booked, months[-1]]
    amounts = st.sampled_from((*AMOUNTS, -250.25))
    purposes = st.sampled_from((SCHEMES[0], SCHEMES[0], *SCHEMES, *EFFORTS))
    return [
        spending_row(month, str(place), draw(purposes), draw(amounts), draw(st.booleans()))
        for place, month in enumerate(booked)
    ]


@st.composite
def courses(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Up to two courses, running or ended."""
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = draw(periods(months))
        end = end or draw(st.sampled_from((None, max(start, draw(days(months))))))
        programme = draw(st.sampled_from(("afklaring", "ips")))
        rows.append(
            {
                "cpr": cpr,
                "indsats": programme,
                "undergruppe": draw(st.sampled_from(("kort", None))),
                "start": start,
                "slut": end,
                "gennemfoert": draw(st.sampled_from((True, False, None))),
                "leverandoer": None,
                "timer": None,
            }
        )
    return rows


@st.composite
def known_elsewhere(draw: st.DrawFn, cpr: str, months: Sequence[Month]) -> list[Row]:
    """Up to two spells with another administration."""
    rows: list[Row] = []
    for administration in sorted(draw(st.sets(st.sampled_from(("SOF", "BUF"))))):
        since, until = draw(periods(months))
        rows.append({"cpr": cpr, "forvaltning": administration, "fra": since, "til": until})
    return rows
