"""Personal numbers: reading, judging, masking, and turning them into pseudonyms.

Belongs here: the structure of a CPR number (cpr.dk, "Personnummeret i CPR"), its classes, the
keyed hash that stands for it everywhere after this module. Does not belong here: what a table does
with a row whose number is faulty. A number leaves this module only as a pseudonym, or masked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sources.cells import distinct
from sources.faults import NUMBER
from sources.file_form import FileForm, Seen
from sources.rejection import ReadingFault

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Pseudonym = npt.NDArray[np.uint64]

_WEIGHTS = np.array([4, 3, 2, 7, 6, 5, 4, 3, 2, 1], dtype=np.int64)
_POWERS = 10 ** np.arange(9, -1, -1, dtype=np.int64)
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_FIRST_REPLACEMENT = 6_100_000_000
_ORDINARY = b"midtvejs-cpr"
_SERIAL = b"midtvejs-lobenr"
# The halves may be parted, the leading zero lost, and a figure may be written with decimals.
_ONE_NUMBER = re.compile(r"([0-9]{5,6})[^0-9A-Za-z]{0,3}([0-9]{4})(?:[.,]0+)?")
_LEADING_DATE = re.compile(r"[0-9]{6}")


class Cprs(NamedTuple):
    """The personal numbers of a batch, one element a row; faulty ones are 0 with their fault
    number.

    `birth` is the date in the number (NaT when faulty), `male` its last digit's oddness.
    """

    numbers: Numbers
    fault: npt.NDArray[np.uint8]
    missing: Mask
    replacement: Mask
    modulus_failed: Mask
    padded: Mask
    birth: npt.NDArray[np.datetime64]
    male: Mask


def parse_cprs(cells: pa.Array, form: FileForm, seen: Seen) -> Cprs:
    """Read a column of personal numbers.

    Ten digits, with or without a hyphen after the sixth; nine digits are padded in a number
    column: one stored as numbers, or a text column where no value starts with 0.
    """
    found = distinct(cells)
    digits, padded = _digits(found.texts, seen, found.typed | form.cpr_number_column)
    readable = digits[:, 0] >= 0
    day, month = digits[:, 0] * 10 + digits[:, 1], digits[:, 2] * 10 + digits[:, 3]
    replacement = readable & (day > 60)
    day = np.where(replacement, day - 60, day)
    year = _year(digits[:, 4] * 10 + digits[:, 5], digits[:, 6])
    dated = readable & _is_date(year, month, day)
    fault = np.zeros(len(readable), dtype=np.uint8)
    fault[readable & ~dated] = NUMBER["cpr_date"]
    fault[~readable] = NUMBER["cpr_form"]
    fault[found.missing] = NUMBER["blank"]
    fault[found.errors] = NUMBER["error_cell"]
    numbers = np.where(dated, digits @ _POWERS, 0)
    failed = dated & ~replacement & ((digits @ _WEIGHTS) % 11 != 0)
    birth = np.full(len(readable), np.datetime64("NaT", "D"))
    months = (year[dated] - 1970) * 12 + month[dated] - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    birth[dated] = first + (day[dated] - 1).astype("timedelta64[D]")
    at = found.index
    return Cprs(
        numbers[at],
        fault[at],
        found.missing[at],
        (replacement & dated)[at],
        failed[at],
        (padded & dated)[at],
        birth[at],
        (digits[:, 9] % 2 == 1)[at],
    )


def holds_one_of(texts: pa.Array, numbers: Numbers) -> Mask:
    """Which texts are one of the personal `numbers`, however it is written."""
    alike: Mask = pc.match_substring_regex(texts, f"^{_ONE_NUMBER.pattern}$").to_numpy(
        zero_copy_only=False
    )
    found = alike.copy()
    if found.any():
        candidates = texts.filter(pa.array(alike)).to_pylist()
        digits = [int("".join(_ONE_NUMBER.findall(text)[0])) for text in candidates]
        found[alike] = np.isin(digits, numbers[numbers > 0])
    return found


def mask(text: str) -> str:
    """A personal number as it may be shown: the first six digits at most, never the serial."""
    bare = text.strip()
    return f"{bare[:6]}-****" if _LEADING_DATE.match(bare) else "******-****"


class Pseudonyms:
    """Pseudonyms of one delivery: a keyed BLAKE2b of 64 bits, each distinct number hashed once.

    An ordinary number gives the same pseudonym in every source. A replacement number (day 61-91) is
    hashed for its source alone, so it never meets a register. DREAM's serial numbers have a
    name space of their own, so none can be taken for a personal number. The numbers are held for
    the delivery only.
    """

    def __init__(self, key: bytes, source: str) -> None:
        if not 1 <= len(key) <= hashlib.blake2b.MAX_KEY_SIZE:
            raise ValueError("the pseudonym key must be 1 to 64 bytes")
        self._key = key
        self._own = b"mv-" + source.encode("ascii")[:13]
        self._people = _Hashed(self._persons)
        self._serials = _Hashed(self._serial_numbers)

    def of(self, numbers: Numbers) -> Pseudonym:
        """The pseudonym of each personal number, in order."""
        return self._people.of(numbers)

    def of_serials(self, numbers: Numbers) -> Pseudonym:
        """The pseudonym of each serial number, in order; the same in every source."""
        return self._serials.of(numbers)

    def each(self, numbers: Numbers, *, serials: bool = False) -> Pseudonym:
        """The same for a table in which a number stands once or so, looking none up; several threads
        may ask at once.
        """
        return (self._serials if serials else self._people).each(numbers)

    def verify(self) -> None:
        """ReadingFault when two numbers of the delivery share a pseudonym."""
        people, of_people = self._people.hashed()
        serials, of_serials = self._serials.hashed()
        if len(_distinct(np.concatenate([of_people, of_serials]))) != people + serials:
            raise ReadingFault("two personal numbers gave the same pseudonym")

    def _persons(self, numbers: Numbers) -> Pseudonym:
        written = (numbers[:, None] // _POWERS % 10 + ord("0")).astype(np.uint8).view("S10").ravel()
        replacement = numbers >= _FIRST_REPLACEMENT
        hashes = np.empty(len(numbers), dtype=np.uint64)
        for chosen, space in ((~replacement, _ORDINARY), (replacement, self._own)):
            hashes[chosen] = self._hash(written[chosen].tolist(), space)
        return hashes

    def _serial_numbers(self, numbers: Numbers) -> Pseudonym:
        return self._hash([str(n).encode("ascii") for n in numbers.tolist()], _SERIAL)

    def _hash(self, texts: Sequence[bytes], space: bytes) -> Pseudonym:
        # The one thing that is done person by person: as little as possible for each.
        hashed = partial(hashlib.blake2b, digest_size=8, key=self._key, person=space)
        digests = b"".join(map(hashlib.blake2b.digest, map(hashed, texts)))
        return np.frombuffer(digests, ">u8").astype(np.uint64)


class _Hashed:
    """Numbers of one name space with their hashes."""

    def __init__(self, hash_of: Callable[[Numbers], Pseudonym]) -> None:
        self._hash_of = hash_of
        self._numbers: Numbers = np.zeros(0, dtype=np.int64)
        self._hashes: Pseudonym = np.zeros(0, dtype=np.uint64)
        self._others: list[tuple[Numbers, Pseudonym]] = []

    def of(self, numbers: Numbers) -> Pseudonym:
        wanted, back = np.unique(numbers, return_inverse=True)
        new = wanted[~np.isin(wanted, self._numbers, assume_unique=True)]
        if len(new):
            everything = np.concatenate([self._numbers, new])
            order = np.argsort(everything)
            self._numbers = everything[order]
            self._hashes = np.concatenate([self._hashes, self._hash_of(new)])[order]
        found: Pseudonym = self._hashes[np.searchsorted(self._numbers, wanted)][back]
        return found

    def each(self, numbers: Numbers) -> Pseudonym:
        hashes = self._hash_of(numbers)
        self._others.append((numbers, hashes))
        return hashes

    def hashed(self) -> tuple[int, Pseudonym]:
        """How many different numbers were hashed, and the different hashes they gave."""
        numbers = np.concatenate([self._numbers, *(numbers for numbers, _ in self._others)])
        hashes = np.concatenate([self._hashes, *(hashes for _, hashes in self._others)])
        return len(_distinct(numbers)), _distinct(hashes)


def pseudonyms(cprs: Sequence[str], key: bytes, source: str) -> Pseudonym:
    """Pseudonyms of numbers written as text; ValueError (without the number) when one is faulty."""
    found = parse_cprs(pa.array(cprs, pa.string()), FileForm(cpr_number_column=False), Seen())
    if found.fault.any():
        raise ValueError("not a personal number")
    return Pseudonyms(key, source).of(found.numbers)


def _distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The different values; by sorting, which takes a tenth of what np.unique does."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    different: npt.NDArray[Any] = ordered[first]
    return different


def _digits(texts: pa.Array, seen: Seen, number_column: Mask) -> tuple[Numbers, Mask]:
    """The ten digits of each text, -1 throughout where it is no number; and which were padded."""
    count = len(texts)
    digits = np.full((count, 10), -1, dtype=np.int64)
    padded = np.zeros(count, dtype=bool)
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    for length in (9, 10, 11):
        at = np.flatnonzero(lengths == length)
        if not len(at):
            continue
        chosen = texts.take(pa.array(at))
        offset = np.frombuffer(chosen.buffers()[1], np.int32)[chosen.offset]
        flat = np.frombuffer(chosen.buffers()[2], np.uint8)[offset : offset + len(at) * length]
        signs = flat.reshape(len(at), length).astype(np.int64)
        good = np.ones(len(at), dtype=bool)
        if length == 11:
            good &= signs[:, 6] == ord("-")
            signs = np.delete(signs, 6, axis=1)
        found = signs - ord("0")
        good &= ((found >= 0) & (found <= 9)).all(axis=1)
        seen.cpr_leading_zero |= bool((good & (found[:, 0] == 0)).any())
        if length == 9:
            seen.cpr_nine_digits |= bool(good.any())
            good &= number_column[at]
            found = np.concatenate([np.zeros((len(at), 1), np.int64), found], axis=1)
            padded[at[good]] = True
        digits[at[good]] = found[good]
    return digits, padded


def _year(two_digits: Numbers, seventh: Numbers) -> Numbers:
    """Full year of birth from the last two digits and the seventh digit of the number."""
    late_four = np.where(two_digits <= 36, 2000, 1900)
    late_five = np.where(two_digits <= 57, 2000, 1800)
    century = np.select(
        [seventh <= 3, (seventh == 4) | (seventh == 9)], [np.full_like(seventh, 1900), late_four],
        default=late_five,
    )  # fmt: skip
    year: Numbers = century + two_digits
    return year


def _is_date(year: Numbers, month: Numbers, day: Numbers) -> Mask:
    known = np.clip(month, 1, 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[known] + (leap & (known == 2))
    valid: Mask = (month == known) & (day >= 1) & (day <= last)
    return valid
