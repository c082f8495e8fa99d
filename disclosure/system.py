"""A tidy table as cells, relations and figures.

Belongs here: which cell each number of a table is, so that the same people are one unknown wherever
they stand. Not here: the sums between cells (`equations`), whom a figure counts (`quantities`),
what is hidden (`suppression`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from disclosure.cells import CellSystem, Figures, Ints
from disclosure.equations import (
    KEY,
    Equations,
    add_breakdowns,
    add_complements,
    add_groups,
    add_nested,
    add_summed_variants,
    add_twelve_months,
)
from disclosure.quantities import MEASURES, UNCOUNTED, WINDOW, Counted, Place, Vocabulary

_TEXT = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]
_NUMBERS = ["numerator", "denominator", "value", "low", "high"]
_IDENTITY = ["variant", "period", "group", "dim1", "value1"]

# What a figure is worth when one must be given up: a total more than any breakdown, a headline
# variant more than its companion.
_TOTAL_WORTH, _HEADLINE_WORTH = 1000, 3


@dataclass(frozen=True, eq=False)
class TableSystem:
    """The system of a table, and what its rows, by position, show of it."""

    system: CellSystem
    figures: Figures


def build(table: pd.DataFrame, vocabulary: Vocabulary) -> TableSystem:
    """The cells and relations of an unprotected tidy table of totals and one-way breakdowns.

    The result does not depend on the rows' order but for `figures`, whose rows are positions in
    `table`. Raises ValueError, naming place and rule and never a count, where a row cannot be
    protected: a two-way row, an indicator the vocabulary lacks, a figure whose people are not
    given, a count that is no whole number, or the same people counted differently in two places.
    """
    rows = table[_TEXT].astype("object").fillna("").astype("str")
    rows = rows.assign(**{name: table[name].astype("float64") for name in _NUMBERS})
    rows = rows.reset_index(drop=True).rename_axis("row").reset_index()
    if (rows["dim2"] != "").any():
        raise ValueError("two-way rows cannot be protected yet")
    rows["shown"] = rows[_NUMBERS].notna().any(axis=1)
    uses = _uses(rows, vocabulary)
    uses["cell"], cells = _cells(uses, vocabulary)
    links = _links(rows, uses, vocabulary)
    _require_all_linked(rows, links["row"])

    equations = Equations(
        cells["count"].to_numpy(np.int64),
        cells["weight"].to_numpy(np.int64),
        cells["scale"].to_numpy(np.int64),
    )
    add_breakdowns(equations, uses.drop_duplicates(KEY).sort_values(KEY, kind="stable"))
    add_nested(equations, cells, vocabulary)
    add_groups(equations, cells)
    add_summed_variants(equations, cells, vocabulary)
    add_twelve_months(equations, cells)
    shares = uses[uses["role"] == "numerator"].merge(
        uses[uses["role"] == "denominator"], on="row", suffixes=("", "_of")
    )
    complements = add_complements(
        equations, shares["cell"].to_numpy(np.int64), shares["cell_of"].to_numpy(np.int64)
    )
    exists = complements >= 0
    figures = Figures(
        length=len(table),
        rows=np.concatenate([_ints(links["row"]), _ints(shares["row"])[exists]]),
        cells=np.concatenate([_ints(links["cell"]), complements[exists]]),
    )
    return TableSystem(system=equations.system(), figures=figures)


def _uses(rows: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Every number of people a row shows: `row`, `role`, KEY, `count`, `scale`, `weight`."""
    parts = []
    unknown = set(rows.loc[rows["shown"], "indicator"]) - set(vocabulary.counted)
    if unknown:
        raise ValueError(f"not known whom these count: {', '.join(sorted(unknown))}")
    variants = {variant: variant.split("|") for variant in rows["variant"].unique()}
    months = {period: _month_number(period) for period in rows["period"].unique()}
    minor = rows["variant"].map({v: bool(vocabulary.minor & {*q}) for v, q in variants.items()})
    rows = rows.assign(
        month=rows["period"].map(months).astype("int64"),
        weight=np.where(rows["dim1"] == "", _TOTAL_WORTH, 1) * np.where(minor, 1, _HEADLINE_WORTH),
    )
    for indicator, own in rows.groupby("indicator", sort=True):
        counted = vocabulary.counted.get(str(indicator), Counted())
        if counted.numerator:
            people = [v for v, qualifiers in variants.items() if not UNCOUNTED & {*qualifiers}]
            numerators = own[own["numerator"].notna() & own["variant"].isin(people)]
            parts.append(
                numerators.assign(
                    role="numerator",
                    quantity=counted.numerator,
                    count=numerators["numerator"],
                    scale=1,
                )
            )
        if counted.denominator:
            parts.append(_denominators(own[own["denominator"].notna()], counted, vocabulary))
    columns = ["row", "role", *KEY, "count", "scale", "weight"]
    nobody = rows[:0].assign(role="", quantity="", count=0.0, scale=1)
    uses = (pd.concat(parts) if parts else nobody)[columns]
    counts = uses["count"].to_numpy(np.float64)
    whole = np.rint(counts)
    if (np.abs(counts - whole) > 1e-6).any() or (whole < 0).any():
        raise ValueError("a number of people is not a whole number")
    return uses.assign(count=whole.astype(np.int64)).reset_index(drop=True)


