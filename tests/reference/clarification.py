"""Waits for a fleksjob, decisions by outcome, and what those who turn 18 are decided for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from .dates import age, last_day, last_twelve, months_later, reference_week, weeks_later
from .groups import registrations_at
from .measures import Wait, kaplan_meier_figure, median_figure
from .model import Month, Person
from .tables import (
    TOTAL,
    Rows,
    World,
    breakdowns_of,
    cells,
    count,
    put,
    put_counts,
    put_not_computed,
    share,
    tally,
)
from .week_states import is_delivered

OUTCOMES = ("fleksjob", "førtidspension", "ressourceforløb")
LONG_WEEKS, YEAR_OF_WEEKS = 42, 52


def referrals(person: Person) -> list[date]:
    """The days a referral to fleksjob began, each once."""
    found = {case.referred_from for case in person.fleksjob if case.outcome == "fleksjob"}
    return sorted(day for day in found if day is not None)


def referral_end(person: Person, since: date) -> date | None:
    """The latest end of the referral's rows; None while one of them is open."""
    ends = [
        case.referred_until
        for case in person.fleksjob
        if case.outcome == "fleksjob" and case.referred_from == since
    ]
    return None if None in ends else max(end for end in ends if end is not None)


def first_hired(person: Person, since: date) -> date | None:
    """The first day from then on in an employment spell of any of the person's cases."""
    days = [
        max(case.hired_from, since)
        for case in person.fleksjob
        if case.hired_from is not None and (case.hired_until is None or case.hired_until >= since)
    ]
    return min(days, default=None)


def wait_until(person: Person, since: date, day: date) -> Wait:
    """Days from referral to employment as they are known on the day."""
    hired, end = first_hired(person, since), referral_end(person, since)
    stop = day if end is None else min(day, end)
    if hired is not None and hired <= stop:
        return (hired - since).days, True
    return (stop - since).days, False


def fleksjob_wait(world: World, month: Month, rows: Rows) -> None:
    """`fleksjob_wait` of P and T: of those who started this year, and of all referred in three."""
    year = last_twelve(month)
    three_years = [months_later(month, -back) for back in range(36)]
    for group in ("P", "T"):
        if world.data.fleksjob is None:
            for measure in ("median", "km_median"):
                put_not_computed(rows, ("fleksjob_wait", measure), month, group)
            continue
        started: list[int] = []
        followed: list[Wait] = []
        for member in world.members(month, group):
            for since in referrals(member.person):
                hired = first_hired(member.person, since)
                if hired is not None and (hired.year, hired.month) in year:
                    started.append((hired - since).days)
                if (since.year, since.month) in three_years:
                    followed.append(wait_until(member.person, since, last_day(month)))
        put(rows, ("fleksjob_wait", "median"), month, group, [(TOTAL, median_figure(started))])
        figure = kaplan_meier_figure(followed)
        put(rows, ("fleksjob_wait", "km_median"), month, group, [(TOTAL, figure)])


def long_on_ledighedsydelse(world: World, month: Month, rows: Rows) -> None:
    """`ledighedsydelse_long`: code 740-748 in at least 42 of the 52 weeks that end with W(d)."""
    week, name = reference_week(last_day(month)), ("ledighedsydelse_long", "")
    weeks = [weeks_later(week, -back) for back in range(YEAR_OF_WEEKS)]
    for group in ("P", "T"):
        if not all(is_delivered(world.data, each) for each in weeks):
            put_not_computed(rows, name, month, group)
            continue
        long = [
            member
            for member in world.members(month, group)
            if sum(740 <= int(member.person.codes.get(each, "0")) <= 748 for each in weeks)
            >= LONG_WEEKS
        ]
        breakdowns = breakdowns_of(group, with_benefits=True)
        table = cells(world.data, breakdowns)
        put_counts(rows, name, month, group, table, tally(long, breakdowns))


def clarified(world: World, month: Month, rows: Rows) -> None:
    """`clarified`: decisions of everybody's cases in the month and in the year, by outcome."""
    cases = world.data.fleksjob
    for window, months in (("", [month]), ("12m", last_twelve(month))):
        if cases is None:
            put_not_computed(rows, ("clarified", window), month, "")
            continue
        found = [
            case.outcome
            for case in cases
            if case.outcome in OUTCOMES
            and case.decided is not None
            and (case.decided.year, case.decided.month) in months
        ]
        each = [(("destination", name), count(found.count(name))) for name in OUTCOMES]
        put(rows, ("clarified", window), month, "", [(TOTAL, count(len(found))), *each])


def birthday_18(birth: date) -> date:
    """The day somebody completes 18 years: 1 March for 29 February in a common year."""
    day = date(
        birth.year + 18, birth.month, 28 if (birth.month, birth.day) == (2, 29) else birth.day
    )
    while age(birth, day) < 18:
        day = date.fromordinal(day.toordinal() + 1)
    return day


def half_a_year_after(day: date) -> date:
    """The same day six calendar months later, or that month's last day."""
    year, month = months_later((day.year, day.month), 6)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def first_decision(person: Person, day: date) -> date | None:
    """The first decision on fleksjob or førtidspension made by the day."""
    decided = [
        case.decided
        for case in person.fleksjob
        if case.outcome in ("fleksjob", "førtidspension")
        and case.decided is not None
        and case.decided <= day
    ]
    return min(decided, default=None)


def transition_18(world: World, month: Month, rows: Rows) -> None:
    """`transition_18` of T with udviklingshæmning who turned 18 in the last twelve months."""
    day, year = last_day(month), last_twelve(month)
    if world.data.fleksjob is None:
        for measure in ("", "km_median"):
            put_not_computed(rows, ("transition_18", measure), month, "T")
        return
    in_time = 0
    followed: list[Wait] = []
    for member in world.members(month, "T"):
        person, birthday = member.person, birthday_18(member.person.birth)
        kinds = [one.kind for one in registrations_at(person, day)]
        if "udviklingshæmning" not in kinds or (birthday.year, birthday.month) not in year:
            continue
        decision = first_decision(person, day)
        if decision is None:
            followed.append(((day - birthday).days, False))
            continue
        followed.append(((decision - birthday).days, True))
        in_time = in_time + (decision <= half_a_year_after(birthday))
    put(rows, ("transition_18", ""), month, "T", [(TOTAL, share(in_time, len(followed)))])
    figure = kaplan_meier_figure(followed)
    put(rows, ("transition_18", "km_median"), month, "T", [(TOTAL, figure)])
