"""Every sum the published definitions imply, as relations between cells.

Belongs here: finding the cells of each sum. Not here: which counts are bound (`definitions`), what the relations give away
(`disclosure.audit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from disclosure.audit.view import Floats, Ints
from exports.stranger.cells import Cells
from exports.stranger.definitions import (
    BEYOND_TOTAL,
    CATEGORY_IS,
    COVERED,
    OUTCOMES_OF,
    OVERLAPPING,
    PARTIAL,
    SUMS,
    TWELVE_MONTH_MEANS,
    TWELVE_MONTHS,
)
from exports.stranger.keys import Fields, unpack
from indicators.codes import code_table


@dataclass(frozen=True, eq=False)
class Relations:
    """Relations of one kind: `row`, `cell`, `factor` a term each; relation i says low[i] <= its sum <= high[i]."""

    row: Ints
    cell: Ints
    factor: Floats
    low: Floats
    high: Floats

    @property
    def count(self) -> int:
        """How many."""
        return len(self.low)


def unpublished(cells: Cells) -> Ints:
    """Keys of months that no row shows but that sums over twelve months reach back to."""
    needed = [
        keys.of(number, back).pack()
        for keys, number, first in _years(cells)
        for back in range(first, first + 12)
    ]
    every = np.unique(np.concatenate(needed)) if needed else np.zeros(0, dtype=np.int64)
    return every[cells.find(every) < 0] if len(cells) else every


def relations(cells: Cells) -> Iterator[Relations]:
    """All of them, kind by kind."""
    fields = unpack(cells.key)
    yield from _margins(cells, fields)
    for total, parts in SUMS.items():
        yield from _sum(cells, fields, total, parts, 0.0)
    for total, parts in COVERED.items():
        yield from _sum(cells, fields, total, parts, np.inf)
    yield from _twelve_months(cells)
    yield from _states(cells, fields)


def _number(cells: Cells, quantity: str) -> int:
    number = cells.coder.quantities.known(quantity)
    return -1 if number is None else number


def _of(cells: Cells, fields: Fields, quantity: str) -> Ints:
    """The positions of a quantity's cells."""
    return np.flatnonzero(fields.quantity == _number(cells, quantity))


def _margins(cells: Cells, fields: Fields) -> Iterator[Relations]:
    """Categories add up to the total, and crossed ones to either of the two."""
    crossed = fields.dim2 > 0
    one = np.flatnonzero((fields.dim1 > 0) & ~crossed)
    two = np.flatnonzero(crossed)
    simple, pair = fields.at(one), fields.at(two)
    over = _totals(cells, simple.blank("dim1", "value1"))
    yield from _parts(cells, one, simple.dim1, simple.blank("value1").pack(), over)
    first = pair.blank("dim2", "value2")
    yield from _parts(cells, two, pair.dim2, pair.blank("value2").pack(), _totals(cells, first))
    nothing = np.zeros(len(two), dtype=np.int64)
    second = Fields(pair.quantity, pair.month, pair.group, pair.dim2, pair.value2, nothing, nothing)
    yield from _parts(cells, two, pair.dim1, pair.blank("value1").pack(), _totals(cells, second))


def _totals(cells: Cells, keys: Fields) -> Ints:
    """The keys of what categories add up to: the same quantity, or for outcomes everybody they are of."""
    quantity = keys.quantity.copy()
    for part, whole in OUTCOMES_OF.items():
        # Outcomes have no row for all destinations; those crossed with programmes have one for all programmes.
        absent = cells.find(keys.pack()) < 0
        quantity[(keys.quantity == _number(cells, part)) & absent] = max(_number(cells, whole), 0)
    return Fields(
        quantity, keys.month, keys.group, keys.dim1, keys.value1, keys.dim2, keys.value2
    ).pack()


def _parts(
    cells: Cells, parts: Ints, dimension: Ints, family: Ints, total: Ints
) -> Iterator[Relations]:
    """Relations of `parts` (positions) of one `family` each, summed over `dimension`, to their `total` (keys)."""
    at = cells.find(total)
    partial = np.isin(dimension, _numbers(cells, PARTIAL))
    overlapping = np.zeros(len(parts), dtype=np.bool_)
    quantity = unpack(cells.key[parts]).quantity
    for name, dimensions in OVERLAPPING.items():
        overlapping |= (quantity == _number(cells, name)) & np.isin(
            dimension, _numbers(cells, dimensions)
        )
    known = at >= 0
    whole = known & ~partial & ~overlapping
    yield _summed(parts[whole], family[whole], at[whole], 0.0)
    some = known & overlapping
    yield _summed(parts[some], family[some], at[some], np.inf)
    beyond = np.isin(quantity, [_number(cells, name) for name in BEYOND_TOTAL])
    each = known & (partial | overlapping) & ~beyond
    yield _at_most(parts[each], at[each])


