"""Any bytes, and good files spoiled, are read or refused: see `tests.fuzzing.attempt` for what must hold.

FUZZ_FACTOR=50 in the environment draws fifty times as many examples.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.contract import SOURCES
from sources.files import sha256_of
from sources.judging import judge
from sources.pieces import Piece
from tests.fuzzing.attempt import READ, assert_nothing_shown, attempt, contract_of, examples
from tests.fuzzing.mutation import spoiled, spoiled_workbook
from tests.fuzzing.seeds import Seed, other_seeds, text_seeds, workbook_seeds
from tests.sources.making import KEY

ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet", ".sav", ".dta", ".xpt", ".sas7bdat", ".pdf", "")
MAGIC = (b"", b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08", b"\xff\xfe", b"\xef\xbb\xbf", b"cpr;")
STATISTICAL = ("sav", "dta", "xpt")


def effort(number: int) -> settings:
    """So many examples, however slow the machine is."""
    return settings(
        max_examples=examples(number),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def attempted(seed: Seed, content: bytes) -> str:
    """What comes of spoiled content."""
    with TemporaryDirectory() as folder:
        return attempt(seed.source, seed.ending, content, Path(folder))


def spoil(seed: Seed, chance: int, times: int) -> bytes:
    """The seed with so many things wrong."""
    random, content = Random(chance), seed.content
    for _ in range(times):
        inside = seed.ending == ".xlsx" and random.random() < 0.9
        content = (spoiled_workbook if inside else spoiled)(content, random)
    return content


CHANCES = st.integers(0, 2**32)
TIMES = st.integers(1, 6)


@pytest.mark.parametrize(
    "seed",
    [*text_seeds(), *workbook_seeds(), *other_seeds("parquet")],
    ids=lambda seed: f"{seed.source}{seed.ending}",
)
def test_the_seeds_are_read(seed: Seed) -> None:
    assert attempted(seed, seed.content) == READ


@effort(60)
@given(
    st.sampled_from(SOURCES),
    st.sampled_from(ENDINGS[:4]),
    st.sampled_from(MAGIC),
    st.binary(max_size=300),
)
def test_any_bytes(source: str, ending: str, start: bytes, rest: bytes) -> None:
    attempted(Seed(source, ending, b""), start + rest)


@effort(150)
@given(st.sampled_from(text_seeds()), CHANCES, TIMES)
def test_spoiled_text(seed: Seed, chance: int, times: int) -> None:
    attempted(seed, spoil(seed, chance, times))


@effort(100)
@given(st.sampled_from(workbook_seeds()), CHANCES, TIMES)
def test_spoiled_workbooks(seed: Seed, chance: int, times: int) -> None:
    attempted(seed, spoil(seed, chance, times))


@effort(150)
@given(st.sampled_from(other_seeds("parquet")), CHANCES, TIMES)
def test_spoiled_parquet(seed: Seed, chance: int, times: int) -> None:
    attempted(seed, spoil(seed, chance, times))


@effort(8)
@given(st.sampled_from(other_seeds(*STATISTICAL)), CHANCES, TIMES)
def test_spoiled_files_of_statistical_programs(seed: Seed, chance: int, times: int) -> None:
    attempted(seed, spoil(seed, chance, times))


@effort(25)
@given(st.sampled_from((*text_seeds(), *workbook_seeds())), CHANCES, TIMES)
def test_spoiled_deliveries_are_judged(seed: Seed, chance: int, times: int) -> None:
    contract = contract_of(seed.source)
    said: list[str] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"delivery{seed.ending}"
        path.write_bytes(spoil(seed, chance, times))
        pieces = [Piece(path, seed.ending, "delivery")]
        work = Path(folder) / "work"
        work.mkdir()
        found = judge(contract, pieces, KEY, work, None, said.append, 101, keyed=True)
        listed = work / "quarantine.csv"
        said += [listed.read_text("utf-8-sig")] if listed.exists() else []
        stored = {name: sha256_of(work / f"{name}.parquet") for name in found.tables}
    assert found.rows_in == found.used + found.quarantined + found.duplicates
    assert stored == found.tables
    assert (found.verdict == "rejected") == (not found.tables)
    found.tables = {}
    assert_nothing_shown("\n".join([*said, repr(found)]))
