"""Which places of a tidy table add up: breakdowns, crossings, groups, variants, months.

Belongs here: finding among cells with their keys those that one relation binds. Not here: the
relation itself (`equations`), making cells out of rows (`system`), whom a figure counts
(`quantities`).

Every frame of places has the columns KEY and `cell`, a row a place.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from disclosure.equations import Equations
from disclosure.patterns.cells import Ints
from disclosure.texts import by_text, windowed, without_window
from disclosure.vocabulary import Place, Vocabulary

CATEGORY = ["dim1", "value1", "dim2", "value2"]
KEY = ["quantity", "variant", "month", "group", *CATEGORY]

Cells = Mapping[str, pd.DataFrame]
"""Frames of places by their quantity, each with two more columns: `where`, the number of a place's month, group and
categories in their order, and `whole`, that of the total."""


_AT = ["variant", "where"]


def but(*names: str) -> list[str]:
    """The key without some of its columns."""
    return [name for name in KEY if name not in names]


def by_quantity(cells: pd.DataFrame) -> Cells:
    """The cells of each quantity, in their order."""
    keys = cells[but("quantity", "variant")]
    both = pd.concat([keys, keys.assign(**dict.fromkeys(CATEGORY, ""))])
    where, whole = np.split(both.groupby([*keys], sort=True).ngroup().to_numpy(), 2)
    cells = cells.assign(where=where, whole=whole)
    return {str(quantity): own for quantity, own in cells.groupby("quantity", sort=False)}


def add_breakdowns(equations: Equations, places: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """The categories of a breakdown sum to the total, and those of a crossing to both of its margins.

    `places` can name one cell in several places. A margin that stands in no table is taken to the total.
    """
    one = places[(places["dim1"] != "") & (places["dim2"] == "")]
    two = places[places["dim2"] != ""]
    second = two.assign(
        dim1=two["dim2"], value1=two["value2"], dim2=two["dim1"], value2=two["value1"]
    )
    margins = places[places["dim2"] == ""]
    _add_margin(equations, one, margins, vocabulary, kept=[])
    for crossing in (two, second):
        _add_margin(equations, crossing, margins, vocabulary, kept=["dim1", "value1"])


def _add_margin(
    equations: Equations,
    parts: pd.DataFrame,
    margins: pd.DataFrame,
    vocabulary: Vocabulary,
    kept: list[str],
) -> None:
    summed = [name for name in CATEGORY if name.startswith("dim") and name not in kept]
    totals = margins if kept else margins[margins["dim1"] == ""]
    whole = parts["quantity"].isin(vocabulary.whole_variants)
    if kept:
        whole &= ~_among(parts, vocabulary.whole_dims)
    parts = parts.assign(variant=parts["variant"].mask(whole, ""), own=parts["variant"])
    on = ["quantity", "variant", "month", "group", *kept]
    joined = parts.merge(totals[[*on, "cell"]], on=on, suffixes=("", "_total"))
    by = [*on, "own", *summed]
    _add_groups(equations, joined, by)
    overlapping = _among(joined, vocabulary.overlapping_dims)
    _add_each(equations, joined[overlapping & (joined["dim2"] == "")])


def _among(places: pd.DataFrame, known: frozenset[tuple[str, str]]) -> pd.Series:
    among = pd.Series(False, index=places.index)
    for quantity, dim in known:
        among |= (places["quantity"] == quantity) & (places["dim1"] == dim)
    return among


def add_complements(equations: Equations, numerator: Ints, denominator: Ints) -> Ints:
    """Those of each denominator who are not in the numerator; their cells, -1 where there are none.

    A rate over months added up (`scale`) has no such people.
    """
    pairs, at = np.unique(np.stack([denominator, numerator]), axis=1, return_inverse=True)
    totals, parts = pairs[0], pairs[1]
    usable = (equations.scale[totals] == 1) & (totals != parts)
    usable &= equations.value[totals] >= equations.value[parts]
    rests = np.full(len(totals), -1, dtype=np.int64)
    each = np.arange(int(usable.sum()))
    rests[usable] = equations.add(totals[usable], each, parts[usable], complete=False)
    found: Ints = rests[at.ravel()]
    return found


def add_nested(equations: Equations, cells: Cells, vocabulary: Vocabulary) -> None:
    """A variant within another: outer = inner + the difference, published or not."""
    for nest in (nest for nest in vocabulary.nested if nest.quantity in cells):
        own = cells[nest.quantity]
        outer, inner, difference = (
            own.loc[own["variant"] == variant, ["where", "cell"]]
            for variant in (nest.outer, nest.inner, nest.difference)
        )
        _add_joined(equations, outer, inner, difference, ["where"])


def add_within(equations: Equations, cells: Cells, vocabulary: Vocabulary) -> None:
    """One quantity's people among another's: outer = inner + an unpublished rest."""
    for pair in vocabulary.within:
        if not {pair.inner.quantity, pair.outer.quantity} <= cells.keys():
            continue
        inner, outer = _at(cells, pair.inner, pair.inner), _at(cells, pair.outer, pair.inner)
        _add_each(equations, inner.merge(outer, on=_AT, suffixes=("", "_total")))


def add_summed(equations: Equations, cells: Cells, vocabulary: Vocabulary) -> None:
    """Some quantities' counts add up to another's."""
    for total in (total for total in vocabulary.summed if total.total.quantity in cells):
        joined = _at(cells, total.total, total.total)
        parts = []
        # A category nobody is in may stand in no row.
        there = [place for place in total.parts if place.quantity in cells]
        for number, place in enumerate(there):
            parts.append(f"part{number}")
            part = _at(cells, place, total.total).rename(columns={"cell": parts[-1]})
            joined = joined.merge(part, on=_AT, how="left")
        members = joined[parts].fillna(-1).to_numpy(np.int64)
        each, column = np.nonzero(members >= 0)
        equations.add(_ints(joined["cell"]), each, members[each, column], complete=True)


def _at(cells: Cells, place: Place, base: Place) -> pd.DataFrame:
    """The cells at a place, under the variant and category of `base`, so that two places can be joined: `_AT` and `cell`."""
    own = cells[place.quantity]
    if place.variant is not None and base.variant is not None:
        own = own[own["variant"] == place.of("")].assign(variant=base.of(""))
    elif place.variant is not None:
        # One variant holds those of every variant of the other.
        variants = cells[base.quantity][["variant"]].drop_duplicates()
        own = (
            own[own["variant"] == place.variant]
            .drop(columns="variant")
            .merge(variants, how="cross")
        )
    elif place.windowed:
        own = own[windowed(own["variant"])]
        own = own.assign(variant=without_window(own["variant"]))
    if place.dim or base.dim:
        own = own[
            (own["dim1"] == place.dim) & (own["value1"] == place.category) & (own["dim2"] == "")
        ]
        own = own.assign(where=own["whole"])
    return own[[*_AT, "cell"]]


def add_groups(equations: Equations, cells: pd.DataFrame) -> None:
    """T + R = P where both T and P are published; R is published or the rest."""
    people, target, others = (
        cells.loc[cells["group"] == group, [*but("group"), "cell"]] for group in ("P", "T", "R")
    )
    _add_joined(equations, people, target, others, but("group"))


def add_schemes(equations: Equations, cells: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """`all` is the sum of the schemes, those counted in several apart; and holds each of them where people overlap."""
    own = cells[cells["quantity"].isin(vocabulary.schemes)]
    own = own.assign(
        scheme=by_text(own["variant"], lambda variant: variant.partition("|")[0], "str"),
        rest=by_text(own["variant"], lambda variant: variant.partition("|")[2], "str"),
    ).drop(columns="variant")
    on = [*but("variant"), "rest"]
    joined = own[own["scheme"] != "all"].merge(
        own.loc[own["scheme"] == "all", [*on, "cell"]], on=on, suffixes=("", "_total")
    )
    _add_groups(equations, joined, on)
    _add_each(equations, joined[joined["quantity"].isin(vocabulary.overlapping)])


def _add_each(equations: Equations, joined: pd.DataFrame) -> None:
    """Each `cell` is among those of its `cell_total`."""
    pairs = joined[["cell_total", "cell"]].drop_duplicates().sort_values(["cell_total", "cell"])
    equations.add(
        _ints(pairs["cell_total"]), np.arange(len(pairs)), _ints(pairs["cell"]), complete=False
    )


def _add_joined(
    equations: Equations,
    totals: pd.DataFrame,
    parts: pd.DataFrame,
    others: pd.DataFrame,
    on: list[str],
) -> None:
    """total = part + other, where total and part are published; complete where the other is."""
    joined = totals.merge(parts, on=on, suffixes=("_total", "_part"))
    joined = joined.merge(others, on=on, how="left").sort_values(on, kind="stable")
    other = joined["cell"].fillna(-1).to_numpy(np.int64)
    each, shown = np.arange(len(joined)), other >= 0
    equations.add(
        _ints(joined["cell_total"]),
        np.concatenate([each, each[shown]]),
        np.concatenate([_ints(joined["cell_part"]), other[shown]]),
        complete=shown,
    )


def _add_groups(equations: Equations, parts: pd.DataFrame, by: list[str]) -> None:
    """One relation a group of `parts`, whose total is column `cell_total`."""
    groups = parts.groupby(by, sort=True)
    equations.add(
        _ints(groups["cell_total"].first()),
        _ints(groups.ngroup()),
        _ints(parts["cell"]),
        complete=True,
    )


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy(np.int64)
