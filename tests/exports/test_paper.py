"""How the rows of a long table are shared between pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from exports.workbook.paper import fitting_rows


@pytest.mark.parametrize(
    ("heights", "first", "after", "below", "counts", "why"),
    [
        ([10] * 4, 40, 40, 0, [4], "it fits"),
        ([10] * 9, 20, 40, 0, [2, 4, 3], "it begins low on a page"),
        ([10] * 5, 40, 40, 0, [2, 3], "the last page has some rows, not one"),
        ([10] * 4, 45, 90, 20, [1, 3], "the notes do not fit below: the last rows go with them"),
        ([10] * 3, 35, 90, 20, [3], "none are left to go with them"),
        ([10] * 2, 15, 40, 0, [1, 1], "two rows are what there is"),
        ([90, 10, 10], 40, 40, 0, [1, 2], "a row higher than a page stands alone"),
        ([90], 40, 40, 50, [1], "nothing can be done"),
        ([10] * 10, 40, 40, 10, [4, 3, 3], "the notes take their room from the last page alone"),
        ([10] * 10, 40, 40, 25, [4, 3, 2, 1], "long notes leave room for one row"),
        ([10] * 3, 40, 40, 50, [3], "notes longer than a page stand where they can"),
    ],
)
def test_rows_are_shared(
    heights: Sequence[float],
    first: float,
    after: float,
    below: float,
    counts: list[int],
    why: str,
) -> None:
    assert fitting_rows(heights, first, after, below) == counts, why
