"""Reading cells: dates, months, numbers, yes/no, codes and text, on the distinct values of a batch.

Belongs here: what a written value means, after the table in the interface page ("How values
are written"). Does not belong here: personal numbers (`cpr`), rules across columns, files. Every
parser works on distinct cleaned texts; what is the same for a whole file and cannot be known from
one cell (does it use decimal comma?) comes in as `FileForm`, what was met goes out in `Seen`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Column
from sources.cells import Distinct
from sources.faults import NUMBER
from sources.file_form import FileForm, Seen

Fault = npt.NDArray[np.uint8]

LONGEST_TEXT = 500
_AMBIGUOUS_UNITS = frozenset({"kr.", "1.000 kr.", "timer", "målets enhed"})
_EPOCH = date(1970, 1, 1).toordinal()

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{2})([-./])(\d{2})\2(\d{4})", re.ASCII)
_MONTHS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})", re.ASCII),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})", re.ASCII),
    re.compile(r"(?P<month>\d{2})-(?P<year>\d{4})", re.ASCII),
)
_YES_NO = {
    "ja": True, "j": True, "1": True, "true": True,
    "nej": False, "n": False, "0": False, "false": False,
}  # fmt: skip
# Word processors put a dash where a hyphen was typed.
_HYPHENATED_CPR = re.compile(
    "(?<![0-9])[0-9]{6} ?[\u002d\u2010-\u2015\u2212] ?[0-9]{4}(?![0-9])", re.ASCII
)
_BARE_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})\d{2} ?\d{4}(?!\d)", re.ASCII)

_COMMA = r"^-?[0-9]*,[0-9]+$"
_PLAIN = r"^-?([0-9]+|[0-9]*\.[0-9]+)$"
_THOUSANDS = r"^-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$"
_AMBIGUOUS = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"


class Parsed(NamedTuple):
    """Distinct values parsed: typed, null where missing or faulty; and each one's fault number."""

    values: pa.Array
    fault: Fault


def parse(column: Column, cells: Distinct, form: FileForm, seen: Seen) -> Parsed:
    """Parse the distinct cells of one column after its kind; a blank in a required column is a
    fault.
    """
    if column.kind == "number":
        parsed = _numbers(column, cells, form, seen)
    elif column.kind == "integer":
        parsed = _integers(column, cells)
    elif column.kind == "serial":
        parsed = _serials(cells)
    elif column.kind == "date":
        parsed = _dates(column, cells)
    elif column.kind == "month":
        parsed = _months(column, cells)
    elif column.kind == "yes_no":
        parsed = _yes_no(cells)
    elif column.kind == "code":
        parsed = _codes(column, cells)
    else:
        parsed = _texts(column, cells)
    if column.required:
        parsed.fault[cells.missing] = NUMBER["blank"]
    if cells.errors.any():
        parsed.fault[cells.errors] = NUMBER["error_cell"]
        parsed = Parsed(_blanked(parsed.values, parsed.fault), parsed.fault)
    return parsed


@lru_cache(maxsize=200_000)
def day_number(text: str) -> int | None:
    """Days since 1970-01-01 of a date as the interface page writes it; None if it is not one."""
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    else:
        return None
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def month_number(text: str) -> int | None:
    """year * 12 + month - 1 of a month as the interface page writes it; None if it is not one."""
    for form in _MONTHS:
        if (match := form.fullmatch(text)) and 1 <= int(match["month"]) <= 12:
            return int(match["year"]) * 12 + int(match["month"]) - 1
    return None


def fold(text: str) -> str:
    """Text as codes and headers are compared: case, æ/ae ø/oe å/aa and accents' form alike."""
    low = unicodedata.normalize("NFC", text).casefold()
    return low.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def fold_code(text: str) -> str:
    """Folded and without blanks, hyphens and underscores, so spellings of one code meet."""
    return re.sub(r"[\s_-]+", "", fold(text))


def is_agreed(column: Column, text: str) -> bool:
    """Whether a word is one the contract agrees on: a code's value or alias, a yes or a no."""
    if column.kind == "yes_no":
        return text.strip().casefold() in _YES_NO
    words = (*column.values, *(alias for alias, _ in column.aliases))
    return fold_code(text) in {fold_code(word) for word in words}


def holds_cpr(text: str, *, bare: bool) -> bool:
    """Whether free text holds what looks like a personal number; `bare` counts ten plain digits
    too, also with a blank after the sixth.
    """
    if _HYPHENATED_CPR.search(text):
        return True
    return bare and any(
        1 <= int(day) % 60 <= 31 and int(day) <= 91 and 1 <= int(month) <= 12
        for day, month in _BARE_CPR.findall(text)
    )


def _numbers(column: Column, cells: Distinct, form: FileForm, seen: Seen) -> Parsed:
    texts = cells.texts
    comma = _matches(texts, _COMMA)
    thousands = _matches(texts, _THOUSANDS)
    plain = _matches(texts, _PLAIN)
    ambiguous = _matches(texts, _AMBIGUOUS)
    # A stored number, or a degree, has no thousands: its point can only be a decimal point.
    certain = cells.typed if column.unit in _AMBIGUOUS_UNITS else np.ones(len(texts), bool)
    thousands &= ~(ambiguous & certain)
    ambiguous &= ~certain
    seen.ambiguous_number |= bool(ambiguous.any())
    plain &= ~ambiguous
    with_comma = comma | (thousands & _matches(texts, ","))
    seen.decimal_comma |= bool(with_comma.any())
    fault = np.zeros(len(texts), dtype=np.uint8)
    # What a file stores as a number may print with an exponent; it is finite or it is a fault.
    good = plain | comma | thousands | (cells.typed & ~cells.missing)
    written = texts
    if not cells.typed[:-1].all():
        bare = pc.if_else(pa.array(thousands), pc.replace_substring(texts, ".", ""), texts)
        written = pc.replace_substring(bare, ",", ".")
    values = _to_float(written, good)
    good &= np.isfinite(values)
    fault[~good & ~cells.missing] = NUMBER["number_form"]
    if not form.decimal_comma:
        fault[ambiguous] = NUMBER["number_ambiguous"]
    _mark_range(column, values, good, fault)
    return Parsed(pa.array(values, mask=fault.astype(bool) | cells.missing), fault)


