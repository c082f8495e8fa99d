"""DREAM under a running number instead of the CPR number, and the key between the two.

Here belongs: the source `dream_key`. Here does not belong: what stands in DREAM.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from synthetic.timeline import Ints

_PRIME = 8_999_993
_STEP = 3_917_233
FIRST = 1_000_000


def running_numbers(places: Ints) -> pa.Array:
    """Seven-digit numbers for places 0 to 8,999,992 in the register, spread so that neighbours differ."""
    return pa.array(FIRST + places * _STEP % _PRIME).cast(pa.string())


def keyed(dream: pa.Table, first_place: int) -> tuple[pa.Table, pa.Table]:
    """DREAM with `lobenr` for `PNR`, and the key's rows in the order of the running number.

    Args:
        dream: rows of the register.
        first_place: how many rows of the register came before.
    """
    numbers = running_numbers(np.arange(first_place, first_place + dream.num_rows))
    key = pa.table({"lobenr": numbers, "cpr": dream["PNR"].combine_chunks()})
    return dream.set_column(0, "lobenr", numbers), key.sort_by("lobenr")
