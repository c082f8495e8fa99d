"""A cell's key as one whole number, so that a quarter of a million cells are found and grouped at once.

Belongs here: the key's fields, their words, packing and taking apart. Not here: which cells there are (`cells`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from disclosure.audit.view import Ints

_FIRST_YEAR = 1900
# Field by field how many bits; 62 in all.
_BITS = {"quantity": 10, "month": 12, "group": 4, "dim1": 6, "value1": 12, "dim2": 6, "value2": 12}
_FIELDS = tuple(_BITS)
_SHIFT = {name: sum(list(_BITS.values())[at + 1 :]) for at, name in enumerate(_FIELDS)}


class Words:
    """Words by number; 0 is the blank one."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {"": 0}

    def number(self, word: str) -> int:
        """The word's number, a new one for a new word."""
        return self._number.setdefault(word, len(self._number))

    def known(self, word: str) -> int | None:
        """The word's number, None where it has none."""
        return self._number.get(word)

    def numbers(self, words: pd.Series[str]) -> Ints:
        """The number of each word, int64[len(words)]."""
        places, distinct = pd.factorize(words)
        own = np.array([self.number(str(word)) for word in distinct], dtype=np.int64)
        return own[places]

    def word(self, number: int) -> str:
        """The word with the number."""
        return list(self._number)[number]


@dataclass(frozen=True, eq=False)
class Fields:
    """The fields of k keys, int64[k] each; months since year 0, the others by the numbers of a `Coder`."""

    quantity: Ints
    month: Ints
    group: Ints
    dim1: Ints
    value1: Ints
    dim2: Ints
    value2: Ints

    def pack(self) -> Ints:
        """One number a key."""
        packed = np.zeros(len(self.quantity), dtype=np.int64)
        for name in _FIELDS:
            number = self.month - 12 * _FIRST_YEAR if name == "month" else getattr(self, name)
            if len(number) and (number.min() < 0 or number.max() >= 1 << _BITS[name]):
                raise ValueError(f"too many words or months for {name}")
            packed |= number << _SHIFT[name]
        return packed

    def blank(self, *names: str) -> Fields:
        """The same keys with the fields blank."""
        nothing = np.zeros(len(self.quantity), dtype=np.int64)
        return replace(self, **dict.fromkeys(names, nothing))

    def of(self, quantity: int | None = None, back: int = 0) -> Fields:
        """The same keys of another quantity, or so many months before."""
        named = self.quantity if quantity is None else np.full_like(self.quantity, quantity)
        return replace(self, quantity=named, month=self.month - back)

    def at(self, chosen: Ints) -> Fields:
        """Some of the keys."""
        return Fields(*(getattr(self, name)[chosen] for name in _FIELDS))


def unpack(packed: Ints) -> Fields:
    """The fields of packed keys."""
    parts = {name: (packed >> _SHIFT[name]) & ((1 << _BITS[name]) - 1) for name in _FIELDS}
    parts["month"] = parts["month"] + 12 * _FIRST_YEAR
    return Fields(**parts)


@dataclass(frozen=True, eq=False)
class Coder:
    """The words of each kind of field."""

    quantities: Words = field(default_factory=Words)
    groups: Words = field(default_factory=Words)
    dimensions: Words = field(default_factory=Words)
    values: Words = field(default_factory=Words)

    def told(self, packed: int) -> str:
        """A key in words."""
        one = unpack(np.array([packed], dtype=np.int64))
        year, month = divmod(int(one.month[0]), 12)
        words = (
            self.quantities.word(int(one.quantity[0])),
            f"{year:04d}-{month + 1:02d}",
            self.groups.word(int(one.group[0])),
            self.dimensions.word(int(one.dim1[0])),
            self.values.word(int(one.value1[0])),
            self.dimensions.word(int(one.dim2[0])),
            self.values.word(int(one.value2[0])),
        )
        return " ".join(word for word in words if word)