def _integers(column: Column, cells: Distinct) -> Parsed:
    good = _matches(cells.texts, r"^[0-9]{1,15}$")
    values = _to_float(cells.texts, good)
    fault = np.zeros(len(good), dtype=np.uint8)
    fault[~good & ~cells.missing] = NUMBER["integer_form"]
    _mark_range(column, values, good, fault)
    whole = np.where(good, values, 0).astype(np.int64)
    return Parsed(pa.array(whole, mask=fault.astype(bool) | cells.missing), fault)


def _serials(cells: Distinct) -> Parsed:
    """Serial numbers as integers, so that leading zeros, which a spreadsheet drops, say nothing."""
    good = _matches(cells.texts, r"^[0-9]{1,18}$")
    fault = np.zeros(len(good), dtype=np.uint8)
    fault[~good & ~cells.missing] = NUMBER["serial_form"]
    values = pc.if_else(pa.array(good), cells.texts, None).cast(pa.int64())
    return Parsed(values, fault)


def _dates(column: Column, cells: Distinct) -> Parsed:
    days = [day_number(text) for text in cells.texts.to_pylist()]
    low, high = _day(column.minimum), _day(column.maximum)
    fault = _bounded(days, cells, low, high, NUMBER["date_form"])
    values = pa.array(days, pa.int32()).cast(pa.date32())
    return Parsed(_blanked(values, fault), fault)


def _months(column: Column, cells: Distinct) -> Parsed:
    months = [month_number(text) for text in cells.texts.to_pylist()]
    low = month_number(str(column.minimum))
    high = month_number(str(column.maximum))
    fault = _bounded(months, cells, low, high, NUMBER["month_form"])
    return Parsed(_blanked(pa.array(months, pa.int32()), fault), fault)


def _yes_no(cells: Distinct) -> Parsed:
    answers = [_YES_NO.get(text.casefold()) for text in cells.texts.to_pylist()]
    fault = np.zeros(len(answers), dtype=np.uint8)
    fault[np.array([a is None for a in answers], bool) & ~cells.missing] = NUMBER["yes_no_form"]
    return Parsed(pa.array(answers, pa.bool_()), fault)


def _codes(column: Column, cells: Distinct) -> Parsed:
    spelling = {fold_code(value): value for value in column.values}
    spelling.update({fold_code(alias): value for alias, value in column.aliases})
    found = [spelling.get(fold_code(text)) for text in cells.texts.to_pylist()]
    fault = np.zeros(len(found), dtype=np.uint8)
    fault[np.array([f is None for f in found], bool) & ~cells.missing] = NUMBER["code_unknown"]
    return Parsed(pa.array(found, pa.string()), fault)


def _texts(column: Column, cells: Distinct) -> Parsed:
    texts: list[str] = cells.texts.to_pylist()
    fault = np.zeros(len(texts), dtype=np.uint8)
    for index, text in enumerate(texts):
        if len(text) > LONGEST_TEXT:
            fault[index] = NUMBER["text_long"]
        elif any(char < " " and char not in "\t\r\n" for char in text):
            fault[index] = NUMBER["text_control"]
        elif holds_cpr(text, bare=not column.required):
            # Required text is a case number, which may well be ten digits; there only the hyphen
            # tells.
            fault[index] = NUMBER["text_cpr"]
    return Parsed(pa.array(texts, pa.string(), mask=fault.astype(bool) | cells.missing), fault)


def _matches(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.match_substring_regex(texts, pattern).to_numpy(
        zero_copy_only=False
    )
    return found.copy()


def _to_float(texts: pa.Array, good: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    safe = pc.if_else(pa.array(good), texts, "nan")
    values: npt.NDArray[np.float64] = safe.cast(pa.float64()).to_numpy(zero_copy_only=False)
    # Minus zero and zero are one number; they must not differ in the stored bytes.
    return values + 0.0


def _mark_range(
    column: Column, values: npt.NDArray[np.float64], good: npt.NDArray[np.bool_], fault: Fault
) -> None:
    outside = np.zeros(len(values), dtype=bool)
    if column.minimum is not None:
        low = float(column.minimum)
        outside |= (values <= low) if column.exclusive_minimum else (values < low)
    if column.maximum is not None:
        outside |= values > float(column.maximum)
    fault[good & outside & (fault == 0)] = NUMBER["out_of_range"]


def _bounded(
    numbers: list[int | None], cells: Distinct, low: int | None, high: int | None, form: int
) -> Fault:
    fault = np.zeros(len(numbers), dtype=np.uint8)
    for index, number in enumerate(numbers):
        if number is None:
            fault[index] = 0 if cells.missing[index] else form
        elif (low is not None and number < low) or (high is not None and number > high):
            fault[index] = NUMBER["out_of_range"]
    return fault


def _blanked(values: pa.Array, fault: Fault) -> pa.Array:
    return pc.if_else(pa.array(fault == 0), values, pa.scalar(None, values.type))


def _day(bound: Any) -> int | None:
    return None if bound is None else day_number(str(bound))
