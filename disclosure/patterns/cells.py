"""The unknowns: numbers as cells, and the relations that bind them.

Belongs here: the shape a disclosure problem has, whatever table it came from, and the check that it
holds together. Not here: making one out of a table (`disclosure.additive`), choosing what is hidden
(`choice`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.int8]

VISIBLE, PRIMARY, SECONDARY = 0, 1, 2


class ProtectionError(RuntimeError):
    """Numbers that could not be made safe by hiding others, `cells` (int64[k]) of a system; nothing of it may leave."""

    def __init__(self, cells: Ints) -> None:
        super().__init__(f"{len(cells)} små antal kan ikke gøres sikre ved at skjule andre")
        self.cells = cells


@dataclass(frozen=True)
class Cell:
    """A number of people, written by hand. `published=False`: stands in no table, but can be computed from others.

    `weight` is what hiding it costs. `scale` is how many months' people the count adds up where a
    mean of months is what is shown; the mean is then what must not be small.
    """

    id: str
    count: int
    published: bool = True
    weight: float = 1
    scale: int = 1


@dataclass(frozen=True)
class Relation:
    """A sum a reader knows to hold: the total's count is the sum of the parts' counts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CellSystem:
    """Everything published together: n cells, and relations with `matrix @ value == 0`.

    Arrays of n, float64 unless said otherwise:

    * `value`: the true one; `lower`: what a reader knows a hidden cell to be at least;
    * `reach`, `fall`: a reader must be able to believe of the cell a value of at least `reach`, and one of at most `fall`;
      nan where it need not be protected so; `enough`: what of `reach` is enough where what was published before keeps
      readers from more (`asking_less`), nan where nothing less is;
    * `weight`: what hiding costs; infinite where the cell can no longer be hidden, because it was published before;
    * `published`, bool: False for a number that stands in no table, so that no reader sees it;
    * `last`, bool: a total, hidden only where nothing else will do, as far as the search can tell;
    * `block`, int64: cells that are protected together first, usually a month; `before`, int64: the same cell a month
      earlier, -1 for none. Both only guide the choice.

    An inequality is a relation with an unpublished cell for what is between its two sides. Raises ValueError when the
    arrays do not fit together, a value is below its lower bound or a relation does not hold.
    """

    value: Floats
    lower: Floats
    reach: Floats
    fall: Floats
    enough: Floats
    weight: Floats
    published: Bools
    last: Bools
    block: Ints
    before: Ints
    matrix: csr_array

    def __post_init__(self) -> None:
        """Check the shapes, the bounds and every relation."""
        n = len(self.value)
        arrays = (
            self.lower,
            self.reach,
            self.fall,
            self.enough,
            self.weight,
            self.published,
            self.last,
            self.block,
            self.before,
        )
        if any(len(array) != n for array in arrays) or self.matrix.shape[1] != n:
            raise ValueError("the arrays of cells differ in length")
        if (self.value < self.lower - 1e-9).any():
            raise ValueError("a cell is below what a reader knows it to be at least")
        if (
            n
            and (np.abs(self.matrix @ self.value) > 1e-6 * max(1.0, np.abs(self.value).max())).any()
        ):
            raise ValueError("a relation's parts do not add up to its total")

    @property
    def sensitive(self) -> Bools:
        """Which cells are primary, bool[n]."""
        known: Bools = ~np.isnan(self.reach) | ~np.isnan(self.fall)
        return known

    def asking_less(self, cells: Ints) -> CellSystem:
        """The system where of these cells, int64[k], no more is asked than is `enough`."""
        reach = self.reach.copy()
        reach[cells] = np.fmin(reach[cells], self.enough[cells])
        return replace(self, reach=reach)

    @classmethod
    def counts(
        cls,
        value: npt.ArrayLike,
        matrix: csr_array,
        threshold: float,
        *,
        primary: Bools | None = None,
        zeros_shown: bool = True,
        weight: npt.ArrayLike = 1.0,
        published: Bools | None = None,
        last: Bools | None = None,
        scale: npt.ArrayLike = 1.0,
    ) -> CellSystem:
        """Numbers of people of which those of 1 to `threshold` - 1 (or `primary`, bool[n]) are protected.

        Where zeros are shown a reader knows that a hidden cell is at least 1. A reader must be able to believe in the
        threshold, or in one more of a primary cell that is not below it; and in one less, or in 1. `scale`: how many months
        a cell adds up whose mean is shown; of such a sum it is enough that it could be that of one group of the threshold in
        one month.
        """
        values = np.asarray(value, dtype=np.float64)
        n = len(values)
        months = np.broadcast_to(np.asarray(scale, dtype=np.float64), n)
        large = threshold * months
        small = (values > 0) & (values < large) if primary is None else primary
        least = 1.0 if zeros_shown else 0.0
        return cls(
            value=values,
            lower=np.minimum(values, np.where(values > 0, least, 0.0)),
            reach=np.where(
                small, np.maximum(large, np.where(values < large, 0, values + 1)), np.nan
            ),
            fall=np.where(small & (values > 1), values - 1, np.nan),
            enough=np.where(small & (months > 1), np.maximum(threshold, values + 1), np.nan),
            weight=np.broadcast_to(np.asarray(weight, dtype=np.float64), n).copy(),
            published=np.ones(n, dtype=np.bool_) if published is None else published,
            last=np.zeros(n, dtype=np.bool_) if last is None else last,
            block=np.zeros(n, dtype=np.int64),
            before=np.full(n, -1, dtype=np.int64),
            matrix=matrix,
        )

    @classmethod
    def of(cls, cells: Sequence[Cell], relations: Sequence[Relation], threshold: int) -> CellSystem:
        """The system of a few cells written out by hand, in the order given, with zeros shown."""
        position = {cell.id: at for at, cell in enumerate(cells)}
        if len(position) < len(cells):
            raise ValueError("two cells have one id")
        if any(cell.count < 0 or cell.scale < 1 for cell in cells):
            raise ValueError("a cell has a negative count or a scale below 1")
        rows = [
            {position[rel.total]: -1.0} | {position[name]: 1.0 for name in rel.parts}
            for rel in relations
        ]
        system = cls.counts(
            [cell.count for cell in cells],
            relation_matrix(rows, len(cells)),
            threshold,
            weight=[cell.weight for cell in cells],
            published=np.array([cell.published for cell in cells], dtype=np.bool_),
            scale=[cell.scale for cell in cells],
        )
        return replace(system, lower=np.where(system.published, system.lower, 0.0))


def relation_matrix(rows: Sequence[Mapping[int, float]], cells: int) -> csr_array:
    """Relations written as {cell position: coefficient}, a row each."""
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([at for row in rows for at in row], dtype=np.int64)
    entries = np.array([number for row in rows for number in row.values()], dtype=np.float64)
    return csr_array((entries, columns, starts), shape=(len(rows), cells))


def spans(starts: npt.NDArray[np.integer], of: Ints) -> tuple[Ints, Ints]:
    """Where the members of some lists stand, one list after another, int64, and how many each has. List i stands from
    `starts[i]` to `starts[i + 1]`."""
    first = starts[of]
    counts = np.asarray(starts[of + 1] - first, dtype=np.int64)
    before = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(first - before, counts), counts
