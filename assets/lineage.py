"""Which columns a register's columns are made of, as Dagster's pages show it.

Belongs here: column lineage from deliveries to registers. Not here: the making of a register (`laying_out`).
"""

import dagster as dg

from assets.recipes import THINGS
from expectations.contract import load, stored_columns

MADE = {
    "income": {
        "ordinaer": ("ansaettelsesform",),
        "ordinaere_timer": ("ansaettelsesform", "loentimer"),
    }
}
"""Columns of a register that are not a delivered column of the same name."""


def column_lineage(thing: str, columns: list[str]) -> dg.TableColumnLineage:
    """The lineage of a register's columns; a column that is only the program's own has none."""
    source = THINGS[thing].source
    delivered = {column.name for column in stored_columns(load(source).table)}
    made = MADE.get(thing, {})
    asset = dg.AssetKey(f"delivered_{source}")
    return dg.TableColumnLineage(
        {
            name: [dg.TableColumnDep(asset, origin) for origin in made.get(name, (name,))]
            for name in columns
            if name in made or name in delivered
        }
    )
