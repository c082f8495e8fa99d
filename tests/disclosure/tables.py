"""Small tidy tables for tests, a line a row."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "indicator",
    "variant",
    "period",
    "group",
    "dim1",
    "value1",
    "dim2",
    "value2",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "unit",
    "flag",
    "break",
    "definition_version",
]
NUMBERS = ["numerator", "denominator", "value", "low", "high"]


def row(
    place: str,
    numerator: float | None = None,
    denominator: float | None = None,
    *,
    value: float | None = None,
    month: str = "2020-06",
    flag: str = "",
) -> dict[str, object]:
    """A row of `indicator/variant/group` or `indicator/variant/group/dim1/value1`.

    The value is the count or the share unless it is given.
    """
    indicator, variant, group, *breakdown = place.split("/")
    dim, category = breakdown or ("", "")
    if value is None and numerator is not None:
        value = numerator / denominator if denominator else numerator
    return {
        "indicator": indicator,
        "variant": variant,
        "period": month,
        "group": group,
        "dim1": dim,
        "value1": category,
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "flag": flag,
    }


def tidy(*rows: dict[str, object]) -> pd.DataFrame:
    """The rows as a table with every column, NaN where blank."""
    table = pd.DataFrame(rows).reindex(columns=COLUMNS)
    for name in NUMBERS:
        table[name] = table[name].astype("float64")
    table["flag"] = table["flag"].astype("str")
    return table


def hidden(table: pd.DataFrame) -> set[str]:
    """The places whose figures are hidden, written as `row` takes them."""
    gone = table[table["flag"] == "suppressed"]
    names = gone[["indicator", "variant", "group", "dim1", "value1"]].fillna("").astype(str)
    return {"/".join(part).removesuffix("//") for part in names.itertuples(index=False)}


MAY, JUNE = "2020-05", "2020-06"
NEWCOMER = "exit_rate_job/wide|12m/T/district/Amager"


def newcomer(*months: str) -> pd.DataFrame:
    """A district where nobody was unemployed for a year until one of 31 was in May. With June among the months there is the
    mean of the twelve until then, of one person in one month (`NEWCOMER`)."""
    place = "unemployed/wide/T"
    rows = [
        row(place, 31, month=MAY),
        row(f"{place}/district/Amager", 1, month=MAY),
        row(f"{place}/district/Valby", 30, month=MAY),
        row(NEWCOMER, 0, 0, value=0, month=MAY),
    ]
    return tidy(*rows, *([row(NEWCOMER, 0, 1 / 12, month=JUNE)] if JUNE in months else []))
