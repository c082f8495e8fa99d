"""DREAM by serial number: whose row is whose, by the key in force.

Belongs here: turning the pseudonyms of serial numbers into those of persons. Not here: reading the key (`sources`), the
register it is used for (`laying_out`).

A row whose serial number is not in the key keeps the pseudonym it has. No person has that one, so it meets nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from blocks.layout import PERSON
from sources.record import Delivery, DeliveryRecord, RecordError

KEY_SOURCE = "dream_key"
SERIAL = "lobenr"

Pseudonyms = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class SerialKey:
    """The key in force: its delivery, and the pseudonyms of serial numbers (ascending) with those of their persons."""

    delivery: Delivery
    serials: Pseudonyms
    persons: Pseudonyms

    def persons_of(self, column: pa.Array) -> pa.Array:
        """The person of each serial number, or the serial number's own pseudonym where the key has none."""
        found, places = self._find(column)
        own = column.to_numpy(zero_copy_only=False)
        return pa.array(np.where(found, self.persons[places], own), pa.uint64())

    def missing(self, column: pa.Array) -> int:
        """How many of the serial numbers are not in the key."""
        return int((~self._find(column)[0]).sum())

    def _find(self, column: pa.Array) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        wanted = column.to_numpy(zero_copy_only=False)
        places = np.searchsorted(self.serials, wanted).clip(max=len(self.serials) - 1)
        return self.serials[places] == wanted, places


def by_serial(delivery: Delivery) -> bool:
    """Whether the rows of a delivery of DREAM are known by serial number."""
    return delivery.facts.get("identified_by") == SERIAL


def key_for(record: DeliveryRecord, delivery: Delivery) -> SerialKey | None:
    """The key that a delivery of DREAM is read with, None for one by personal number.

    Raises RecordError when the delivery needs a key and none is in force.
    """
    if not by_serial(delivery):
        return None
    keys = record.in_force(KEY_SOURCE)
    if not keys:
        raise RecordError("DREAM er leveret med løbenumre, og nøglen (dream_key) er ikke i kraft.")
    table = pq.read_table(record.table_path(keys[-1], verify=True))
    serials, persons = table[SERIAL].to_numpy(), table[PERSON].to_numpy()
    order = np.argsort(serials)
    return SerialKey(keys[-1], serials[order], persons[order])
