"""Months and figures as Danish words, for the sentences that give an assessment's reason.

Belongs here: short Danish renderings, independent of the machine's locale. Not here: number formats
of the workbook's cells (`exports`).
"""

from __future__ import annotations

_MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


def month_words(month: str) -> str:
    """`2018-06` -> `juni 2018`."""
    year, number = month.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def figure_words(value: float, unit: str, *, change: bool = False) -> str:
    """A figure of the tidy table in Danish, by the table's unit.

    A share (`andel`) 0.1234 reads `12,3 pct.`, and `12,3 pct.point` when it is a change in shares; a count 1234 reads
    `1.234`; other units follow their figure: `12,3 pr. 1.000`, `12,3 pct.point`, `42 dage`.
    """
    match unit:
        case "andel":
            return f"{_danish(100 * value, 1)} {'pct.point' if change else 'pct.'}"
        case "pr. 1.000" | "pct.point":
            return f"{_danish(value, 1)} {unit}"
        case "dage" | "uger" | "timer" | "kr.":
            return f"{_danish(value, 0 if value.is_integer() else 1)} {unit}"
        case _:
            return _danish(value, 0 if value.is_integer() else 1)


def _danish(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
