"""Sums over time: twelve months, and the months since January.

Belongs here: what neighbouring months' sums tell of the months between. Not here: sums within a
month (`sums`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from disclosure.equations import Equations
from disclosure.patterns.cells import Ints
from disclosure.sums import KEY, but
from disclosure.texts import windowed, without_window
from disclosure.vocabulary import WINDOW, Vocabulary


def add_twelve_months(equations: Equations, cells: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """A twelve-month sum is its months, and the sum before it, with the month that enters and without the one that leaves.

    A month before the table begins is unpublished, but the two sums beside it tell it: it is a cell like any other.
    Quantities nested in their twelve months (people, who are counted once) do not add up and are left out.
    """
    nested = {nest.quantity for nest in vocabulary.nested if nest.outer == WINDOW}
    cells = cells[~cells["quantity"].isin(nested)]
    is_sum = windowed(cells["variant"])
    sums = cells.loc[is_sum, [*KEY, "cell"]].reset_index(drop=True)
    sums["variant"] = without_window(sums["variant"])
    single = cells.loc[~is_sum, [*KEY, "cell"]]
    before = sums.assign(month=sums["month"] + 1)
    steps = sums.merge(before, on=KEY, suffixes=("", "_before"))
    steps = steps.merge(single.rename(columns={"cell": "enters"}), on=KEY)
    leaves = single.assign(month=single["month"] + 12).rename(columns={"cell": "leaves"})
    steps = steps.merge(leaves, on=KEY, how="left").sort_values(KEY, kind="stable")
    value = equations.value
    now, earlier, enters = (_ints(steps[name]) for name in ("cell", "cell_before", "enters"))
    left = value[earlier] + value[enters] - value[now]
    shown = steps["leaves"].notna().to_numpy(np.bool_)
    gone = steps["leaves"].fillna(-1).to_numpy(np.int64, copy=True)
    # A month that would have been negative says that the sums are not of these months: they bind nothing.
    fits = (left >= 0) & (~shown | (left == value[gone]))
    new = fits & ~shown
    # It is a month's people as those who enter are, and no mean of twelve.
    gone[new] = equations.unpublished(left[new], enters[new])
    equations.relate(
        (now[fits], 1.0), (gone[fits], 1.0), (earlier[fits], -1.0), (enters[fits], -1.0)
    )
    unseen = steps.loc[new, KEY].assign(month=steps.loc[new, "month"] - 12, cell=gone[new])
    _add_first_sums(equations, sums, pd.concat([single, unseen]))


def _add_first_sums(equations: Equations, sums: pd.DataFrame, single: pd.DataFrame) -> None:
    """The first sum of each series is the months known of it and the rest; the steps tell all later ones."""
    by = but("month")
    first = sums.sort_values(KEY, kind="stable").drop_duplicates(by)
    months = single.merge(first, on=by, suffixes=("", "_total"))
    months = months[
        (months["month"] <= months["month_total"]) & (months["month"] > months["month_total"] - 12)
    ]
    groups = months.groupby(by, sort=True)
    totals, known = _ints(groups["cell_total"].first()), groups.size().to_numpy()
    rests = equations.add(
        totals, _ints(groups.ngroup()), _ints(months["cell"]), complete=known == 12
    )
    # Of a mean of twelve months fewer are left.
    left = rests >= 0
    scale = equations.scale[totals[left]]
    equations.scale[rests[left]] = np.where(scale > 1, scale - known[left], scale)


def add_yearly(equations: Equations, cells: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """A sum since January is that of the month before and the month; in January it is the month."""
    on = but("variant")
    for quantity, (running, plain) in vocabulary.yearly.items():
        own = cells[cells["quantity"] == quantity]
        total, single = (
            own.loc[own["variant"] == variant, [*on, "cell"]] for variant in (running, plain)
        )
        before = total.assign(month=total["month"] + 1)
        before = before[before["month"] % 12 != 0]
        joined = total.merge(single, on=on, suffixes=("", "_single"))
        joined = joined.merge(before, on=on, how="left", suffixes=("", "_before")).sort_values(
            on, kind="stable"
        )
        now, month = _ints(joined["cell"]), _ints(joined["cell_single"])
        earlier = joined["cell_before"].fillna(-1).to_numpy(np.int64)
        january = (joined["month"] % 12 == 0).to_numpy(np.bool_)
        value = equations.value
        known = np.where(earlier >= 0, value[earlier], 0.0)
        # A mean whose months are not all there is no such sum.
        fits = (january | (earlier >= 0)) & (value[now] == known + value[month])
        begun, goes_on = fits & january, fits & ~january
        equations.relate((now[begun], 1.0), (month[begun], -1.0))
        equations.relate((now[goes_on], 1.0), (month[goes_on], -1.0), (earlier[goes_on], -1.0))


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy(np.int64)
