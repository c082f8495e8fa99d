"""Faults in what hides and in what writes, each in a whole night: the gate stops publication with exit 40, nothing is
published, and one notice says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from assets import publishing
from disclosure.table import Summary, protect_table
from exports import set_files
from exports.tidy import write_tidy
from plans.loading import plan_ids
from tests.whole.conftest import MONTH, Place

NUMBERS = ["numerator", "denominator", "value", "low", "high"]
KEYS = ["indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"]

Plant = Callable[[pytest.MonkeyPatch, Path], None]


def suppression_off(patch: pytest.MonkeyPatch, _home: Path) -> None:
    """Every figure leaves the protection as it came."""

    def nothing_hidden(
        table: pd.DataFrame, threshold: int, **_: object
    ) -> tuple[pd.DataFrame, Summary]:
        return table, Summary(threshold, 0, 0, {})

    patch.setattr(publishing, "protect_table", nothing_hidden)


def a_secondary_figure_shown(patch: pytest.MonkeyPatch, home: Path) -> None:
    """One hidden figure that is not small itself is written with its true numbers."""

    def chosen(rows: pd.DataFrame) -> int:
        counts = rows["unit"].isin(["personer", "forløb"]) & (rows["numerator"] >= 20)
        return int(rows.index[(rows["flag"] == "suppressed") & counts][0])

    def revealed(rows: pd.DataFrame, at: int) -> pd.DataFrame:
        rows.loc[at, "flag"] = ""
        return rows

    _written_with(patch, home, chosen, revealed)


def what_is_around_shown_by_the_protection(patch: pytest.MonkeyPatch, _home: Path) -> None:
    """The protection itself forgets a relation, so no seal tells of it: all and the rest are shown beside a small count."""

    def careless(table: pd.DataFrame, threshold: int, **more: Any) -> tuple[pd.DataFrame, Summary]:
        protected, summary = protect_table(table, threshold, **more)
        at = _around_a_small_count(table, protected["flag"] == "suppressed", threshold)
        protected.loc[at, [*NUMBERS, "flag"]] = table.loc[at, [*NUMBERS, "flag"]]
        return protected, summary

    patch.setattr(publishing, "protect_table", careless)


def _around_a_small_count(table: pd.DataFrame, hidden: pd.Series, threshold: int) -> list[int]:
    """The hidden rows of P and R, neither small itself, whose T is a small count: two, or one where the other is shown."""
    counts = table["unit"] == "personer"
    rows = table[counts].assign(hidden=hidden[counts], row=table.index[counts])
    rows[KEYS] = rows[KEYS].astype(object).where(rows[KEYS].notna(), "")
    of = [name for name in KEYS if name != "group"]
    sides = rows.pivot(index=of, columns="group", values=["numerator", "hidden", "row"])
    small = sides["numerator", "T"].astype("float64").between(1, threshold - 1)
    large = sides["numerator", "R"].astype("float64") >= threshold
    found = sides[small & large].iloc[0]
    return [int(found["row", group]) for group in "PR" if found["hidden", group]]


def a_share_beside_its_hidden_numerator(patch: pytest.MonkeyPatch, home: Path) -> None:
    """A hidden row keeps its share, and the denominator it is a share of."""

    def chosen(rows: pd.DataFrame) -> int:
        share = (rows["unit"] == "andel") & rows["value"].between(0.01, 0.99)
        return int(rows.index[(rows["flag"] == "suppressed") & share][0])

    def half(rows: pd.DataFrame, at: int) -> pd.DataFrame:
        rows.loc[at, ["numerator", "low", "high"]] = float("nan")
        rows.loc[at, "flag"] = ""
        return rows

    _written_with(patch, home, chosen, half)


def _written_with(
    patch: pytest.MonkeyPatch,
    home: Path,
    chosen: Callable[[pd.DataFrame], int],
    spoil: Callable[[pd.DataFrame, int], pd.DataFrame],
) -> None:
    """Spoil one hidden row of the tidy file, its true numbers put back, as it is written."""

    def write(table: pd.DataFrame, path: Path) -> None:
        true = pd.read_parquet(home / "internal" / MONTH / "indicators.parquet")
        rows = table.reset_index(drop=True)
        blank = rows[KEYS].astype(object).where(rows[KEYS].notna(), "")
        numbers = blank.merge(
            true[[*KEYS, *NUMBERS]].assign(
                **{name: true[name].astype(object).where(true[name].notna(), "") for name in KEYS}
            ),
            on=KEYS,
            how="left",
        )
        whole = rows.assign(**{name: numbers[name].astype("float64") for name in NUMBERS})
        at = chosen(whole)
        rows.loc[at, NUMBERS] = whole.loc[at, NUMBERS].astype("float64")
        write_tidy(spoil(rows, at), path)

    patch.setattr(set_files, "write_tidy", write)


# What is set differently before the night: other figures, so that they are protected anew; or a name, which has the same
# protected figures written anew, and spares a minute.
OTHER_FIGURES, OTHERS_AGAIN = "oldest = 63", "oldest = 62"
OTHER_NAME = 'municipality_name = "Andeby"'


@pytest.mark.parametrize(
    ("plant", "setting", "plan"),
    [
        # Of one plan: naming every small count of a set that hides none takes long.
        (suppression_off, OTHER_FIGURES, plan_ids()[-1]),
        (what_is_around_shown_by_the_protection, OTHERS_AGAIN, ""),
        (a_secondary_figure_shown, OTHER_NAME, ""),
        (a_share_beside_its_hidden_numerator, OTHER_NAME, ""),
    ],
)
def test_what_is_not_hidden_well_never_leaves(
    plant: Plant,
    setting: str,
    plan: str,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, told = place.published(), _notices(place)
    plant(monkeypatch, place.home)
    (place.home / "midtvejs.toml").write_text(f"{setting}\n", "utf-8")
    assert place.run(plan) == 40
    assert place.published() == before
    assert capsys.readouterr().err.strip()
    new = [text for name, text in _notices(place).items() if name not in told]
    assert len(new) == 1
    assert "(40)" in new[0]


def _notices(place: Place) -> dict[str, str]:
    """The subjects of the notices kept, by file."""
    return {
        path.name: json.loads(path.read_text("utf-8"))["subject"]
        for path in (place.home / "notices").glob("*.json")
    }
