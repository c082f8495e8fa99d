"""What a cell of a register takes: drop-down lists, bounds and Danish words, from the contract.

Belongs here: a column made into a data validation and a number format. Not here: which cells it
covers (`register`), where long lists stand (`lists`). Bounds are constants: the workbook has no
formula. A rule here helps whoever types; what counts is the intake's own judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation

from expectations.contract import Column

YES_NO = ("ja", "nej")
_FIRST_DATE = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was, so earlier dates have no number to rely on."""
_LAST_DATE = date(9999, 12, 31)
_LONGEST_INLINE = 255
_LONGEST_WORDS = 255
_LONGEST_TITLE = 32
_WIDEST = 10**15
"""No number Excel holds exactly is larger."""
FORMATS = {
    "date": "dd\\-mm\\-yyyy",
    "month": "@",
    "integer": "0",
    "number": "General",
    "yes_no": "@",
    "code": "@",
    "text": "@",
}
"""Text columns are text from the start: an id such as 1.1 is then no number, `=x` no formula."""


def drop_down(column: Column) -> tuple[str, ...]:
    """The values of the column's list; empty when the contract has none for it."""
    return YES_NO if column.kind == "yes_no" else column.values


def fits_inline(values: Sequence[str]) -> bool:
    """Whether a list can stand in the rule itself instead of on a sheet."""
    return not any("," in value or '"' in value for value in values) and (
        len(",".join(values)) < _LONGEST_INLINE
    )


def rule(column: Column, reference: str | None, *, advised: bool = False) -> DataValidation:
    """The data validation of a column, with what to write as its prompt.

    `reference` is the range of a list that stands on a sheet. `advised` lists only warn: a value
    outside them may be right.
    """
    made = _list(column, reference) or _bounds(column) or DataValidation()
    made.allow_blank = not column.required
    made.showInputMessage = True
    made.promptTitle = _cut(column.label, _LONGEST_TITLE)
    made.prompt = _cut(" ".join(_prompt(column)), _LONGEST_WORDS)
    if made.type is not None:
        made.showErrorMessage = True
        made.errorStyle = "warning" if advised else "stop"
        made.errorTitle = _cut(column.label, _LONGEST_TITLE)
        made.error = _cut(_error(column, made, advised), _LONGEST_WORDS)
    return made


def entry_words(column: Column, *, listed: bool = False) -> str:
    """In a few Danish words: what is written in the column; `listed` when its ids are on a list."""
    if listed or drop_down(column):
        return "vælges på liste"
    low, high = column.minimum, column.maximum
    match column.kind:
        case "date":
            return "dato, dd-mm-åååå"
        case "month":
            return "måned, åååå-mm"
        case "integer":
            return "helt tal" + _span(low, high)
        case "number":
            return "tal" + _span(low, high)
        case _:
            return "tekst"


def _list(column: Column, reference: str | None) -> DataValidation | None:
    values = drop_down(column)
    if reference is not None:
        return DataValidation(type="list", formula1=reference)
    if not values:
        return None
    return DataValidation(type="list", formula1=f'"{",".join(values)}"')


def _bounds(column: Column) -> DataValidation | None:
    if column.kind == "date":
        first, last = _dates(column)
        return _between("date", _serial(first), _serial(last))
    if column.kind == "month":
        return _between("textLength", 6, 7)
    if column.kind not in ("integer", "number"):
        return None
    low = column.minimum if isinstance(column.minimum, int | float) else -_WIDEST
    high = column.maximum if isinstance(column.maximum, int | float) else _WIDEST
    if column.exclusive_minimum and column.kind == "integer":
        low = int(low) + 1
    return _between("whole" if column.kind == "integer" else "decimal", low, high)


def _between(kind: str, low: float, high: float) -> DataValidation:
    return DataValidation(
        type=kind,  # type: ignore[arg-type]  # one of the kinds it knows
        operator="between",
        formula1=_plain(low),
        formula2=_plain(high),
    )


def _dates(column: Column) -> tuple[date, date]:
    first = date.fromisoformat(column.minimum) if isinstance(column.minimum, str) else _FIRST_DATE
    last = date.fromisoformat(column.maximum) if isinstance(column.maximum, str) else _LAST_DATE
    return max(first, _FIRST_DATE), last


def _serial(day: date) -> int:
    """The number Excel has for a day, from 1 March 1900 on."""
    return (day - date(1899, 12, 30)).days


def _plain(number: float) -> str:
    """A number as the file writes it: decimal point, no exponent, no needless decimals."""
    return str(int(number)) if number == int(number) else repr(float(number))


def _prompt(column: Column) -> list[str]:
    words = [column.description.rstrip(".") + "."]
    if column.unit:
        words.append(f"Enhed: {column.unit.rstrip('.')}.")
    words.append("Skal udfyldes." if column.required else "Må være tom: ikke oplyst.")
    return words


def _error(column: Column, made: DataValidation, advised: bool) -> str:
    if advised:
        return "Planerne har ikke dette id. Vælg fra listen, medmindre planen er ændret."
    match made.type:
        case "list":
            return "Vælg en værdi fra listen."
        case "date":
            first, last = _dates(column)
            return f"Skriv en dato som dd-mm-åååå mellem {first:%d-%m-%Y} og {last:%d-%m-%Y}."
        case "textLength":
            return "Skriv måneden som åååå-mm."
        case "whole":
            return f"Skriv et helt tal{_span(column.minimum, column.maximum)}."
        case _:
            return f"Skriv et tal{_span(column.minimum, column.maximum)}."


def _span(low: str | float | None, high: str | float | None) -> str:
    shown = [None if end is None else str(end).replace(".", ",") for end in (low, high)]
    match shown:
        case [None, None]:
            return ""
        case [first, None]:
            return f" fra {first}"
        case [None, last]:
            return f" til {last}"
        case _:
            return f" fra {shown[0]} til {shown[1]}"


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"
