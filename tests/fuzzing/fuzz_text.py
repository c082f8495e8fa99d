"""Target: the text reader, packed and not. See `steering`."""

from __future__ import annotations

import os

import atheris

# The loops over DREAM's cells are fuzzed as they are written: numba cannot compile what atheris has put its counters in, and
# a step past an array's end, which compiled code takes without a word, is an exception here.
os.environ["NUMBA_DISABLE_JIT"] = "1"

with atheris.instrument_imports(include=["sources"]):
    from tests.fuzzing.attempt import attempt as _read_through

from random import Random

from tests.fuzzing.mutation import spoiled
from tests.fuzzing.seeds import text_seeds
from tests.fuzzing.steering import fuzz

_OF_ITS_OWN = 0.5


def mutated(data: bytes, most: int, seed: int) -> bytes:
    """Half the time what is known to do harm, half the time the fuzzer's own idea."""
    random = Random(seed)
    if random.random() < _OF_ITS_OWN:
        return atheris.Mutate(data, most)
    return (data[:1] + spoiled(data[1:], random))[:most]


if __name__ == "__main__":
    assert _read_through
    fuzz("text", text_seeds(), mutated)
