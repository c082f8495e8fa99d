"""Columns of texts of which few differ, as all names of a tidy table are.

Belongs here: asking something of each text once. Not here: what is asked, and what the texts mean (`vocabulary`).
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from disclosure.vocabulary import WINDOW


def by_text(column: pd.Series, of: Callable[[str], object], dtype: str) -> pd.Series:
    """What a function says of each text of a column, of the type `dtype`; it is asked once a distinct text."""
    code, distinct = pd.factorize(column)
    said = pd.Series([of(str(text)) for text in distinct], dtype=dtype)
    return pd.Series(said.array.take(code), index=column.index)


def without(variant: str, qualifiers: frozenset[str] | set[str]) -> str:
    """A variant without some of its qualifiers."""
    return "|".join(part for part in variant.split("|") if part not in qualifiers)


def without_window(variants: pd.Series) -> pd.Series:
    """The variants without the word that makes them sums over twelve months."""
    return by_text(variants, lambda variant: without(variant, {WINDOW}), "str")


def windowed(variants: pd.Series) -> pd.Series:
    """Which variants are sums over twelve months, bool."""
    return by_text(variants, lambda variant: WINDOW in variant.split("|"), "bool")
