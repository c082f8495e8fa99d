"""`inbox`: what a night saw in the inbox, also when that was nothing.

Belongs here: the asset. It is all that a night without news runs. Not here: taking deliveries in (`deliveries`).
"""

import dagster as dg

from assets.gate import RETRY, WRITES_HOME, told_plainly
from assets.resources import House
from assets.versions import version_of


@dg.asset(
    group_name="deliveries",
    description="Indbakken, som natten så den. Er der intet nyt, og er alt dannet, kører natten kun dette.",
    owners=["team:beskaeftigelse"],
    kinds={"python"},
    tags={"persondata": "nej"},
    retry_policy=RETRY,
    pool=WRITES_HOME,
)
def inbox(house: House) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Look in the inbox and write nothing."""
    from assets.unchanged import not_taken_in

    house.tell("ser i indbakken")
    with told_plainly():
        found = not_taken_in(house)
    return dg.MaterializeResult(
        data_version=dg.DataVersion(version_of(found)),
        metadata={"kilder_med_nyt": ", ".join(found) or "ingen"},
    )
