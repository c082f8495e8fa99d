"""What the cells of a sheet say: dates, numbers, texts and errors, from their keys.

Belongs here: serial dates in both epochs, and numbers put as text. Does not belong here: where
cells stand, what a text means in a column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from sources.cells import AS_ERROR, AS_NUMBER, AS_TEXT, clean
from sources.xlsx.answers import unreadable
from sources.xlsx.sheet import BOOLEAN, ERROR, SHARED
from sources.xlsx.workbook import DATE, ELAPSED_TIME, NUMBER, PERCENT, Workbook

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
# Excel holds 29 February 1900 for a day, so serials before it stand one day off.
_LEAP_DAY_THAT_WAS_NOT = 60
_LAST_SERIAL = 2_958_465
_SECONDS = 86_400
_LARGEST_WHOLE = 10**15


def read(
    keys: Sequence[str], book: Workbook, *, months: bool = False, percent: bool = False
) -> tuple[list[str], list[int]]:
    """Each key's text, and how it was stored (`AS_TEXT`, `AS_NUMBER`, `AS_ERROR`).

    `months`: a date on the first of a month stands for that month, as Excel makes one of `2020-06`.
    `percent`: the column counts in per cent, so a cell shown as 37 % is 37; elsewhere it stays
    text with its sign, since nobody can know which was meant.
    """
    try:
        return _read(keys, book, months, percent)
    except (ValueError, OverflowError):
        pass
    raise unreadable()


def _read(
    keys: Sequence[str], book: Workbook, months: bool, percent: bool
) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    forms: list[int] = []
    shared = _shared([key[1:] for key in keys if key[0] == SHARED], book)
    for key in keys:
        kind, value = key[0], key[1:]
        form = AS_TEXT
        if kind == SHARED:
            text = next(shared)
        elif kind == NUMBER:
            text, form = _number(value), AS_NUMBER
        elif kind == DATE:
            text = _day(value, book.epoch_1904, months)
            # A number that no date has stays a number, which is no date in a column of dates.
            text, form = (text, AS_TEXT) if text else (_number(value), AS_NUMBER)
        elif kind == PERCENT:
            text = _percent(value)
            text, form = (text, AS_NUMBER) if percent else (f"{text}%", AS_TEXT)
        elif kind == ELAPSED_TIME:
            text = _clock(float(value) * _SECONDS)
        elif kind == BOOLEAN:
            text = "true" if value.strip() in ("1", "true") else "false"
        elif kind == ERROR:
            text, form = value, AS_ERROR
        else:
            text = value
        texts.append(text)
        forms.append(form)
    cleaned: list[str] = clean(pa.array(texts, pa.string())).to_pylist()
    return cleaned, forms


def key_text(key: str, book: Workbook) -> str:
    """The text of a single key."""
    return read([key], book)[0][0]


def _shared(indices: Sequence[str], book: Workbook) -> Iterator[str]:
    places = [int(index) for index in indices]
    if places and not 0 <= min(places) <= max(places) < len(book.strings):
        raise unreadable()
    texts: list[str] = book.strings.take(pa.array(places, pa.int64())).to_pylist()
    return iter(texts)


def _number(value: str) -> str:
    number = float(value)
    return (
        str(int(number)) if number.is_integer() and abs(number) < _LARGEST_WHOLE else repr(number)
    )


def _day(value: str, epoch_1904: bool, months: bool) -> str:
    """The date a serial number stands for, with its time of day unless that is midnight; blank
    when there is none.
    """
    serial = float(value)
    if not 0 <= serial <= _LAST_SERIAL:
        return ""
    days, seconds = divmod(round(serial * _SECONDS), _SECONDS)
    if not epoch_1904:
        if days == 0:
            return _clock(seconds)
        if days == _LEAP_DAY_THAT_WAS_NOT:
            return ""
        days += days < _LEAP_DAY_THAT_WAS_NOT
    day = (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(days=days)
    if seconds:
        return f"{day.isoformat()} {_clock(seconds)}"
    return f"{day:%Y-%m}" if months and day.day == 1 else day.isoformat()


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _percent(value: str) -> str:
    """A hundred times the number, worked in decimals so that 0.57 gives 57."""
    number = Decimal(repr(float(value)))
    return _number(str(number * 100)) if number.is_finite() else str(number)
