"""One file fed to the readers, and what must hold whatever is in it.

Belongs here: the invariants. Not here: files (`seeds`), spoiling them (`mutation`), who feeds them (`fuzz_text`,
`fuzz_xlsx`, `tests/sources/test_fuzz_files`).

Whatever the bytes are, the file is read, or refused with a Rejection; no other exception comes out. Each row is
used, in quarantine or an identical duplicate, and none is numbered twice. Nothing that is said looks like a
personal number.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from expectations.contract import Contract, Table, load
from sources.cpr import Pseudonyms
from sources.files import shown_text
from sources.loading import Source, load_table
from sources.opening import open_tables
from sources.quarantine import write_list
from sources.raw import RawTable
from sources.rejection import Rejection, sentence
from tests.canaries import CANARIES, forms
from tests.sources.making import KEY

READ = "read"
_LIKE_CPR = re.compile(r"(?<!\d)\d{6}[^\d;\n]{0,3}\d{4}(?!\d)")
_SHAPE = frozenset("9")
"""Nines stand for digits where only the shape of a value is shown."""

_FACTOR = int(os.environ.get("FUZZ_FACTOR", "1"))

contract_of = lru_cache(load)


def examples(number: int) -> int:
    """How many examples a test draws: `number` in CI, FUZZ_FACTOR times as many in a longer run."""
    return number * _FACTOR


def attempt(source: str, ending: str, content: bytes, folder: Path) -> str:
    """Read `content` as a delivery of `source`; the code it is refused with, or `READ`.

    AssertionError when an invariant is broken; whatever a reader raises beside Rejection comes through.
    """
    path = folder / f"delivery{ending}"
    path.write_bytes(content)
    contract = contract_of(source)
    said: list[str] = []
    try:
        for name, raw in open_tables(path, ending, contract).items():
            said += [raw.encoding, raw.delimiter, *map(shown_text, raw.left_out)]
            table = next(table for table in contract.tables if table.name == name)
            _load(table, raw, contract, folder, said)
        code = READ
    except Rejection as answer:
        code = answer.code
        said += [answer.code, sentence(answer.cause, answer.action, contract.supplier)]
    assert_nothing_shown("\n".join(said))
    return code


def _load(table: Table, raw: RawTable, contract: Contract, folder: Path, said: list[str]) -> None:
    pseudonyms = Pseudonyms(KEY, contract.source)
    loaded = load_table(table, [Source("delivery", raw)], pseudonyms, folder, said.append)
    write_list(folder / "quarantine.csv", [loaded.quarantine])
    said.append((folder / "quarantine.csv").read_text("utf-8-sig"))
    said += [*map(shown_text, loaded.extra_columns), repr(loaded.facts), repr(loaded.counts)]
    kept = pq.read_metadata(loaded.stored).num_rows
    assert loaded.rows_in == kept + loaded.quarantine.count + loaded.duplicates
    numbers = np.concatenate(
        [np.concatenate([batch.rows, batch.ragged]) for batch in raw.batches([0])] or [np.zeros(0)]
    )
    assert len(np.unique(numbers)) == len(numbers), "a row has two numbers, or two rows have one"
    assert len(numbers) == loaded.rows_in + int(str(loaded.facts.get("blank_rows", 0)))


def assert_nothing_shown(said: str) -> None:
    """Nothing that looks like a personal number, nor a canary however it is written."""
    alike = (set(re.sub(r"\D", "", found)) for found in _LIKE_CPR.findall(said))
    assert all(digits == _SHAPE for digits in alike), "something like a personal number is shown"
    content = said.encode("utf-8", "surrogatepass")
    assert not any(form in content for number in CANARIES for form in forms(number))
