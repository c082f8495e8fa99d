"""The key to DREAM's serial numbers, looked up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from assets.serials import SerialKey, key_for
from sources.record import Delivery, DeliveryRecord, RecordError


def delivery(**facts: str) -> Delivery:
    """A delivery of DREAM with such facts."""
    return Delivery(
        "dream-1", "dream", "", "", 0, 0, 1, "accepted", "", "", received_at="", facts=dict(facts)
    )


def numbers(*values: int) -> pa.Array:
    """Pseudonyms as a stored column."""
    return pa.array(values, pa.uint64())


KEY = SerialKey(
    delivery(), np.array([5, 9, 2**63], np.uint64), np.array([50, 90, 2**64 - 1], np.uint64)
)


def test_a_number_in_the_key_becomes_its_person_and_another_stays() -> None:
    column = numbers(9, 2**63, 4, 5, 2**64 - 2)
    assert KEY.persons_of(column).to_pylist() == [90, 2**64 - 1, 4, 50, 2**64 - 2]
    assert KEY.missing(column) == 2
    assert KEY.missing(numbers()) == 0


def test_a_delivery_by_personal_number_needs_no_key(tmp_path: Path) -> None:
    assert key_for(DeliveryRecord(tmp_path), delivery(identified_by="PNR")) is None


def test_a_delivery_by_serial_number_without_a_key_is_not_laid_out(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="dream_key"):
        key_for(DeliveryRecord(tmp_path), delivery(identified_by="lobenr"))
