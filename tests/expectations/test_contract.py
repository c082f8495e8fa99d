"""The contracts: a standard form, every column described, and what follows from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import open_data_contract_standard as standard
import pytest
import yaml
from jsonschema import Draft201909Validator
from open_data_contract_standard.model import OpenDataContractStandard

from expectations import contract as module
from expectations.checks import checks_for
from expectations.contract import SOURCES, load, stored_columns, stored_key

FOLDER = Path(module.__file__).parent / "contracts"
SHEETS = """activities milestones decisions targets staff_targets budgets deliverables contracts sites
surveys training consultants partners tenders anchoring organisation"""


def test_every_contract_file_is_a_source() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_the_document_follows_the_standard(source: str) -> None:
    path = FOLDER / f"{source}.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    assert (document["apiVersion"], document["kind"]) == ("v3.1.0", "DataContract")
    # The standard's own model lets unknown names through in the schema; its JSON schema does not.
    OpenDataContractStandard.from_file(str(path))
    schema = json.loads((Path(standard.__file__).parent / "schema.json").read_text("utf-8"))
    faults = [error.message for error in Draft201909Validator(schema).iter_errors(document)]
    assert faults == []


def test_the_standard_finds_a_fault() -> None:
    document = yaml.safe_load((FOLDER / "staff.yaml").read_text("utf-8"))
    document["schema"][0]["properties"][0]["primaryKye"] = True
    schema = json.loads((Path(standard.__file__).parent / "schema.json").read_text("utf-8"))
    assert list(Draft201909Validator(schema).iter_errors(document))


@pytest.mark.parametrize("source", SOURCES)
def test_every_column_is_described(source: str) -> None:
    for table in load(source).tables:
        assert table.title
        assert table.description.endswith(".")
        names = {column.name for column in table.columns}
        assert {*table.key, *table.period_columns} <= names
        for column in table.columns:
            assert column.label
            assert column.description.endswith(".")
            assert column.kind != "code" or column.values
            assert {value for _, value in column.aliases} <= set(column.values)
        for rule in table.row_rules:
            assert {*rule.columns, *([rule.when] if rule.when else [])} <= names


TERMS = [
    ("dream_key", "full", False, ("lobenr",)),
    ("dream", "full", True, ("person",)),
    ("population", "full", True, ("person", "fra")),
    ("income", "append", False, ("person", "maaned", "cvr", "ansaettelsesform")),
    ("target_group", "full", True, ("person", "funktionsnedsaettelse", "fra")),
    ("compensation", "append", False, ("sag_id",)),
    ("fleksjob", "append", False, ("sag_id",)),
    ("courses", "append", False, ("forloeb_id",)),
    ("shared_cases", "full", False, ("person", "forvaltning", "fra")),
    ("employer_contacts", "append", False, ("kontakt_id",)),
    ("spending", "append", False, ("maaned", "konto", "formaal")),
    ("staff", "append", False, ("maaned", "forvaltning", "ordning")),
]


@pytest.mark.parametrize(("source", "mode", "required", "key"), TERMS)
def test_terms(source: str, mode: str, required: bool, key: tuple[str, ...]) -> None:
    contract = load(source)
    assert (contract.mode, contract.required, stored_key(contract.table)) == (mode, required, key)
    assert (contract.tolerance, contract.tolerance_rows, contract.max_row_drop) == (0.01, 10, 0.2)
    assert contract.table.row_floor == 1
    assert contract.table.name == source


def test_the_registers_are_a_workbook_whose_sheets_may_be_empty() -> None:
    contract = load("registers")
    assert (contract.mode, contract.required) == ("full", False)
    assert [table.name for table in contract.tables] == SHEETS.split()
    assert {table.row_floor for table in contract.tables} == {0}
    with pytest.raises(ValueError, match="too many"):
        _ = contract.table


def test_only_what_makes_a_row_of_a_register_one_of_a_kind_must_be_filled() -> None:
    for table in load("registers").tables:
        for column in table.columns:
            assert column.required != column.optional
            assert column.name in table.key or not column.required


def test_the_stored_table_has_a_person_or_is_about_none() -> None:
    unpersonal = {"employer_contacts", "spending", "staff", "registers"}
    for source in SOURCES:
        assert load(source).has_person == (source not in unpersonal)
        for table in load(source).tables:
            columns = stored_columns(table)
            names = [column.name for column in columns]
            assert ("person" in names) == table.has_person
            assert not {"cpr", "PNR"} & set(names)
            assert all(column.description for column in columns)
            if not table.has_person:
                assert not any(column.personal for column in table.columns)
                assert not [spec for spec in checks_for(load(source)) if "cpr" in spec.name]


def test_a_serial_number_is_stored_as_a_pseudonym() -> None:
    assert [(c.name, c.type) for c in stored_columns(load("dream_key").table)] == [
        ("lobenr", "uint64"),
        ("person", "uint64"),
    ]
    assert [c.name for c in stored_columns(load("dream").table)] == [
        "person",
        "weeks",
        "grad",
        "branche",
    ]


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
        load("sickness")
