"""What a reader has in front of them: cells, which of them are hidden, and every relation they know to hold.

Belongs here: the shape of an audit's question, and the check that it holds together. Not here: answering it (`audit`), or
how cells came to be hidden; nothing of the suppressor's is used, so that a fault of its is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Matrix = csr_array[np.float64]
Terms = Mapping[int, float]

TOLERANCE = 1e-6


class Contradiction(ValueError):  # noqa: N818
    """No values whatever fit the relations: the figures do not add up."""


@dataclass(frozen=True, eq=False)
class View:
    """n cells and m relations `low <= matrix @ value <= high`.

    `value`: float64[n], the true values; nan at hidden cells where they are not known to the auditor either. `hidden`:
    bool[n]. `lower`, `upper`: float64[n], what a reader knows of a hidden cell beforehand (at least 1 where zeros are
    shown). `matrix`: m x n coefficients; `low`, `high`: float64[m], equal for an equation, infinite where there is no
    limit. Raises ValueError when the shapes differ, a visible value is missing, or known true values break a relation.
    """

    value: Floats
    hidden: Bools
    lower: Floats
    upper: Floats
    matrix: Matrix
    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        """Check the shapes and, where the truth is known, every relation."""
        n, m = len(self.value), len(self.low)
        if not len(self.hidden) == len(self.lower) == len(self.upper) == n:
            raise ValueError("the arrays of cells differ in length")
        if self.matrix.shape != (m, n) or len(self.high) != m:
            raise ValueError("the relations do not fit the cells")
        if np.isnan(self.value[~self.hidden]).any():
            raise ValueError("a visible cell has no value")
        if not np.isnan(self.value).any():
            sums: Floats = np.asarray(self.matrix @ self.value)
            slack = TOLERANCE * (1 + np.abs(sums))
            if ((sums < self.low - slack) | (sums > self.high + slack)).any():
                raise Contradiction("the true values break a relation")

    @classmethod
    def of(
        cls,
        value: Sequence[float],
        hidden: Sequence[bool],
        relations: Iterable[Terms | tuple[Terms, float, float]],
        lower: float = 0.0,
    ) -> View:
        """A view of a few cells written out by hand; a relation without limits is an equation with 0."""
        triples: list[tuple[Terms, float, float]] = [
            one if isinstance(one, tuple) else (one, 0.0, 0.0) for one in relations
        ]
        rows = [row for row, (terms, _low, _high) in enumerate(triples) for _ in terms]
        columns = [cell for terms, _low, _high in triples for cell in terms]
        numbers = [number for terms, _low, _high in triples for number in terms.values()]
        n = len(value)
        return cls(
            value=np.array(value, dtype=np.float64),
            hidden=np.array(hidden, dtype=np.bool_),
            lower=np.full(n, lower),
            upper=np.full(n, np.inf),
            matrix=csr_array(
                (np.array(numbers, dtype=np.float64), (rows, columns)), shape=(len(triples), n)
            ),
            low=np.array([low for _terms, low, _high in triples], dtype=np.float64),
            high=np.array([high for _terms, _low, high in triples], dtype=np.float64),
        )
