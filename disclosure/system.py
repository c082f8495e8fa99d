"""A tidy table as cells, relations and figures.

Belongs here: which cell each number of a table is, so that the same people are one unknown wherever
they stand, and what of them is primary. Not here: whom a row counts (`uses`, `quantities`), the
sums between cells (`sums`, `running`), what is hidden (`patterns`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from disclosure.equations import Equations
from disclosure.figures import Figures
from disclosure.patterns.cells import CellSystem, Ints
from disclosure.running import add_twelve_months, add_yearly
from disclosure.sums import (
    KEY,
    add_breakdowns,
    add_complements,
    add_groups,
    add_nested,
    add_schemes,
    add_summed,
    add_within,
    by_quantity,
)
from disclosure.texts import by_text, windowed, without
from disclosure.uses import nobodys, rows_of, uses_of
from disclosure.vocabulary import KRONER, Place, Vocabulary

_IDENTITY = ["variant", "period", "group", "dim1", "value1", "dim2", "value2"]

SMALL_GROUP = 2
"""A group of fewer people than so many thresholds is small: that all of it are alike says something of each."""

_MONEY_MARGIN = 0.2
"""How far, as a share of it, an amount spent on few people must be believable to be off."""

_ACROSS_MONTHS = 1_000_000
"""Blocks from here on hold quantities whose sums over time bind all months."""


@dataclass(frozen=True, eq=False)
class TableSystem:
    """The system of a table; what its rows, by position, show of it; the key of each published cell, the first ones; and the
    rows, int64, of which it is not told how many people they are made of: they are hidden whatever they show."""

    system: CellSystem
    figures: Figures
    keys: pd.DataFrame
    unfounded: Ints


def build(table: pd.DataFrame, vocabulary: Vocabulary, threshold: int) -> TableSystem:
    """The cells and relations of an unprotected tidy table.

    The result does not depend on the rows' order but for `figures`, whose rows are positions in
    `table`. Raises ValueError, naming place and rule and never a count, where a row cannot be
    protected: an indicator the vocabulary lacks, a figure whose people are not given, a count that
    is no whole number, or the same people counted differently in two places.
    """
    rows = rows_of(table, vocabulary)
    uses = uses_of(rows, vocabulary)
    uses["cell"], cells = _cells(uses, vocabulary)
    links = _links(rows, uses, vocabulary)
    counted = rows[~nobodys(rows, vocabulary)]
    bare = counted["shown"] & ~counted["row"].isin(links["row"])
    unfounded = _ints(counted.loc[bare, "row"])

    equations = Equations(
        cells["count"].to_numpy(np.float64), cells["scale"].to_numpy(np.float64), _blocks(cells)
    )
    # By the names they stand under: people can be counted in the months under another name than in the year.
    places = uses[[*KEY, "cell"]].drop_duplicates(KEY).sort_values(KEY, kind="stable")
    of = by_quantity(cells)
    add_breakdowns(equations, places, vocabulary)
    add_nested(equations, of, vocabulary)
    add_within(equations, by_quantity(places), vocabulary)
    add_groups(equations, cells)
    add_summed(equations, of, vocabulary)
    add_schemes(equations, cells, vocabulary)
    add_twelve_months(equations, places, vocabulary)
    add_yearly(equations, cells, vocabulary)
    shares = _shares(rows, uses, vocabulary)
    complements = add_complements(equations, _ints(shares["cell"]), _ints(shares["cell_of"]))
    exists = complements >= 0
    figures = Figures(
        length=len(table),
        rows=np.concatenate([_ints(links["row"]), _ints(shares["row"])[exists]]),
        cells=np.concatenate([_ints(links["cell"]), complements[exists]]),
    )
    system = _finished(equations, cells, threshold)
    alike = shares["quantity"].isin(vocabulary.all_alike).to_numpy(np.bool_) & exists
    alike &= (shares["count_of"] < SMALL_GROUP * threshold).to_numpy(np.bool_) & (
        shares["count_of"] > 0
    ).to_numpy(np.bool_)
    nobody_else = np.unique(complements[alike])
    nobody_else = nobody_else[system.value[nobody_else] == 0]
    system.reach[nobody_else] = 1.0
    _protect_money(system, cells, vocabulary, threshold)
    return TableSystem(system=system, figures=figures, keys=cells[KEY], unfounded=unfounded)


def _finished(equations: Equations, cells: pd.DataFrame, threshold: int) -> CellSystem:
    """The system of people; zeros are shown, so a reader knows of a published count that it is at least 1."""
    n, published = len(equations.value), len(cells)
    weight, last = np.ones(n), np.zeros(n, dtype=np.bool_)
    weight[:published] = cells["weight"]
    last[:published] = cells["dim1"] == ""
    system = CellSystem.counts(
        equations.value,
        equations.matrix(),
        threshold,
        weight=weight,
        published=np.arange(n) < published,
        last=last,
        scale=equations.scale,
    )
    position = pd.Series(np.arange(published), index=pd.MultiIndex.from_frame(cells[KEY]))
    earlier = cells[KEY].assign(month=cells["month"] - 1)
    before = equations.before(
        position.reindex(pd.MultiIndex.from_frame(earlier), fill_value=-1).to_numpy(np.int64)
    )
    # Nobody says of an unpublished number that it is not zero.
    return replace(
        system,
        lower=np.where(system.published, system.lower, np.minimum(system.value, 0.0)),
        block=equations.block,
        before=before,
    )


def _protect_money(
    system: CellSystem, cells: pd.DataFrame, vocabulary: Vocabulary, threshold: int
) -> None:
    """An amount is primary where those it is spent on are fewer than the threshold, or not counted."""
    people = {*vocabulary.money.values()}
    of = ["variant", "month"]
    total = (cells["dim1"] == "") & (cells["group"] == "P")
    counted = cells[cells["quantity"].isin(people) & total].set_index(of)["count"]
    money = cells[cells["quantity"] == KRONER]
    behind = counted.reindex(pd.MultiIndex.from_frame(money[of])).fillna(0).to_numpy()
    at = _ints(money["cell"])
    few = at[(behind < threshold) & (system.value[at] != 0)]
    # More may have been paid back than was spent, and a reader knows no limit to that.
    system.lower[at] = np.minimum(0.0, 2 * system.value[at])
    system.reach[at] = system.fall[at] = np.nan
    margin = np.abs(system.value[few]) * _MONEY_MARGIN
    system.reach[few] = system.value[few] + margin
    system.fall[few] = system.value[few] - margin


def _blocks(cells: pd.DataFrame) -> Ints:
    """Months, and the quantities with sums over time, each on its own."""
    across = sorted(cells.loc[windowed(cells["variant"]), "quantity"].unique())
    number = {name: _ACROSS_MONTHS + at for at, name in enumerate(across)}
    return np.asarray(cells["quantity"].map(number).fillna(cells["month"]), dtype=np.int64)


def _cells(uses: pd.DataFrame, vocabulary: Vocabulary) -> tuple[pd.Series, pd.DataFrame]:
    """The cell of each use, and the cells in the order of their keys: KEY, `cell`, and numbers."""
    places = uses[[*KEY, "count", "scale", "weight"]].copy()
    of = {str(quantity): own for quantity, own in uses.groupby("quantity", sort=False)}
    for known, same in vocabulary.same.items():
        if known.quantity not in of:
            continue
        at = _at(of[known.quantity], known)
        places.loc[at, ["quantity", "dim1", "value1"]] = [same.quantity, same.dim, same.category]
        if same.variant is not None:
            places.loc[at, "variant"] = same.variant
    groups = places.groupby(KEY, sort=True)
    found = groups.agg(
        count=("count", "min"),
        most=("count", "max"),
        scale=("scale", "max"),
        weight=("weight", "sum"),
    ).reset_index()
    torn = found[np.abs(found["count"] - found["most"]) > 1e-6]
    if len(torn):
        place = torn.iloc[0]
        names = ", ".join(str(place[name]) for name in KEY if name != "month" and place[name])
        raise ValueError(f"the same people are counted differently in two places: {names}")
    found["cell"] = np.arange(len(found))
    return groups.ngroup(), found


def _at(own: pd.DataFrame, place: Place) -> pd.Index:
    """Which uses of a place's quantity are of the place."""
    here = (own["dim1"] == place.dim) & (own["value1"] == place.category) & (own["dim2"] == "")
    if place.variant is not None:
        here &= own["variant"] == place.variant
    return own.index[here]


