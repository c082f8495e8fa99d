"""Coverage-guided fuzzing with atheris: what both targets share.

Belongs here: the seeds laid out as a corpus, the limits, and the loop. Not here: what is read (`attempt`), which
files (`fuzz_text`, `fuzz_xlsx`). Started by `make fuzz`, never by pytest: atheris comes for Linux on x86-64 alone
and is in a lock of its own, `requirements.fuzz.lock`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

from tests.fuzzing.attempt import attempt
from tests.fuzzing.seeds import Seed

SECONDS_AN_INPUT = 20
MEGABYTES = 3_000
LONGEST = 20_000

Mutator = Callable[[bytes, int, int], bytes]


def fuzz(name: str, seeds: Sequence[Seed], mutator: Mutator | None = None) -> None:
    """Feed spoiled seeds to the readers until the time given on the command line is up.

    The first byte of an input chooses whose delivery it is and the ending; the rest is the file. An input that
    breaks an invariant, takes over `SECONDS_AN_INPUT` or `MEGABYTES` ends the run and is left in `build/fuzz`.
    """
    kinds = sorted({(seed.source, seed.ending) for seed in seeds})
    work = Path("build/fuzz")
    corpus = work / f"corpus_{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(seeds):
        chosen = kinds.index((seed.source, seed.ending))
        (corpus / f"seed_{at:02d}").write_bytes(bytes([chosen]) + seed.content)
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:

        def one(data: bytes) -> None:
            if data:
                source, ending = kinds[data[0] % len(kinds)]
                attempt(source, ending, data[1:], Path(folder))

        limits = (
            f"-timeout={SECONDS_AN_INPUT}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-max_len={LONGEST}",
            f"-artifact_prefix={work}/{name}_",
            "-print_final_stats=1",
        )
        more = {} if mutator is None else {"custom_mutator": mutator}
        atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(corpus)], one, **more)
        atheris.Fuzz()
