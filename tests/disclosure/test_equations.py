"""Relations as they are added to a system of counts."""

from __future__ import annotations

import numpy as np

from disclosure.equations import Equations


def test_a_total_without_parts_makes_no_relation() -> None:
    """Nothing is known of it: nobody said that its parts are all there are."""
    value = np.array([5.0, 2.0, 3.0, 0.0, 7.0])
    built = Equations(value, np.ones(5), np.arange(5))
    rests = built.add(
        np.array([0, 3, 4]), np.array([0, 0, 2]), np.array([1, 2, 1]), complete=np.full(3, True)
    )
    assert rests.tolist() == [-1, -1, 5]
    matrix = built.matrix().toarray()
    assert matrix.tolist() == [[-1, 1, 1, 0, 0, 0], [0, 1, 0, 0, -1, 1]]
    assert built.value[5] == 5
