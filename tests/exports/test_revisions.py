"""What counts as a revised figure, and that a revision never says more than the two published sets."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pandas as pd
import pytest

from exports.revisions import Revisions, compare
from exports.tidy import COLUMNS, read_tidy, write_tidy

Cells = dict[str, Any]
GONE: Cells = {}
HIDDEN: Cells = {"flag": "suppressed"}
LATE: Cells = {"flag": "not_computed"}
NOTHING: Cells = {"flag": "missing", "numerator": 0.0, "denominator": 0.0}


def shown(n: float, of: float | None = None) -> Cells:
    """A count, or a share of `of`."""
    return {"numerator": n, "denominator": of, "value": n if of is None else n / of}


def table(*rows: tuple[str, Cells]) -> pd.DataFrame:
    """Rows of one statistic by period; no cells is no row."""
    blank: Cells = {**dict.fromkeys(COLUMNS, ""), "indicator": "unemployed", "unit": "personer"}
    numbers = dict.fromkeys(("numerator", "denominator", "value", "low", "high"), math.nan)
    made = [{**blank, **numbers, "period": period, **cells} for period, cells in rows if cells]
    return pd.DataFrame(made, columns=list(COLUMNS))


def changed(old: Cells, new: Cells) -> Revisions:
    """Before and now of May, told in a report of June that follows one of May."""
    always = ("2020-05", {**shown(50), "variant": "wide"})
    before = table(always, ("2020-05", old))
    now = table(always, ("2020-05", new), ("2020-06", shown(60)))
    return compare(before, now, lambda indicator: f"leverancen bag {indicator}")


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        (shown(10), shown(12), ("shown", 10.0, "shown", 12.0), "et andet tal"),
        (shown(10), shown(10), None, "det samme"),
        (shown(5, 10), shown(6, 12), ("shown", 0.5, "shown", 0.5), "samme andel af flere"),
        (shown(10), HIDDEN, ("shown", None, "suppressed", None), "nu skjult: intet tal vises"),
        (HIDDEN, shown(10), ("suppressed", None, "shown", None), "før skjult: intet tal vises"),
        (HIDDEN, HIDDEN, None, "skjult begge gange siger intet"),
        (shown(10), NOTHING, ("shown", None, "missing", None), "intet at dele med mere"),
        (NOTHING, shown(10), ("missing", None, "shown", None), "nu noget at dele med"),
        (shown(10), LATE, ("shown", None, "not_computed", None), "kan ikke længere opgøres"),
        (HIDDEN, LATE, ("suppressed", None, "not_computed", None), "kan ikke længere opgøres"),
        (shown(10), GONE, ("shown", None, "absent", None), "kategorien er væk"),
        (LATE, GONE, None, "har aldrig været vist"),
        (LATE, LATE, None, "stadig ikke opgjort"),
        (NOTHING, NOTHING, None, "det samme"),
    ],
)
def test_what_is_a_revision(old: Cells, new: Cells, told: tuple[Any, ...] | None, why: str) -> None:
    found = changed(old, new).figures
    if told is None:
        assert not found, why
    else:
        (one,) = found
        assert (one.old_state, one.old, one.new_state, one.new) == told, why
        assert (one.period, one.unit, one.cause) == (
            "2020-05",
            "personer",
            "leverancen bag unemployed",
        )


@pytest.mark.parametrize(
    ("old", "new"), list(itertools.product((LATE, GONE), (shown(10), HIDDEN, NOTHING)))
)
def test_a_figure_shown_for_the_first_time_is_new_and_no_revision(old: Cells, new: Cells) -> None:
    found = changed(old, new)
    assert not found.figures
    assert found.first_computed == (("unemployed", 1),)


def test_the_reports_own_new_month_is_no_revision() -> None:
    found = changed(shown(10), shown(10))
    assert (found.figures, found.first_computed) == ((), ())


def test_a_table_read_back_from_its_set_differs_in_nothing(builder: Any, tmp_path: Any) -> None:
    kept = builder.protected_table()
    write_tidy(kept, tmp_path / "indicators.csv")
    found = compare(read_tidy(tmp_path / "indicators.csv"), kept, str)
    assert (found.figures, found.first_computed) == ((), ())


def test_the_order_is_that_of_the_keys_whatever_the_rows(builder: Any) -> None:
    kept = builder.protected_table()
    other = kept.assign(value=kept["value"] + 1)
    found = compare(kept, other, str).figures
    shuffled = compare(
        kept.sample(frac=1, random_state=1), other.sample(frac=1, random_state=2), str
    )
    assert found == shuffled.figures
    assert len(found) == int(kept["value"].notna().sum())
