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


def figure_words(value: float, measure: str, *, change: bool = False) -> str:
    """A figure of the tidy table in Danish, by the catalogue's measure.

    A share 0.1234 reads `12,3 pct.`, and `12,3 pct.point` when it is a change in shares; a count
    1234 reads `1.234`; a rate `12,3 pr. 1.000`; a difference `12,3 pct.point`; days `42 dage`.
    """
    match measure:
        case "share":
            return f"{_danish(100 * value, 1)} {'pct.point' if change else 'pct.'}"
        case "per_1000":
            return f"{_danish(value, 1)} pr. 1.000"
        case "difference":
            return f"{_danish(value, 1)} pct.point"
        case "days":
            return f"{_danish(value, 0 if value.is_integer() else 1)} dage"
        case _:
            return _danish(value, 0 if value.is_integer() else 1)


def _danish(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
