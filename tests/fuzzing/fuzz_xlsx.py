"""Target: the XLSX reader. See `steering`.

Most spoilings are of the XML in a part, and the archive is packed anew: otherwise every input but the seeds would
fail the archive's checksums, and the cells would never be reached.
"""

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["sources"]):
    from tests.fuzzing.attempt import attempt as _read_through

from random import Random

from tests.fuzzing.mutation import repacked, spoiled_workbook, unpacked
from tests.fuzzing.seeds import workbook_seeds
from tests.fuzzing.steering import fuzz

_OF_THE_ARCHIVE, _OF_ITS_OWN = 0.1, 0.4
_GROWTH = 200


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """One in ten the archive's bytes, three in ten a part's bytes, otherwise its XML."""
    random = Random(seed)
    kind = random.random()
    parts = unpacked(data[1:])
    if kind < _OF_THE_ARCHIVE or not parts:
        return atheris.Mutate(data, most)
    if kind < _OF_ITS_OWN:
        name = random.choice(list(parts))
        parts[name] = atheris.Mutate(parts[name] or b"<", len(parts[name]) + _GROWTH)
        found = repacked(parts)
    else:
        found = spoiled_workbook(data[1:], random)
    # Over the limit it would be cut, and a cut archive says nothing new.
    return data[:1] + found if len(found) < most else data


if __name__ == "__main__":
    assert _read_through
    fuzz("xlsx", workbook_seeds(), mutated)
