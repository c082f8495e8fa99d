"""The same rows give byte-identical tables in every format, for every source that is one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.contract import SOURCES, load
from sources.cpr import Pseudonyms
from sources.files import sha256_of
from sources.loading import Source, load_table
from sources.opening import extension, open_tables
from tests.foreign.formats import FORMATS, write_as

from .contract_rows import rows_of
from .making import KEY

ONE_TABLE = [source for source in SOURCES if len(load(source).tables) == 1]
ROWS = 40


def stored(source: str, form: str, folder: Path) -> str:
    """The hash of what is stored after reading the rows in a format."""
    contract = load(source)
    rows = rows_of(contract.table, ROWS)
    columns = list(rows[0])
    path = write_as(form, folder, source, rows, columns)
    raw = open_tables(path, extension(path.name), contract)[source]
    work = folder / "work"
    work.mkdir()
    pseudonyms = Pseudonyms(KEY, source)
    loaded = load_table(contract.table, [Source(path.name, raw)], pseudonyms, work, lambda _: None)
    assert (loaded.used, loaded.quarantine.by_code) == (ROWS, {})
    return sha256_of(loaded.stored)


@pytest.mark.parametrize("source", ONE_TABLE)
def test_the_same_rows_are_stored_alike_in_every_format(source: str, tmp_path: Path) -> None:
    hashes = {form: stored(source, form, tmp_path / str(at)) for at, form in enumerate(FORMATS)}
    assert set(hashes.values()) == {hashes["csv utf-8 ';'"]}, hashes
