"""Faultless made-up rows of any table, made from its contract: a value of the right kind in every column."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from expectations.contract import Column, Table

from .making import number

_WIDE = {
    "week_code": (("y_2001", "y_2002", "y_2003"), ("111", "730", None)),
    "number": (("grad_2020_01", "grad_2020_02"), (37.5, None, 100.0)),
    "presence": (("branche_2020_01",), ("851000", None)),
}


def rows_of(table: Table, count: int) -> list[dict[str, Any]]:
    """`count` rows: dates, (year, month), booleans, numbers and texts; some optional cells are None."""
    return [_row(table, which) for which in range(count)]


def _row(table: Table, which: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for place, column in enumerate(table.columns):
        if column.pattern:
            names, values = _WIDE[column.kind]
            for at, name in enumerate(names):
                row[name] = values[(which + at) % len(values)]
        elif column.optional and column.kind == "serial":
            continue
        else:
            row[column.name] = _value(column, which, place)
    if "koen" in row:
        row["koen"] = "M" if int(row["cpr"][-1]) % 2 else "K"
    for rule in table.row_rules:
        if rule.kind == "onlyWhen" and rule.when is not None and row[rule.when] not in rule.values:
            row |= dict.fromkeys(rule.columns)
    return row


def _value(column: Column, which: int, place: int) -> Any:
    if column.kind == "cpr":
        return number(which)
    if column.kind == "serial":
        return 1_000 + which
    if not column.required and which % 5 == 4:
        return None
    if column.kind == "code":
        return column.values[which % len(column.values)]
    if column.kind == "date":
        # Later columns hold later days, so that no row ends before it begins.
        birth = column.name == "foedselsdato"
        return date(1990, 2, 7) if birth else date(2018, 1, 1) + timedelta(days=97 * place + which)
    if column.kind == "month":
        return 2019, which % 12 + 1
    if column.kind == "yes_no":
        return which % 2 == 0
    if column.kind in ("number", "integer"):
        low = float(column.minimum) if isinstance(column.minimum, int | float) else 0.0
        high = float(column.maximum) if isinstance(column.maximum, int | float) else low + 1_000
        between = low + (high - low) * (which % 7 + 1) / 8
        return int(between) if column.kind == "integer" else round(between, 2)
    return f"Ærø-{which:04d} {column.name}"
