"""The descriptions of a set's data, read by the libraries that others would read them with."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from exports.csv_text import csv_bytes
from exports.open_data.files import FILES
from exports.report import Report
from exports.set_files import write_set
from exports.tidy import COLUMNS
from exports.workbook.cell_map import ENTRY_COLUMNS

SHAPES = Path(__file__).parents[1] / "foreign" / "dcat_ap_dk_shapes.ttl"


@pytest.fixture(scope="session")
def published(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the report's set."""
    folder = tmp_path_factory.mktemp("written") / "v001"
    folder.mkdir()
    write_set(report, folder)
    return folder


def test_every_column_of_every_csv_is_described(published: Path) -> None:
    """The header is the fields, in the same order: what is described is what is there."""
    for file in FILES:
        header = (published / file.path).read_text("utf-8").splitlines()[0]
        assert header.split(",") == [field.name for field in file.fields]
    assert list(COLUMNS) == [field.name for field in FILES[0].fields]
    assert list(ENTRY_COLUMNS) == [field.name for field in FILES[1].fields]


def test_frictionless_reads_the_package_and_every_row(published: Path) -> None:
    from frictionless import Package, validate

    report = validate(published / "datapackage.json")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type"])[:5]
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert rows == {
        file.name: len(pd.read_csv(published / file.path, keep_default_na=False)) for file in FILES
    }
    assert not list(
        Package.metadata_validate(json.loads((published / "datapackage.json").read_text("utf-8")))
    )


@pytest.mark.parametrize(
    ("find", "put", "why"),
    [
        (",2020-06,", ",juni 2020,", "a month that is none"),
        (",suppressed,", ",hidden,", "a flag that is none"),
        ("employment_rate,any", ",any", "an indicator that is blank"),
    ],
)
def test_frictionless_finds_a_fault_in_a_row(
    published: Path, tmp_path: Path, find: str, put: str, why: str
) -> None:
    """Were the types and rules of the description empty words, these would pass."""
    from frictionless import validate

    copied = tmp_path / "v001"
    shutil.copytree(published, copied)
    path = copied / "data" / "indicators.csv"
    path.write_text(path.read_text("utf-8").replace(find, put, 1), "utf-8")
    found = {kind for (kind,) in validate(copied / "datapackage.json").flatten(["type"])}
    assert found - {"hash-count", "byte-count"}, why


def test_csvw_describes_each_csv(published: Path) -> None:
    from csvw import CSVW

    for file in FILES:
        table = CSVW(str(published / f"{file.path}-metadata.json"), validate=True)
        assert table.is_valid
        assert len(table.tables[0].tableSchema.columns) == len(file.fields)


def test_the_catalogue_record_keeps_the_danish_profile(published: Path) -> None:
    """Validated offline against the profile's own shapes; the record stands on its own."""
    from pyshacl import validate
    from rdflib import Graph

    shapes = Graph().parse(SHAPES)
    record = Graph().parse(
        published / "catalog.ttl", publicID="https://example.org/v001/catalog.ttl"
    )
    conforms, _, words = validate(record, shacl_graph=shapes, do_owl_imports=False)
    assert conforms, words
    assert len(
        list(record.query("SELECT ?d WHERE { ?d a <http://www.w3.org/ns/dcat#Distribution> }"))
    ) == 2 + len(FILES)
    untitled = (
        (published / "catalog.ttl").read_text("utf-8").replace("dct:title", "dct:alternative")
    )
    broken = Graph().parse(data=untitled, publicID="https://example.org/v001/catalog.ttl")
    assert not validate(broken, shacl_graph=shapes, do_owl_imports=False)[0]


# Told by pandas of a column that is blank for thousands of rows before its first text.
@pytest.mark.filterwarnings("ignore:Columns:pandas.errors.DtypeWarning")
def test_pandas_and_duckdb_read_the_csv_without_options(published: Path, report: Report) -> None:
    import duckdb

    path = published / "data" / "indicators.csv"
    by_pandas = pd.read_csv(path)
    count, columns = duckdb.sql(f"SELECT * FROM '{path}'").shape
    assert (count, columns) == by_pandas.shape == (len(report.table), len(COLUMNS))
    total = report.table["value"].sum()
    assert by_pandas["value"].sum() == pytest.approx(total)
    assert duckdb.sql(f"SELECT sum(value) FROM '{path}'").fetchall()[0][0] == pytest.approx(total)


def test_csv_text_is_quoted_where_it_has_to_be() -> None:
    assert (
        csv_bytes(("a", "b"), [('say "x"', "1,2"), ("æ\n", "")])
        == 'a,b\n"say ""x""","1,2"\n"æ\n",\n'.encode()
    )


def test_the_same_set_is_the_same_bytes_whatever_the_mask(
    published: Path, report: Report, tmp_path: Path
) -> None:
    folder = tmp_path / "v001"
    folder.mkdir()
    before = os.umask(0o077)
    try:
        write_set(report, folder)
    finally:
        os.umask(before)
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    assert names == sorted(
        p.relative_to(published).as_posix() for p in published.rglob("*") if p.is_file()
    )
    assert [
        name for name in names if (folder / name).read_bytes() != (published / name).read_bytes()
    ] == []