def _shares(rows: pd.DataFrame, uses: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The rows whose numerator is part of their denominator: `row`, both cells, quantity and size."""
    apart = [name for name, counted in vocabulary.counted.items() if not counted.part]
    of = uses[~uses["row"].isin(rows.loc[rows["indicator"].isin(apart), "row"])]
    return of[of["role"] == "numerator"].merge(
        of[(of["role"] == "denominator") & (of["quantity"] != KRONER)],
        on="row",
        suffixes=("", "_of"),
    )


def _links(rows: pd.DataFrame, uses: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """`row` and `cell` of everything a row shows or is derived from."""
    parts = [uses[["row", "cell"]]]
    numbered = rows[["row", "indicator", *_IDENTITY]]
    for indicator, counted in vocabulary.counted.items():
        if not counted.derived_from:
            continue
        derived = numbered[rows["shown"] & (rows["indicator"] == indicator)]
        plain = by_text(derived["variant"], partial(without, qualifiers=counted.drops), "str")
        derived = derived.assign(variant=plain)
        source = numbered[numbered["indicator"] == counted.derived_from]
        source = source.merge(uses[["row", "cell"]], on="row")
        for group in ("T", "R"):
            people = source.loc[source["group"] == group, [*_IDENTITY, "cell"]]
            on = [name for name in _IDENTITY if name != "group"]
            both = derived[["row", *on]].merge(people, on=on)
            _require_all_linked(rows[rows["row"].isin(derived["row"])], both["row"])
            parts.append(both[["row", "cell"]])
    return pd.concat(parts)


def _require_all_linked(rows: pd.DataFrame, linked: pd.Series) -> None:
    """Nothing is shown whose people are unknown: it could not be protected."""
    bare = rows.loc[rows["shown"] & ~rows["row"].isin(linked), "indicator"]
    if len(bare):
        names = ", ".join(sorted(set(bare)))
        raise ValueError(f"figures are shown without the people they are made of: {names}")


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy(np.int64)
