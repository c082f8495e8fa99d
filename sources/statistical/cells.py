"""What the numbers in SPSS, Stata and SAS files stand for: days, months, labelled codes.

Belongs here: the epochs and formats of the three programs, and when a value label is the value.
Does not belong here: calling the library that reads them (`statistical.child`).

A label is taken for its number where the contract agrees on words: it is a code, yes/no or text.
`1 = Nej, 2 = Ja` would otherwise be read as yes and something unknown. Only where the label is
none of the agreed words, and the number is, the number counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from expectations.contract import Column
from sources.values import is_agreed

Numbers = npt.NDArray[np.float64]

_LAST_DAY = date(9999, 12, 31).toordinal() - date(1970, 1, 1).toordinal()
_FIRST_DAY = date(1, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
_SPSS_EPOCH = np.datetime64("1582-10-14", "s")
_SAS_EPOCH = np.datetime64("1960-01-01", "s")
_DAY = 86_400.0

# IBM SPSS Statistics Command Syntax Reference, "Date and Time Variable Formats".
_SPSS_DATE = re.compile(r"(A|E|J|S)?DATE|MOYR|QYR|WKYR|DATETIME|YMDHMS")
# SAS 9.4 Formats and Informats: Reference, "Date and Time" and "ISO 8601".
_SAS_DATE = re.compile(
    r"DATE|(DDMMYY|MMDDYY|YYMMDD|MMYY|YYMM|YYQ)[BCDNPS]?|MONYY|YYMON|WEEKDAT[EX]|WORDDAT[EX]"
    r"|JULIAN|(E8601|IS8601|B8601)DA|NLDATE.*|EURDFD[DE]|EURDFMY|EURDFWDX|EURDFWKX"
)
_SAS_MOMENT = re.compile(
    r"DATETIME|DATEAMPM|MDYAMPM|DTDATE|DTMONYY|DTWKDATX|(E8601|IS8601|B8601)D[NT]|NLDATM.*"
)
# Stata Datetime, "Datetime display formats": the letter after %t is the unit that is counted.
_STATA = re.compile(r"%-?(?:t([cCdwmqhy])|(d))")


class Shown(NamedTuple):
    """How a numeric column is to be read: seconds after `epoch` a unit, or months; or as it is."""

    epoch: np.datetime64 | None = None
    seconds: float = 0.0
    months: bool = False


def shown_as(ending: str, form: str) -> Shown:
    """What a column's format makes of its numbers."""
    if ending == ".dta":
        found = _STATA.match(form)
        unit = (found[1] or found[2]) if found else ""
        if unit == "m":
            return Shown(months=True)
        seconds = {"c": 0.001, "C": 0.001, "d": _DAY}.get(unit, 0.0)
        return Shown(_SAS_EPOCH, seconds) if seconds else Shown()
    name = form.upper().rstrip("0123456789.")
    if ending == ".sav":
        return Shown(_SPSS_EPOCH, 1.0) if _SPSS_DATE.fullmatch(name) else Shown()
    if _SAS_DATE.fullmatch(name):
        return Shown(_SAS_EPOCH, _DAY)
    return Shown(_SAS_EPOCH, 1.0) if _SAS_MOMENT.fullmatch(name) else Shown()


def read(
    cells: pa.Array, shown: Shown, labels: Mapping[float, str], column: Column | None
) -> pa.Array:
    """The cells of one column: dates as text, labels where they are the value, else untouched."""
    if pa.types.is_string(cells.type):
        return cells
    if shown.months or shown.epoch is not None:
        numbers: Numbers = cells.to_numpy(zero_copy_only=False)
        month_column = column is not None and column.kind == "month"
        return _times(numbers, shown, month_column)
    if labels and column is not None and column.kind in ("code", "yes_no", "text"):
        return _labelled(cells, labels, column)
    return cells


def _times(numbers: Numbers, shown: Shown, month_column: bool) -> pa.Array:
    distinct, back = np.unique(numbers, return_inverse=True)
    texts = [_time(number, shown, month_column) for number in distinct.tolist()]
    return pa.array(texts, pa.string()).take(pa.array(back))


def _time(number: float, shown: Shown, month_column: bool) -> str | None:
    """A day, a month or a moment as text; a number that is none stays a number, which is a fault."""
    if np.isnan(number):
        return None
    if shown.epoch is None:
        months = int(number) if np.isfinite(number) and number.is_integer() else -1_000_000
        year, month = divmod(1960 * 12 + months, 12)
        return f"{year:04d}-{month + 1:02d}" if 1 <= year <= 9999 else repr(number)
    seconds = number * shown.seconds
    days = seconds / _DAY + shown.epoch.astype("datetime64[D]").astype(np.int64)
    if not _FIRST_DAY <= days < _LAST_DAY + 1:
        return repr(number)
    moment = str(shown.epoch + np.timedelta64(round(seconds), "s")).replace("T", " ")
    if not moment.endswith(" 00:00:00"):
        return moment
    day = moment[:10]
    return day[:7] if month_column and day.endswith("-01") else day


def _labelled(cells: pa.Array, labels: Mapping[float, str], column: Column) -> pa.Array:
    encoded = cells.dictionary_encode()
    words = []
    for number in encoded.dictionary.to_pylist():
        bare = str(int(number)) if number.is_integer() else repr(number)
        label = labels.get(number)
        taken = label is not None and (is_agreed(column, label) or not is_agreed(column, bare))
        words.append(label if taken else bare)
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(words, pa.string()))
