"""Persons in a case extract whom the population register does not know: kept, counted, told.

Belongs here: counting them from the deliveries in force. Not here: how the count is shown (`report_building`, `exports`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from assets.keeping import NothingKept, point, pointed
from assets.resources import House
from assets.versions import version_of
from blocks.layout import PERSON
from sources.record import DeliveryRecord

CASE_SOURCES = (
    "income",
    "target_group",
    "compensation",
    "fleksjob",
    "courses",
    "shared_cases",
)


def unknown_persons(house: House) -> dict[str, int]:
    """How many persons of each case extract in force are not in the population in force, by source."""
    record = house.record()
    deliveries = [d for name in ("population", *CASE_SOURCES) for d in record.in_force(name)]
    version = version_of("unknown_persons", [d.tables for d in deliveries])
    folder = house.folder("statistics", "unknown_persons")
    try:
        counts = pointed(folder, version)
    except NothingKept:
        counts = _count(record)
        point(folder, version, counts)
    # In one order, counted now or kept from an earlier night: a set that is written twice is the same bytes.
    return {source: int(counts[source]) for source in CASE_SOURCES if source in counts}


def protected(counts: Mapping[str, int], threshold: int) -> tuple[tuple[str, int | None], ...]:
    """The counts as they may be shown: None for some persons but fewer than the threshold."""
    return tuple((name, None if 0 < n < threshold else n) for name, n in counts.items())


def _count(record: DeliveryRecord) -> dict[str, int]:
    known = _persons(record, "population")
    return {
        source: int((~np.isin(_persons(record, source), known, assume_unique=True)).sum())
        for source in CASE_SOURCES
        if record.in_force(source)
    }


def _persons(record: DeliveryRecord, source: str) -> npt.NDArray[np.uint64]:
    """Every person of a source's deliveries in force, once."""
    found = [
        np.unique(pq.read_table(record.table_path(entry), columns=[PERSON])[PERSON].to_numpy())
        for entry in record.in_force(source)
    ]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *found]))
