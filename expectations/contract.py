"""The contract of a source: its tables and columns described once, and the terms of its deliveries.

Belongs here: the frozen form of `contracts/<source>.yaml` (Open Data Contract Standard v3.1), a
`Table` for each of its `schema` entries, and what follows directly from it, such as the schema of
the stored table. Does not belong here: reading files, judging rows, Great Expectations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import yaml

Kind = Literal[
    "cpr",
    "serial",
    "date",
    "month",
    "number",
    "integer",
    "yes_no",
    "code",
    "text",
    "week_code",
    "presence",
]
Mode = Literal["full", "append"]
Severity = Literal["error", "warning"]

SOURCES: tuple[str, ...] = (
    "dream_key",
    "dream",
    "population",
    "income",
    "target_group",
    "compensation",
    "fleksjob",
    "courses",
    "shared_cases",
    "employer_contacts",
    "spending",
    "staff",
    "registers",
)
"""Every source with a contract, in the order they are taken in."""

PERSON = "person"
"""Name of the pseudonym column that stands where the personal number stood."""

_ARROW_TYPE: Mapping[str, str] = {
    "cpr": "uint64",
    "serial": "uint64",
    "date": "date32",
    "month": "int32",
    "number": "float64",
    "integer": "int64",
    "yes_no": "bool",
    "code": "string",
    "text": "string",
}
_DREAM_LISTS: Mapping[str, tuple[str, str]] = {
    "week_code": ("weeks", "fixed_size_list<uint16>"),
    "number": ("grad", "fixed_size_list<float32>"),
    "presence": ("branche", "fixed_size_list<uint8>"),
}


@dataclass(frozen=True)
class Column:
    """One column as the supplier delivers it.

    `required`: no cell may be blank. `optional`: the whole column may be absent. `pattern`: a
    regular expression over folded headers when the property stands for many columns (DREAM's
    weeks and months). `minimum`/`maximum` are the bounds a cell must keep (ISO text for dates
    and months, otherwise numbers); `exclusive_minimum` makes the lower bound strict.
    `plausible_*` only raise a warning. `unique`: no value may stand in two rows that differ.
    """

    name: str
    label: str
    description: str
    kind: Kind
    required: bool
    optional: bool
    personal: bool
    unit: str | None = None
    values: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    minimum: str | float | None = None
    maximum: str | float | None = None
    exclusive_minimum: bool = False
    plausible_minimum: float | None = None
    plausible_maximum: float | None = None
    pattern: str | None = None
    unique: bool = False


@dataclass(frozen=True)
class RowRule:
    """A rule across the columns of one row.

    `notBefore` (dates) and `notBelow` (numbers): of `columns` (first, second) the second is not
    less than the first when both are filled. `onlyWhen`: `columns` may be filled only where column
    `when` has one of `values`.
    """

    name: str
    kind: Literal["notBefore", "notBelow", "onlyWhen"]
    columns: tuple[str, ...]
    description: str
    when: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of a delivery: its columns, what makes a row one of a kind, and its row rules.

    `key` names columns. `row_floor`: the fewest rows a delivery may hold. `period_columns`: the
    columns that say how new the rows are.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    row_floor: int
    period_columns: tuple[str, ...]
    row_rules: tuple[RowRule, ...]

    @property
    def wide(self) -> bool:
        """True when columns are patterns: one row a person, one column a week or month (DREAM)."""
        return any(column.pattern for column in self.columns)

    @property
    def has_person(self) -> bool:
        """True when the rows are about persons, known by a personal number."""
        return any(column.kind == "cpr" for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Contract:
    """The terms of a source and its tables. `tolerance` and `max_row_drop` are shares of rows; `latency`: how many days
    before the day a report is about the newest data may end, None where data have no period."""

    source: str
    title: str
    purpose: str
    version: str
    supplier: str
    mode: Mode
    required: bool
    tolerance: float
    tolerance_rows: int
    max_row_drop: float
    latency: int | None
    tables: tuple[Table, ...]

    @property
    def table(self) -> Table:
        """The only table of the source; ValueError where a delivery holds several."""
        (only,) = self.tables
        return only

    @property
    def has_person(self) -> bool:
        """True when any of the tables is about persons."""
        return any(table.has_person for table in self.tables)


class StoredColumn(NamedTuple):
    """A column of the stored table: its name, Arrow type as text, and Danish description."""

    name: str
    type: str
    description: str
    unique: bool = False


@cache
def load(source: str) -> Contract:
    """Read the contract of `source`; KeyError when there is no such source."""
    if source not in SOURCES:
        raise KeyError(source)
    path = Path(__file__).parent / "contracts" / f"{source}.yaml"
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    custom = _custom(document)
    suppliers = [m for m in document["team"]["members"] if m["role"] == "leverandør"]
    return Contract(
        source=source,
        title=document["name"],
        purpose=document["description"]["purpose"],
        version=document["version"],
        supplier=f"{document['team']['name']} ({suppliers[0]['username']})",
        mode=cast(Mode, custom["mode"]),
        required=bool(custom["requiredSource"]),
        tolerance=float(custom["tolerance"]),
        tolerance_rows=int(custom["toleranceRows"]),
        max_row_drop=float(custom["maxRowDrop"]),
        latency=next((int(sla["value"]) for sla in document.get("slaProperties", ())), None),
        tables=tuple(_table(schema) for schema in document["schema"]),
    )


def stored_columns(table: Table) -> tuple[StoredColumn, ...]:
    """The schema of the stored table: pseudonymised, typed, in contract order.

    A person known by a serial number instead of a personal number is a pseudonym too. Months are
    counted as year * 12 + month - 1. In DREAM's table each list runs in time order, and a list
    whose columns were not delivered is absent.
    """
    columns = []
    for column in table.columns:
        if column.kind == "cpr":
            described = "Pseudonym for personen."
            columns.append(StoredColumn(PERSON, "uint64", described, column.unique))
        elif column.kind == "serial" and table.wide:
            # Stands in for the personal number, in the same column.
            continue
        elif column.pattern:
            name, type_ = _DREAM_LISTS[column.kind]
            columns.append(StoredColumn(name, type_, column.description))
        else:
            type_ = _ARROW_TYPE[column.kind]
            columns.append(StoredColumn(column.name, type_, column.description, column.unique))
    return tuple(columns)


def stored_key(table: Table) -> tuple[str, ...]:
    """The key in the names of the stored table, where the personal number is the pseudonym."""
    return tuple(PERSON if table.column(name).kind == "cpr" else name for name in table.key)


def _custom(node: Mapping[str, Any]) -> dict[str, Any]:
    return {item["property"]: item["value"] for item in node.get("customProperties", ())}


def _table(schema: Mapping[str, Any]) -> Table:
    properties: list[dict[str, Any]] = schema["properties"]
    custom = _custom(schema)
    keyed = sorted(
        (prop["primaryKeyPosition"], prop["name"]) for prop in properties if prop.get("primaryKey")
    )
    return Table(
        name=schema["name"],
        title=schema["businessName"],
        description=schema["description"],
        columns=tuple(_column(prop) for prop in properties),
        key=tuple(name for _, name in keyed),
        row_floor=next(
            q["mustBeGreaterOrEqualTo"] for q in schema["quality"] if q["metric"] == "rowCount"
        ),
        period_columns=tuple(custom["periodColumns"]),
        row_rules=tuple(_row_rule(rule) for rule in custom["rowRules"]),
    )


def _column(prop: Mapping[str, Any]) -> Column:
    custom = _custom(prop)
    options = prop.get("logicalTypeOptions", {})
    valid: Sequence[str] = ()
    for quality in prop.get("quality", ()):
        if quality["metric"] == "invalidValues":
            valid = quality["arguments"]["validValues"]
    return Column(
        name=prop["name"],
        label=prop["businessName"],
        description=prop["description"],
        kind=cast(Kind, custom["kind"]),
        required=bool(prop["required"]),
        optional=bool(custom.get("columnOptional", False)),
        personal=prop["classification"] == "personal",
        unit=custom.get("unit"),
        values=tuple(valid),
        aliases=tuple(custom.get("aliases", {}).items()),
        minimum=options.get("exclusiveMinimum", options.get("minimum", custom.get("minimum"))),
        maximum=options.get("maximum", custom.get("maximum")),
        exclusive_minimum="exclusiveMinimum" in options,
        plausible_minimum=custom.get("plausibleMinimum"),
        plausible_maximum=custom.get("plausibleMaximum"),
        pattern=custom.get("pattern"),
        unique=bool(prop.get("unique", False)),
    )


def _row_rule(rule: Mapping[str, Any]) -> RowRule:
    return RowRule(
        name=rule["name"],
        kind=rule["rule"],
        columns=tuple(rule["columns"]),
        description=rule["description"],
        when=rule.get("when"),
        values=tuple(rule.get("values", ())),
    )
