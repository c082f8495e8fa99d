"""The contracts: a standard form, every column described, and what follows from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from expectations import contract as module
from expectations.checks import checks_for
from expectations.contract import SOURCES, load, stored_columns, stored_key

FOLDER = Path(module.__file__).parent / "contracts"


def test_every_contract_file_is_a_source() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_the_document_follows_the_standard(source: str) -> None:
    document = yaml.safe_load((FOLDER / f"{source}.yaml").read_text("utf-8"))
    assert (document["apiVersion"], document["kind"]) == ("v3.1.0", "DataContract")
    assert {"id", "name", "version", "status", "description", "schema", "team"} <= set(document)
    allowed = {"string", "date", "number", "integer", "boolean"}
    for prop in document["schema"][0]["properties"]:
        assert prop["logicalType"] in allowed
        assert prop["classification"] in {"personal", "internal"}
        assert prop["businessName"]
        assert prop["description"]


@pytest.mark.parametrize(
    ("source", "mode", "required", "key"),
    [
        ("dream", "full", True, ("person",)),
        ("population", "full", True, ("person", "fra")),
        ("income", "append", False, ("person", "maaned", "cvr", "ansaettelsesform")),
        ("target_group", "full", True, ("person", "funktionsnedsaettelse", "fra")),
        ("compensation", "append", False, ("sag_id",)),
        ("fleksjob", "append", False, ("sag_id",)),
    ],
)
def test_terms(source: str, mode: str, required: bool, key: tuple[str, ...]) -> None:
    contract = load(source)
    assert (contract.mode, contract.required, stored_key(contract.table)) == (mode, required, key)
    assert (contract.tolerance, contract.tolerance_rows, contract.max_row_drop) == (0.01, 10, 0.2)
    assert contract.table.row_floor == 1


def test_the_stored_table_has_a_person_and_no_personal_number() -> None:
    for source in SOURCES:
        names = [column.name for column in stored_columns(load(source).table)]
        assert "person" in names
        assert not {"cpr", "PNR"} & set(names)
        assert all(column.description for column in stored_columns(load(source).table))


def test_stored_types_of_income() -> None:
    assert [(c.name, c.type) for c in stored_columns(load("income").table)] == [
        ("person", "uint64"),
        ("maaned", "int32"),
        ("cvr", "int64"),
        ("loentimer", "float64"),
        ("loen_kr", "float64"),
        ("ansaettelsesform", "string"),
    ]


@pytest.mark.parametrize("source", SOURCES)
def test_check_names_are_unique_and_fit_the_graph(source: str) -> None:
    names = [spec.name for spec in checks_for(load(source))]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in names)


def test_an_unknown_source_is_no_contract() -> None:
    with pytest.raises(KeyError):
        load("courses")
