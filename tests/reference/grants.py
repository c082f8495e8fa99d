"""What grants are worth and whether they grow: hours of assistance, kroner, and a year's growth."""

from __future__ import annotations

from fractions import Fraction

from .active_grants import is_active
from .compensation import ALL, SCHEMES, granted
from .dates import last_day, last_twelve, months_later, period
from .measures import mean_figure, ratio, value
from .model import Booking, Figure, Month
from .tables import TOTAL, Rows, World, cells, is_in, put, put_not_computed

ASSISTANCE = "personlig assistance"


def hours(world: World, month: Month, rows: Rows) -> None:
    """`comp_hours`: mean weekly hours of the active grants of personal assistance, P and T."""
    data, day = world.data, last_day(month)
    name = ("comp_hours", f"{ASSISTANCE}|mean")
    for group in ("P", "T"):
        if data.cases is None:
            put_not_computed(rows, name, month, group)
            continue
        impairment = ("impairment",) if group == "T" else ()
        for cell in cells(data, ("sex", "age_group", "district", *impairment)):
            found = [
                case.hours
                for member in world.members(month, group)
                if is_in(member, cell)
                for case in member.person.cases
                if case.scheme == ASSISTANCE and is_active(case, day) and case.hours is not None
            ]
            put(rows, name, month, group, [(cell, mean_figure(found))])


def spent(ledger: list[Booking], schemes: tuple[str, ...], months: list[Month]) -> Fraction:
    """Kroner out less kroner in, for the schemes in the months, exactly."""
    total = Fraction(0)
    for line in ledger:
        if line.month in months and line.purpose in schemes:
            total = total - line.kroner if line.income else total + line.kroner
    return total


def spending(world: World, month: Month, rows: Rows) -> None:
    """`comp_spending` and `comp_spending_share` in the last twelve months."""
    ledger, year = world.data.ledger, last_twelve(month)
    booked = [line.month for line in ledger or ()]
    if ledger is None or not booked or min(booked) > year[0] or max(booked) < month:
        for scheme in (*SCHEMES, ALL):
            put_not_computed(rows, ("comp_spending", scheme), month, "")
        for scheme in SCHEMES:
            put_not_computed(rows, ("comp_spending_share", scheme), month, "")
        return
    whole = spent(ledger, SCHEMES, year)
    put(rows, ("comp_spending", ALL), month, "", [(TOTAL, value(whole))])
    for scheme in SCHEMES:
        own = spent(ledger, (scheme,), year)
        put(rows, ("comp_spending", scheme), month, "", [(TOTAL, value(own))])
        put(rows, ("comp_spending_share", scheme), month, "", [(TOTAL, ratio(own, whole))])


def growth(world: World, month: Month, rows: Rows) -> None:
    """`comp_growth` of P: persons with a grant against a year earlier and each baseline month."""
    earlier = {
        "": months_later(month, -12),
        **{f"|{period(each)}": each for each in world.baselines},
    }
    for scheme in (*SCHEMES, ALL):
        for against, then in earlier.items():
            name = ("comp_growth", f"{scheme}{against}")
            # Before its baseline month a plan has nothing to grow from.
            if world.data.cases is None or not world.first_month <= then <= month:
                put_not_computed(rows, name, month, "P")
                continue
            now = persons(world, scheme, month)
            before = persons(world, scheme, then)
            put(rows, name, month, "P", [(TOTAL, grown(now, before))])


def persons(world: World, scheme: str, month: Month) -> int:
    """How many of P have an active grant of the scheme at the month's end."""
    return len(granted(world.members(month, "P"), scheme, last_day(month)))


def grown(now: int, before: int) -> Figure:
    """now / before - 1, rounded once; missing where there was nobody before."""
    if before == 0:
        return Figure(now, 0, None, None, None, "missing")
    return Figure(now, before, float(Fraction(now, before) - 1), None, None, "")
