"""Additive partial results: how many members of each group and category bear each trait, month by month.

Belongs here: counting flags over categories and turning the counts into a long table that blocks' results are joined by.
Not here: which flags there are (the area modules), what becomes of the counts (`figures`).

The long table has the columns `quantity, variant, month, group, dim1, value1, n`; equal keys are added. A quantity is what
is counted, such as `unemployed`; a share is made of two of them later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.block import Bools
from indicators.people import OF_EVERYBODY, OF_TARGET_GROUP, Members

KEYS = ["quantity", "variant", "month", "group", "dim1", "value1"]
Quantity = tuple[str, str]
"""What is counted, and its variant: `("ltu_80", "narrow")`."""


@dataclass
class Tally:
    """Counts of a block, growing month by month.

    `categories` names every breakdown's categories; zeros are kept, so that each category of the lists is written.
    """

    categories: Mapping[str, Sequence[str]]
    _columns: dict[str, list[Any]] = field(default_factory=lambda: {c: [] for c in [*KEYS, "n"]})

    def count(
        self,
        month: int,
        group: str,
        members: Members,
        flags: Mapping[Quantity, Bools],
        dims: Sequence[str] | None = None,
    ) -> None:
        """Count, for the members of `group`, those with each flag: in total and by every breakdown.

        Each flag is a mask over `members.at`. `dims` defaults to the breakdowns that say something of the group.
        """
        inside = members.of(group)
        packed = np.zeros(int(inside.sum()), dtype=np.int32)
        for bit, flag in enumerate(flags.values()):
            packed |= flag[inside].astype(np.int32) << bit
        width = 1 << len(flags)
        bits = (np.arange(width)[:, None] >> np.arange(len(flags))) & 1
        self.add(month, group, "", [""], list(flags), np.bincount(packed, minlength=width) @ bits)
        for dim in dims if dims is not None else breakdowns(group):
            if dim not in members.categories:
                continue
            names = self.categories[dim]
            places = members.categories[dim][inside]
            counts = np.bincount(places * width + packed, minlength=len(names) * width)
            self.add(
                month, group, dim, names, list(flags), counts.reshape(len(names), width) @ bits
            )

    def add(
        self,
        month: int,
        group: str,
        dim: str,
        names: Sequence[str],
        quantities: Sequence[Quantity],
        counts: npt.NDArray[np.integer],
    ) -> None:
        """Add a table of counts, (categories x quantities) or (quantities) for a total."""
        counts = np.asarray(counts).reshape(len(names), len(quantities))
        columns = {
            "quantity": np.repeat(np.array([q for q, _ in quantities], dtype=object), len(names)),
            "variant": np.repeat(np.array([v for _, v in quantities], dtype=object), len(names)),
            "month": np.full(counts.size, month, dtype=np.int32),
            "group": np.full(counts.size, group, dtype=object),
            "dim1": np.full(counts.size, dim, dtype=object),
            "value1": np.tile(np.array(names, dtype=object), len(quantities)),
            "n": counts.T.reshape(-1).astype(np.int64),
        }
        for name, values in columns.items():
            self._columns[name].append(values)

    def table(self) -> pd.DataFrame:
        """The long table of what was counted."""
        if not self._columns["n"]:
            return joined([])
        return joined(
            [pd.DataFrame({name: np.concatenate(parts) for name, parts in self._columns.items()})]
        )


def breakdowns(group: str) -> tuple[str, ...]:
    """The breakdowns of a group: impairments and job centres are known for the target group alone."""
    return OF_TARGET_GROUP if group == "T" else OF_EVERYBODY


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Partial results added up by key, in the order of the keys."""
    if not tables:
        whole = {"month": np.int32, "n": np.int64}
        return pd.DataFrame({c: np.array([], whole.get(c, object)) for c in [*KEYS, "n"]})
    everything = pd.concat(tables, ignore_index=True)
    return everything.groupby(KEYS, sort=True)["n"].sum().reset_index()
