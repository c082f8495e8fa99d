"""Clauses in contracts and budget lines, as the office keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from .dates import last_day
from .measures import ratio, value
from .model import Booking, Figure, Month, Row
from .own_staff import summed
from .tables import TOTAL, Rows, World, count, put, put_not_computed

CLAUSE_MEASURES = ("required", "achieved", "share", "expected")
MISSING = Figure(None, None, None, None, None, "missing")


def expected(row: Row, day: date) -> Fraction | None:
    """What should be achieved by the day if the contract ran evenly to its end."""
    end = row["option_til"] if row["option_udnyttet"] is True else row["slut"]
    if row["krav_antal"] is None or row["start"] is None or end is None:
        return None
    whole = (end - row["start"]).days + 1
    gone = (min(day, end) - row["start"]).days + 1
    return Fraction(row["krav_antal"] * gone, whole)


def clause_figures(contracts: list[Row], day: date) -> dict[str, Figure]:
    """The four measures of some contracts together."""
    required = summed([row["krav_antal"] for row in contracts])
    achieved = summed([row["opnaaet_antal"] for row in contracts])
    runs = [run for row in contracts if (run := expected(row, day)) is not None]
    return {
        "required": MISSING if required is None else count(required),
        "achieved": MISSING if achieved is None else count(achieved),
        "share": ratio(achieved, required),
        "expected": value(sum(runs, start=Fraction(0)) if runs else None),
    }


def clauses(world: World, month: Month, rows: Rows) -> None:
    """`clause_fulfilment`: each contract begun by the last day, and those with a demand in all."""
    if world.data.kept is None:
        for measure in CLAUSE_MEASURES:
            put_not_computed(rows, ("clause_fulfilment", measure), month, "")
        return
    day = last_day(month)
    begun = [
        row
        for row in world.data.kept["contracts"]
        if row["start"] is not None and row["start"] <= day
    ]
    with_demand = [row for row in begun if row["krav_antal"] is not None]
    tables = {TOTAL: with_demand} | {
        ("contract", name): [row for row in begun if row["kontrakt_id"] == name]
        for name in sorted({row["kontrakt_id"] for row in begun})
    }
    for cell, contracts in tables.items():
        for measure, figure in clause_figures(contracts, day).items():
            put(rows, ("clause_fulfilment", measure), month, "", [(cell, figure)])


def spent_on(ledger: list[Booking], line: str, year: int, month: Month) -> Fraction:
    """Kroner out less kroner in on a budget line in the year, up to the month."""
    total = Fraction(0)
    for booking in ledger:
        if booking.purpose == line and booking.month[0] == year and booking.month <= month:
            total = total - booking.kroner if booking.income else total + booking.kroner
    return total


def budgets(world: World, month: Month, rows: Rows) -> None:
    """`budget_use`: kroner set aside, kroner spent, and the share, by line and year."""
    kept, ledger = world.data.kept, world.data.ledger
    for measure in ("budget", "spent", "share"):
        if kept is None or (ledger is None and measure != "budget"):
            put_not_computed(rows, ("budget_use", measure), month, "")
    for row in (kept or {}).get("budgets", ()):
        if row["aar"] > month[0]:
            continue
        cell = ("budget_line", f"{row['plan']}: {row['linje_id']}", "year", str(row["aar"]))
        thousands = row["beloeb_1000kr"]
        budget = None if thousands is None else 1000 * Fraction(repr(thousands))
        figures = {"budget": value(budget)}
        if ledger is not None:
            spent = spent_on(ledger, row["linje_id"], row["aar"], month)
            figures |= {"spent": value(spent), "share": ratio(spent, budget)}
        for measure, figure in figures.items():
            marked = replace(figure, mark=row["prisniveau"] or "")
            put(rows, ("budget_use", measure), month, "", [(cell, marked)])
