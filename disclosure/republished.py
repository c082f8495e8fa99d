"""A tidy table beside those published before it.

Belongs here: from tables to the publications that `patterns.earlier` joins: which figure is which, and what was seen. Not
here: the joining (`patterns.earlier`), finding what a house has published (`assets`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.patterns.cells import Bools, Ints
from disclosure.patterns.earlier import Earlier
from disclosure.system import TableSystem, build
from disclosure.vocabulary import Vocabulary

SUPPRESSED = "suppressed"
_KEYS = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]
NUMBERS = ["numerator", "denominator", "value", "low", "high"]


@dataclass(frozen=True, eq=False)
class PublishedBefore:
    """A table that was published: as it was before protection; `hidden`, bool[rows], which of its rows were not seen; and
    the positions of those hidden that are not supposed to be what they were in tables before it (`apart`)."""

    table: pd.DataFrame
    hidden: Bools
    apart: Sequence[int] = ()

    def as_seen(self) -> pd.DataFrame:
        """The table as its readers have it: rows not seen have blank numbers and the flag `suppressed`."""
        return hidden_from(self.table, self.hidden)


def hidden_from(table: pd.DataFrame, hidden: Bools) -> pd.DataFrame:
    """The rows of a table with those of `hidden`, bool[rows], made blank and flagged."""
    seen = table.copy()
    for name in NUMBERS:
        seen[name] = seen[name].astype("float64").mask(hidden)
    seen["flag"] = seen["flag"].mask(hidden, SUPPRESSED)
    return seen


def beside(
    built: TableSystem,
    table: pd.DataFrame,
    before: Sequence[PublishedBefore],
    vocabulary: Vocabulary,
    threshold: int,
) -> tuple[Ints, list[Earlier]]:
    """The number of the figure each cell of `built`, made of `table`, is; and the publications as systems with theirs.

    A table whose every row still stands with its numbers, as after a night that only adds a month, is no system of its own,
    unless some of them stand apart.
    """
    then = [None if one.apart else _still_standing(table, one) for one in before]
    systems = [
        built if seen is not None else build(one.table, vocabulary, threshold)
        for one, seen in zip(before, then, strict=True)
    ]
    keys = pd.concat([one.keys for one in (built, *systems)], ignore_index=True)
    number = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    ends = np.cumsum([len(one.keys) for one in (built, *systems)])
    # Unpublished cells, which stand after the published ones, are figures of one system alone.
    rests = len(number) + np.arange(_rests(built))
    figures = [
        np.concatenate([numbers, rests if one is built else np.full(_rests(one), -1)])
        for one, numbers in zip((built, *systems), np.split(number, ends[:-1]), strict=True)
    ]
    unseen = [
        _unseen(one, published.hidden if seen is None else ~seen)
        for one, published, seen in zip(systems, before, then, strict=True)
    ]
    apart = [_apart(one, published) for one, published in zip(systems, before, strict=True)]
    return figures[0], [
        Earlier(one.system, *its)
        for one, *its in zip(systems, unseen, figures[1:], apart, strict=True)
    ]


def seen_by_now(table: pd.DataFrame, hidden: Bools, before: Sequence[PublishedBefore]) -> Bools:
    """Which rows of a table a reader of it and of those before it has seen with the numbers they have, bool[rows]; `hidden`,
    bool[rows]: those it does not show itself."""
    seen = ~hidden
    for one in before:
        seen |= _standing(table, one)[0]
    return seen


def _still_standing(table: pd.DataFrame, before: PublishedBefore) -> Bools | None:
    """Which rows of the table were seen before, bool[rows], if all that was published still stands; else None."""
    seen, standing = _standing(table, before)
    return seen if standing == len(before.table) else None


def _standing(table: pd.DataFrame, before: PublishedBefore) -> tuple[Bools, int]:
    """Which rows of the table were seen before with their numbers, bool[rows], and how many rows of that before stand so."""
    both = [*_KEYS, *NUMBERS]
    now = table[both].reset_index(drop=True).rename_axis("row").reset_index()
    then = before.table[both].assign(seen=~before.hidden)
    for name in _KEYS:
        now[name], then[name] = (one[name].astype(object).fillna("") for one in (now, then))
    # Equal to the last digit, or absent in both.
    for name in NUMBERS:
        now[name], then[name] = (one[name].astype("float64").fillna(-1.0) for one in (now, then))
    found = then.merge(now, on=both)
    seen = np.zeros(len(table), dtype=np.bool_)
    seen[found.loc[found["seen"], "row"].to_numpy(np.int64)] = True
    return seen, len(found)


def _rests(built: TableSystem) -> int:
    return len(built.system.value) - len(built.keys)


def _unseen(built: TableSystem, hidden: Bools) -> Bools:
    """Which cells no row that was seen shows, bool[cells]."""
    return ~built.figures.used_by(~hidden, len(built.system.value))


def _apart(built: TableSystem, published: PublishedBefore) -> Bools:
    """Which cells a row that stands apart uses, bool[cells]."""
    if not published.apart:
        return np.zeros(len(built.system.value), dtype=np.bool_)
    rows = np.isin(np.arange(len(published.table)), published.apart)
    return built.figures.used_by(rows, len(built.system.value))
