"""A month published again after a correction: whoever kept the first set gets at nothing that either hides.

They know what has not changed, as the protection supposes they do: who takes a corrected figure for the old one is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from assets import publishing
from assets.keeping import kept_file
from disclosure.table import Summary, protect_table
from exports.published_sets import read_manifest
from exports.tidy import KEYS, as_published, write_tidy
from plans.loading import plan_ids
from tests.attack.attacker import SMALL, worked_through, written_down
from tests.attack.readings import Key
from tests.whole.conftest import MONTH, Place
from tests.whole.faults.history import House, corrected, make_inbox

TABLE = Path("data", "indicators.csv")


@dataclass(frozen=True)
class Version:
    """A published set: its folder, and its table as it was before protection."""

    folder: Path
    behind: pd.DataFrame

    def true(self, scratch: Path) -> dict[Key, int]:
        """Every count under the name the reader gives it."""
        (scratch / TABLE).parent.mkdir(parents=True)
        write_tidy(self.behind, scratch / TABLE)
        return written_down(scratch).known

    def unchanged_in(self, other: Version, scratch: Path) -> Path:
        """The set's rows that stand in another as they do in this."""
        numbers = ["numerator", "denominator", "value"]
        same = self.behind.merge(other.behind, on=[*KEYS, *numbers])[list(KEYS)]
        rows = pd.read_csv(self.folder / TABLE, dtype=str, keep_default_na=False)
        (scratch / TABLE).parent.mkdir(parents=True)
        rows.merge(same.astype(str)).to_csv(scratch / TABLE, index=False)
        return scratch


def version(home: Path, number: int) -> Version:
    folder = home / "published" / plan_ids()[0] / MONTH / f"v{number:03}"
    figures = home / "statistics" / "indicators" / read_manifest(folder)["settings"]["figures"]
    behind = pd.read_parquet(kept_file(figures, "published")).drop(columns="seen")
    texts = as_published(behind).fillna(dict.fromkeys(KEYS, ""))
    return Version(folder, texts)


@pytest.fixture
def delivered(place: Place) -> Place:
    """The home when the corrected delivery has come."""
    place.deliver("population", corrected(place.newest("population").read_bytes()))
    return place


def test_a_protection_that_forgets_the_set_before_stops_the_night(
    delivered: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forgetful(table: pd.DataFrame, threshold: int, **_: object) -> tuple[pd.DataFrame, Summary]:
        return protect_table(table, threshold)

    monkeypatch.setattr(publishing, "protect_table", forgetful)
    published = delivered.published()
    assert delivered.run(plan_ids()[0]) == 40
    assert delivered.published() == published
    assert "et antal under 5 kan" in capsys.readouterr().err


def test_neither_set_gives_away_what_the_other_hides(delivered: Place, tmp_path: Path) -> None:
    assert delivered.run(plan_ids()[0]) == 0
    twice = version(delivered.home, 1), version(delivered.home, 2)
    true = [one.true(tmp_path / str(at)) for at, one in enumerate(twice)]
    changed = {key for key in true[0].keys() & true[1].keys() if true[0][key] != true[1][key]}
    assert len(changed) > 100, "the correction is one"
    nobody = {key for counts in true for key, count in counts.items() if not count}
    for later, earlier, name in ((1, 0, "second"), (0, 1, "first")):
        kept = twice[earlier].unchanged_in(twice[later], tmp_path / name)
        notes = worked_through(twice[later].folder, kept, nobody)
        found = notes.found()
        assert all(true[later].get(key, count) == count for key, count in found.items())
        small = {key for key, count in found.items() if 0 < count < SMALL}
        assert small | (notes.small() & notes.hidden) == set()


def test_months_come_out_in_whatever_order(tmp_path: Path) -> None:
    house = House(tmp_path)
    make_inbox(house)
    months = ("2020-06", "2020-04", "2020-05")
    ended = [house.night(month=month, first="2020-04").code for month in months]
    assert ended == [0, 0, 0], house.said.read_text("utf-8")


def test_a_month_that_a_later_set_gives_away_is_refused(tmp_path: Path) -> None:
    """The figures of June begin with June: what they show of May was not held against May's small counts, and nothing
    has changed that could make a reader doubt them."""
    house = House(tmp_path)
    make_inbox(house)
    assert house.night(month="2020-06").code == 0
    published = house.published()
    refused = house.night(month="2020-05")
    assert refused.code == 40
    assert "kan ikke beskyttes ved siden af de sæt, der er offentliggjort" in refused.said
    assert house.published() == published
