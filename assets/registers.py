"""`register_<thing>`: what is in force of each source, corrected, keyed and laid out in person blocks.

Belongs here: one asset a register. Not here: how a register is made (`laying_out`).
"""

import dagster as dg

from assets.gate import RETRY, WRITES_HOME, told_plainly
from assets.lineage import column_lineage
from assets.recipes import THINGS
from assets.resources import House


def register(thing: str) -> dg.AssetsDefinition:
    """The asset of a register; those of people are cut by the population's size, so all of them depend on it."""
    source, of_people = THINGS[thing].source, THINGS[thing].of_people
    cut_by = ["population"] if of_people else []
    sources = dict.fromkeys([source, *THINGS[thing].read_with, *cut_by])

    @dg.asset(
        name=f"register_{thing}",
        group_name="registers",
        deps=[f"delivered_{name}" for name in sources],
        description=THINGS[thing].description,
        owners=["team:beskaeftigelse"],
        kinds={"parquet", "numpy"},
        tags={"persondata": "ja" if of_people else "nej-ubeskyttet"},
        retry_policy=RETRY,
        pool=WRITES_HOME,
    )
    def _register(house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
        from assets.laying_out import laid_out

        house.tell(f"register {thing}")
        with told_plainly():
            made = laid_out(house, thing)
        if made is None:
            return dg.MaterializeResult(
                data_version=dg.DataVersion("never-delivered"),
                metadata={"forklaring": f"Kilden {source} er ikke leveret."},
            )
        return dg.MaterializeResult(
            data_version=dg.DataVersion(made.version),
            metadata={
                "dagster/row_count": sum(made.store.rows),
                "blokke": 1 << made.store.bits,
                "leverancer": ", ".join(made.deliveries[-3:]),
                "rækker_uden_nøgle": made.without_key,
                "dagster/column_lineage": column_lineage(thing, made.store.columns),
            },
        )

    return _register


register_assets = [register(thing) for thing in THINGS]
