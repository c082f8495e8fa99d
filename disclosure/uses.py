"""Every number of people, or of kroner, that a tidy table shows, and whom it counts.

Belongs here: from rows to uses of cells, by the vocabulary. Not here: the cells and their relations
(`system`), the vocabulary of our indicators (`quantities`).
"""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pandas as pd

from disclosure.sums import CATEGORY, KEY
from disclosure.texts import by_text, windowed, without
from disclosure.vocabulary import KRONER, MEASURES, UNCOUNTED, WINDOW, Counted, Vocabulary

TEXT = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]
NUMBERS = ["numerator", "denominator", "value", "low", "high"]
USE = ["row", "role", *KEY, "count", "scale", "weight"]

# What a figure is worth when one must be given up: a total more than a breakdown, that more than a crossing, and a headline
# variant more than its companion.
_TOTAL_WORTH, _BREAKDOWN_WORTH, _HEADLINE_WORTH = 200, 4, 3
_MONTH = re.compile(r"\d{4}-\d{2}")
_NO_MONTH = -1
_THOUSAND = 1000.0


def rows_of(table: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The rows with blanks as blank text, their position as `row`, `month`, `weight`, and whether they are `shown`."""
    rows = table[TEXT].astype("object").fillna("").astype("str")
    rows = rows.assign(**{name: table[name].astype("float64") for name in NUMBERS})
    rows = rows.reset_index(drop=True).rename_axis("row").reset_index()
    rows[TEXT] = rows[TEXT].astype("str")
    minor = by_text(rows["variant"], lambda v: bool(vocabulary.minor & {*v.split("|")}), "bool")
    worth = np.select(
        [rows["dim1"] == "", rows["dim2"] == ""], [_TOTAL_WORTH, _BREAKDOWN_WORTH], default=1
    )
    return rows.assign(
        shown=rows[NUMBERS].notna().any(axis=1),
        month=by_text(rows["period"], month_number, "int64"),
        weight=worth * np.where(minor, 1, _HEADLINE_WORTH),
    )


def nobodys(rows: pd.DataFrame, vocabulary: Vocabulary) -> pd.Series:
    """Which rows count no people, bool."""
    free = rows["indicator"].isin(list(vocabulary.nobody))
    for indicator, counted in vocabulary.counted.items():
        if counted.only:
            free |= (rows["indicator"] == indicator) & ~rows["variant"].isin(list(counted.only))
    return free


def uses_of(rows: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The uses, columns `USE`; ValueError for an indicator the vocabulary lacks and a count that is no whole number."""
    known = {*vocabulary.counted, *vocabulary.nobody, *vocabulary.money}
    unknown = set(rows.loc[rows["shown"], "indicator"]) - known
    if unknown:
        raise ValueError(f"not known whom these count: {', '.join(sorted(unknown))}")
    every, rows = rows, rows[~nobodys(rows, vocabulary)]
    nobody = rows[:0].assign(role="", quantity="", count=0.0, scale=1.0)
    parts = [nobody]
    for indicator, own in rows.groupby("indicator", sort=True):
        if indicator in vocabulary.money:
            parts += _money(own)
        elif indicator in vocabulary.counted:
            counted = vocabulary.counted[str(indicator)]
            beside = every[every["indicator"] == indicator] if counted.apart_without else own
            parts.append(_numerators(own, counted, beside))
            parts.append(_denominators(own, counted, vocabulary))
    uses = pd.concat([part[USE] for part in parts if len(part)] or [nobody[USE]])
    counts = uses["count"].to_numpy(np.float64)
    whole, people = np.rint(counts), (uses["quantity"] != KRONER).to_numpy(np.bool_)
    # Kroner can be less than nothing: what was paid back is booked as income.
    if (np.abs(counts - whole)[people] > 1e-6).any() or (counts[people] < 0).any():
        raise ValueError("a number of people is not a whole number")
    uses = uses.astype(dict.fromkeys(["quantity", "variant", "group", *CATEGORY], "str"))
    return uses.assign(count=np.where(people, whole, counts)).reset_index(drop=True)


def _numerators(own: pd.DataFrame, counted: Counted, beside: pd.DataFrame) -> pd.DataFrame:
    if not counted.numerator:
        return own[:0].assign(role="", quantity="", count=0.0, scale=1.0)
    own = own[own["numerator"].notna()]
    own = own[by_text(own["variant"], partial(_counts_people, counted=counted), "bool")]
    averaged = own["variant"].isin(list(counted.month_means))
    return own.assign(
        role="numerator",
        quantity=_quantity(own, counted, beside),
        variant=by_text(own["variant"], partial(_people, counted=counted), "str"),
        count=own["numerator"],
        scale=np.where(averaged, own["denominator"].fillna(1), 1.0),
    )


def _quantity(own: pd.DataFrame, counted: Counted, beside: pd.DataFrame) -> pd.Series | str:
    """Whom each row counts: those of categories that the total leaves out are others."""
    if not counted.apart_without:
        return counted.numerator
    place = ["period", "group", *CATEGORY]
    left_out = (beside["variant"] == counted.apart_without) & ~beside["shown"]
    left_out &= beside["dim1"] != ""
    apart = own.merge(beside.loc[left_out, place].assign(apart=True), on=place, how="left")["apart"]
    names = np.where(apart.notna(), f"{counted.numerator} apart", counted.numerator)
    return pd.Series(names, index=own.index)


def _counts_people(variant: str, counted: Counted) -> bool:
    """Whether the numerators of a variant are numbers of people, and no sums of days or hours."""
    return variant in counted.month_means or not UNCOUNTED & {*variant.split("|")}


def _people(variant: str, counted: Counted) -> str:
    """The variant under which a row's numerator is counted."""
    named = _plain(counted.alias.get(variant, variant), counted)
    return f"{named}|{WINDOW}" if counted.windowed else named


def _plain(variant: str, counted: Counted) -> str:
    """A variant without the month it is compared with."""
    if not counted.baseline:
        return variant
    return "|".join(part for part in variant.split("|") if not _MONTH.fullmatch(part))


def _denominators(own: pd.DataFrame, counted: Counted, vocabulary: Vocabulary) -> pd.DataFrame:
    if not counted.denominator:
        return own[:0].assign(role="", quantity="", count=0.0, scale=1.0)
    own = own[own["denominator"].notna()]
    # Over twelve months the denominator of a rate is the mean of the months: what it adds up is counted.
    scales = np.where(windowed(own["variant"]), 12.0, 1.0) if counted.lag == 1 else 1.0
    month = own["month"] - counted.lag
    if counted.baseline:
        named = by_text(own["variant"], _month_named, "int64")
        month = month.mask(named != _NO_MONTH, named)
    whole = [dim for quantity, dim in vocabulary.whole_dims if quantity == counted.denominator]
    one, two = own["dim1"].isin(whole), own["dim2"].isin(whole)
    return own.assign(
        role="denominator",
        quantity=counted.denominator,
        variant=by_text(own["variant"], partial(_all_people, counted=counted), "str"),
        month=month,
        dim1=own["dim1"].mask(one, ""),
        value1=own["value1"].mask(one, ""),
        dim2=own["dim2"].mask(two, ""),
        value2=own["value2"].mask(two, ""),
        count=own["denominator"] * scales,
        scale=scales,
    )


def _all_people(variant: str, counted: Counted) -> str:
    """The variant under which a row's denominator is counted."""
    if counted.of_all:
        return ""
    dropped = frozenset() if counted.by_measure else MEASURES | counted.of_without
    return without(_plain(counted.of_alias.get(variant, variant), counted), dropped)


def _month_named(variant: str) -> int:
    """The month that a variant names, `_NO_MONTH` for none."""
    named = _MONTH.findall(variant)
    return month_number(named[0]) if named else _NO_MONTH


def _money(own: pd.DataFrame) -> list[pd.DataFrame]:
    """Kroner: of a share both sides, the second for all schemes; of an amount the value."""
    shares = own[own["numerator"].notna()]
    amounts = own[own["numerator"].isna() & own["value"].notna()]
    numerators = shares.assign(count=shares["numerator"] / _THOUSAND, role="numerator")
    denominators = shares.assign(
        count=shares["denominator"] / _THOUSAND, role="denominator", variant="all"
    )
    values = amounts.assign(count=amounts["value"] / _THOUSAND, role="numerator")
    return [part.assign(quantity=KRONER, scale=1.0) for part in (numerators, denominators, values)]


def month_number(period: str) -> int:
    """A month named YYYY-MM, counted from year 0."""
    year, month = period.split("-")
    return 12 * int(year) + int(month) - 1
