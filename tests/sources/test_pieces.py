"""A delivery in several pieces: one table, in order, each row told by the file it stood in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from expectations.contract import load
from sources import judging
from sources.judging import Judgement
from sources.pieces import Piece
from sources.rejection import ReadingFault

from .making import KEY, POPULATION, lines, resident, residents

SHUFFLED = "til;bydel;cpr;koen;foedselsdato;kommunekode;fra"


def shuffled(row: str) -> str:
    """A population row with its cells in the order of SHUFFLED."""
    cells = dict(zip(POPULATION.split(";"), row.split(";"), strict=True))
    return ";".join(cells[name] for name in SHUFFLED.split(";"))


def judged(folder: Path, contents: Sequence[bytes]) -> tuple[Judgement, Path]:
    """Judge a population delivery in pieces called 1.csv, 2.csv and so on."""
    pieces = []
    for number, content in enumerate(contents, start=1):
        path = folder / f"{number}.csv"
        path.write_bytes(content)
        pieces.append(Piece(path, ".csv", path.name))
    work = folder / "work"
    work.mkdir()
    return judging.judge(load("population"), pieces, KEY, work, None, lambda _: None), work


def test_pieces_are_one_table_whatever_their_form(tmp_path: Path) -> None:
    rows = residents(9)
    (tmp_path / "whole").mkdir()
    whole, _ = judged(tmp_path / "whole", [lines(POPULATION, rows).encode()])
    second = lines(SHUFFLED, [shuffled(row) for row in rows[4:]]).replace(";", "\t")
    found, _ = judged(
        tmp_path, [lines(POPULATION, rows[:4]).encode("cp1252"), second.encode("utf-16")]
    )
    assert (found.rows_in, found.used) == (9, 9)
    assert found.tables == whole.tables
    assert len(found.encoding.split(", ")) == 2
    assert found.delimiter == ";, \t"


def test_a_row_in_quarantine_is_told_by_its_file(tmp_path: Path) -> None:
    first = [resident(0), resident(1, bydel="Nowhere"), resident(2)]
    second = [resident(3), resident(2, til="2011-01-01"), resident(4, fra="x"), resident(0)]
    found, work = judged(
        tmp_path, [lines(POPULATION, first).encode(), lines(POPULATION, second).encode()]
    )
    assert (found.rows_in, found.used, found.quarantined, found.duplicates) == (7, 2, 4, 1)
    listed = (work / "quarantine.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[:4] for line in listed] == [
        ["1.csv", "3", "bydel", "code_unknown"],
        ["1.csv", "4", "cpr", "key_conflict"],
        ["2.csv", "3", "cpr", "key_conflict"],
        ["2.csv", "4", "fra", "date_form"],
    ]
    assert pq.read_metadata(work / "population.parquet").num_rows == 2


@pytest.mark.parametrize("header", [POPULATION + ";doedsdato", POPULATION.replace("bydel", "by")])
def test_pieces_with_other_columns_are_refused(tmp_path: Path, header: str) -> None:
    row = resident(1) + (";" if header.endswith("doedsdato") else "")
    found, work = judged(
        tmp_path, [lines(POPULATION, [resident(0)]).encode(), lines(header, [row]).encode()]
    )
    assert (found.verdict, found.code) == ("rejected", "parts_differ")
    assert "2.csv" in found.sentence
    assert not list(work.glob("*.parquet"))


def test_a_row_that_is_lost_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sources.stored import TableWriter

    add = TableWriter.add
    monkeypatch.setattr(TableWriter, "add", lambda self, batch: add(self, batch.slice(1)))
    with pytest.raises(ReadingFault, match="rows in"):
        judged(tmp_path, [lines(POPULATION, residents(3)).encode()])