def _denominators(own: pd.DataFrame, counted: Counted, vocabulary: Vocabulary) -> pd.DataFrame:
    people = {
        variant: "" if counted.of_all else _without(variant, MEASURES)
        for variant in own["variant"].unique()
    }
    # Over twelve months the denominator is the mean of the months: what it adds up is counted.
    scale = {v: 12 if counted.lag and WINDOW in v.split("|") else 1 for v in people}
    scales = own["variant"].map(scale).astype("int64")
    whole = own["dim1"].isin(vocabulary.whole_dims)
    return own.assign(
        role="denominator",
        quantity=counted.denominator,
        variant=own["variant"].map(people),
        month=own["month"] - counted.lag,
        dim1=own["dim1"].mask(whole, ""),
        value1=own["value1"].mask(whole, ""),
        count=own["denominator"] * scales,
        scale=scales,
    )


def _cells(uses: pd.DataFrame, vocabulary: Vocabulary) -> tuple[pd.Series, pd.DataFrame]:
    """The cell of each use, and the cells in the order of their keys: KEY, `cell`, and numbers."""
    places = uses[[*KEY, "count", "scale", "weight"]].copy()
    for known, same in vocabulary.same.items():
        at = _at(uses, known)
        places.loc[at, ["quantity", "dim1", "value1"]] = [same.quantity, same.dim, same.category]
        if same.variant:
            places.loc[at, "variant"] = same.variant
    groups = places.groupby(KEY, sort=True)
    found = groups.agg(
        count=("count", "min"),
        most=("count", "max"),
        scale=("scale", "max"),
        weight=("weight", "sum"),
    ).reset_index()
    torn = found[found["count"] != found["most"]]
    if len(torn):
        place = torn.iloc[0]
        names = ", ".join(str(place[name]) for name in KEY if name != "month" and place[name])
        raise ValueError(f"the same people are counted differently in two places: {names}")
    found["cell"] = np.arange(len(found))
    return groups.ngroup(), found


def _at(uses: pd.DataFrame, place: Place) -> pd.Series:
    here = (uses["quantity"] == place.quantity) & (uses["dim1"] == place.dim)
    here &= uses["value1"] == place.category
    return here & (uses["variant"] == place.variant) if place.variant else here


def _links(rows: pd.DataFrame, uses: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """`row` and `cell` of everything a row shows or is derived from."""
    parts = [uses[["row", "cell"]]]
    numbered = rows[["row", "indicator", *_IDENTITY]]
    for indicator, counted in vocabulary.counted.items():
        if not counted.derived_from:
            continue
        derived = numbered[rows["shown"] & (rows["indicator"] == indicator)]
        plain = {v: _without(v, counted.drops) for v in derived["variant"].unique()}
        derived = derived.assign(variant=derived["variant"].map(plain))
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


def _month_number(period: str) -> int:
    year, month = period.split("-")
    return 12 * int(year) + int(month) - 1


def _without(variant: str, qualifiers: frozenset[str]) -> str:
    return "|".join(part for part in variant.split("|") if part not in qualifiers)


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy(np.int64)
