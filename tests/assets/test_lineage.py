"""Every stored column of a register names the delivered columns it is made of."""

from __future__ import annotations

import dagster as dg
import pytest

from assets.lineage import column_lineage
from assets.recipes import THINGS
from expectations.contract import load, stored_columns


@pytest.mark.parametrize("thing", [thing for thing in THINGS if thing != "income"])
def test_a_column_comes_from_the_one_of_its_name(thing: str) -> None:
    source = THINGS[thing].source
    columns = [column.name for column in stored_columns(load(source).table)]
    lineage = column_lineage(thing, [*columns, "_sequence"]).deps_by_column
    asset = dg.AssetKey(f"delivered_{source}")
    assert lineage == {name: [dg.TableColumnDep(asset, name)] for name in columns}


def test_the_hours_of_ordinary_work_come_from_hours_and_form() -> None:
    lineage = column_lineage("income", ["person", "maaned", "ordinaer", "ordinaere_timer"])
    made_of = {k: [dep.column_name for dep in v] for k, v in lineage.deps_by_column.items()}
    assert made_of["ordinaere_timer"] == ["ansaettelsesform", "loentimer"]
    assert made_of["maaned"] == ["maaned"]
    delivered = {column.name for column in stored_columns(load("income").table)}
    assert {name for names in made_of.values() for name in names} <= delivered