def _numbers(cells: Cells, dimensions: Iterable[str]) -> list[int]:
    return [cells.coder.dimensions.known(name) or -1 for name in dimensions]


def _summed(parts: Ints, family: Ints, total: Ints, above: float) -> Relations:
    """0 <= sum of a family's parts - its total <= above."""
    _families, first, row = np.unique(family, return_index=True, return_inverse=True)
    n = len(first)
    return Relations(
        np.concatenate([row, np.arange(n)]),
        np.concatenate([parts, total[first]]),
        np.concatenate([np.ones(len(parts)), np.full(n, -1.0)]),
        np.zeros(n),
        np.full(n, above),
    )


def _at_most(parts: Ints, totals: Ints) -> Relations:
    """Each part is at most its total."""
    n = len(parts)
    row = np.arange(n)
    return Relations(
        np.concatenate([row, row]),
        np.concatenate([totals, parts]),
        np.concatenate([np.ones(n), -np.ones(n)]),
        np.zeros(n),
        np.full(n, np.inf),
    )


def _weighted(columns: list[tuple[Ints, float]], above: float = 0.0) -> Relations:
    """0 <= sum of factor x cell over the columns <= above; a row an index, those with a cell missing (-1) left out."""
    there = np.all([cells >= 0 for cells, _factor in columns], axis=0)
    n = int(there.sum())
    row = np.arange(n)
    return Relations(
        np.tile(row, len(columns)),
        np.concatenate([cells[there] for cells, _factor in columns]),
        np.concatenate([np.full(n, factor) for _cells, factor in columns]),
        np.zeros(n),
        np.full(n, above),
    )


def _sum(
    cells: Cells, fields: Fields, total: str, parts: tuple[str, ...], above: float
) -> Iterator[Relations]:
    at = _of(cells, fields, total)
    keys = fields.at(at)
    numbers = [_number(cells, part) for part in parts]
    if min(numbers) >= 0:
        columns = [(cells.find(keys.of(number).pack()), 1.0) for number in numbers]
        yield _weighted([*columns, (at, -1.0)], above)


def _years(cells: Cells) -> Iterator[tuple[Fields, int, int]]:
    """For each count over twelve months its keys, the number of the monthly count, and how many months before its own month
    the last of the twelve is.
    """
    fields = unpack(cells.key)
    tables: tuple[tuple[Mapping[str, str], int], ...] = (
        (TWELVE_MONTHS, 0),
        (TWELVE_MONTH_MEANS, 1),
    )
    for table, first in tables:
        for year, month in table.items():
            keys = fields.at(_of(cells, fields, year))
            if len(keys.quantity) and _number(cells, month) >= 0:
                yield keys, _number(cells, month), first


def _twelve_months(cells: Cells) -> Iterator[Relations]:
    for keys, number, first in _years(cells):
        columns = [
            (cells.find(keys.of(number, back).pack()), 1.0) for back in range(first, first + 12)
        ]
        yield _weighted([*columns, (cells.find(keys.pack()), -12.0 if first else -1.0)])


def _states(cells: Cells, fields: Fields) -> Iterator[Relations]:
    """The unemployed are those of a state, and of its benefit groups."""
    coder = cells.coder
    for quantity, dimension, category, count in CATEGORY_IS:
        at = _of(cells, fields, quantity)
        at = at[
            (fields.dim1[at] == coder.dimensions.known(dimension))
            & (fields.value1[at] == coder.values.known(category))
        ]
        keys = fields.at(at).blank("dim1", "value1").of(_number(cells, count))
        if _number(cells, count) >= 0:
            yield _weighted([(at, 1.0), (cells.find(keys.pack()), -1.0)])
    people, groups = _number(cells, "people"), coder.dimensions.known("benefit_group")
    only = _states_of_groups()
    for way, states in (("narrow", {"unemployed"}), ("wide", {"unemployed", "unemployed_wide"})):
        at = _of(cells, fields, f"unemployed {way}")
        at = at[(fields.dim1[at] == groups) & (fields.dim2[at] == 0)]
        of_them = [coder.values.known(group) for group, state in only.items() if state in states]
        at = at[np.isin(fields.value1[at], [number for number in of_them if number is not None])]
        if people >= 0:
            yield _weighted([(at, 1.0), (cells.find(fields.at(at).of(people).pack()), -1.0)])


def _states_of_groups() -> dict[str, str]:
    """The state of each benefit group whose codes are all of one state."""
    states: dict[str, set[str]] = {}
    for row in code_table():
        states.setdefault(row.group, set()).add(row.state)
    return {group: next(iter(found)) for group, found in states.items() if len(found) == 1}
