"""Rules across the columns of a row, and comparisons across rows that only raise warnings.

Belongs here: evaluating a contract's row rules on typed columns, and counting overlapping residence
spells. Does not belong here: the rules themselves (the contract), repeated keys (`duplicates`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import RowRule

Mask = npt.NDArray[np.bool_]


def broken(rule: RowRule, columns: Mapping[str, pa.Array]) -> tuple[Mask, str]:
    """The rows that break `rule`, and the column to name in the listing."""
    if rule.kind != "onlyWhen":
        first, second = rule.columns
        earlier = pc.less(columns[second], columns[first])
        return _true(earlier), second
    assert rule.when is not None
    allowed = _true(pc.is_in(columns[rule.when], pa.array(rule.values)))
    filled = np.zeros(len(allowed), dtype=bool)
    for name in rule.columns:
        filled |= _true(pc.is_valid(columns[name]))
    return filled & ~allowed, rule.columns[0]


def overlapping_spells(
    person: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
) -> int:
    """How many spells begin before an earlier spell of the same person has ended.

    `first` and `last` are days; a spell that begins on the day another ends does not overlap it.
    Open spells have the largest `last`.
    """
    if not len(person):
        return 0
    order = np.lexsort((last, first, person))
    person, first, last = person[order], first[order], last[order]
    same = person[1:] == person[:-1]
    return int((same & (first[1:] < last[:-1])).sum())


def _true(mask: pa.Array) -> Mask:
    found: Mask = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return found
