"""The checks of a source, made from its contract, and what one check came to.

Belongs here: names, severities, Danish words and results as plain data, so that the graph can be
declared without importing Great Expectations. Does not belong here: evaluating anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from expectations.contract import PERSON, Column, Contract, Severity, Table

Form = Literal["row_floor", "not_null", "in_set", "between", "not_before", "delivery"]

SEVERITY_WORDS: Mapping[Severity, str] = {"error": "fejl", "warning": "advarsel"}


@dataclass(frozen=True)
class CheckSpec:
    """One thing that must be true of a delivery.

    `form` is how it is evaluated: `delivery` while the delivery is read and compared with the
    one in force, every other form on the stored table by `expectations.validation`. `columns`
    are columns of the table `validation.frame_columns` names; `values`, `minimum`, `maximum` are
    its bounds.
    """

    name: str
    description: str
    severity: Severity
    form: Form
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    minimum: str | float | None = None
    maximum: str | float | None = None
    strict_minimum: bool = False

    @property
    def severity_word(self) -> str:
        """How serious a breach is, in Danish."""
        return SEVERITY_WORDS[self.severity]


@dataclass(frozen=True)
class CheckResult:
    """What one check came to: counts only, never a value. Not evaluated is always not passed."""

    name: str
    passed: bool
    evaluated: bool
    severity: Severity
    description: str
    sentence: str
    counts: dict[str, int | float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the delivery record."""
        return asdict(self)


def table_checks(table: Table, prefix: str = "") -> tuple[CheckSpec, ...]:
    """The checks of a stored table: the row floor first, then blanks, then values and order.

    `prefix` is set before every name, so that several tables of one source can be told apart. A
    table that may be empty has no floor to check.
    """
    specs = []
    if table.row_floor:
        floor = f"Der er mindst {table.row_floor} række(r)."
        specs.append(CheckSpec("row_floor", floor, "error", "row_floor", minimum=table.row_floor))
    if table.has_person:
        specs.append(_filled("person", "Alle rækker har en person.", PERSON))
    specs += _wide_checks() if table.wide else _named_checks(table)
    return tuple(_prefixed(spec, table, prefix) for spec in specs)


def _prefixed(spec: CheckSpec, table: Table, prefix: str) -> CheckSpec:
    if not prefix:
        return spec
    described = f"{table.title}: {spec.description}"
    return replace(spec, name=f"{prefix}{spec.name}", description=described)


def _filled(name: str, description: str, column: str) -> CheckSpec:
    return CheckSpec(f"{name}_not_null", description, "error", "not_null", (column,))


def _wide_checks() -> list[CheckSpec]:
    """The checks of DREAM's profile a person."""
    return [
        CheckSpec(
            "weeks_with_code_counted",
            "Antallet af uger med ydelse er talt for alle.",
            "error",
            "not_null",
            ("weeks_with_code",),
        ),
        CheckSpec(
            "wage_months_counted",
            "Antallet af måneder med løn er talt for alle.",
            "error",
            "not_null",
            ("wage_months",),
        ),
        CheckSpec(
            "weeks_with_code_in_range",
            "Ingen har flere uger med ydelse, end der er uger i leverancen.",
            "error",
            "between",
            ("weeks_with_code",),
            minimum=0,
            maximum=5300,
        ),
    ]


def _named_checks(table: Table) -> list[CheckSpec]:
    """The checks of columns named one by one: no blanks, contents, order within a row."""
    columns = [column for column in table.columns if column.kind != "cpr"]
    blanks = [
        _filled(column.name, f"{column.label} er udfyldt.", column.name)
        for column in columns
        if column.required
    ]
    contents = [spec for column in columns for spec in _content_checks(column)]
    order = [
        CheckSpec(rule.name, _denied(rule.description), "error", "not_before", rule.columns)
        for rule in table.row_rules
        if rule.kind != "onlyWhen"
    ]
    return [*blanks, *contents, *order]


def _content_checks(column: Column) -> list[CheckSpec]:
    specs = []
    if column.values:
        specs.append(
            CheckSpec(
                f"{column.name}_in_set",
                f"{column.label} er en af de aftalte værdier.",
                "error",
                "in_set",
                (column.name,),
                values=column.values,
            )
        )
    if column.minimum is not None or column.maximum is not None:
        specs.append(
            CheckSpec(
                f"{column.name}_in_range",
                f"{column.label} ligger inden for de aftalte grænser.",
                "error",
                "between",
                (column.name,),
                minimum=column.minimum,
                maximum=column.maximum,
                strict_minimum=column.exclusive_minimum,
            )
        )
    if column.plausible_minimum is not None or column.plausible_maximum is not None:
        specs.append(
            CheckSpec(
                f"{column.name}_plausible",
                f"{column.label} er rimelig.",
                "warning",
                "between",
                (column.name,),
                minimum=column.plausible_minimum,
                maximum=column.plausible_maximum,
            )
        )
    return specs


def delivery_checks(contract: Contract) -> tuple[CheckSpec, ...]:
    """The checks of the delivery as a whole, evaluated by the intake itself."""
    specs = [
        ("within_tolerance", "Rækker i karantæne holder sig inden for tolerancen.", "error"),
        ("nothing_quarantined", "Ingen rækker er i karantæne.", "warning"),
        ("keys_unique", "Ingen nøgle findes i flere rækker.", "warning"),
        ("no_unknown_columns", "Der er ingen ukendte kolonner.", "warning"),
        ("format_limit", "Rækkerne fylder ikke netop et regneark ud.", "error"),
    ]
    if len(contract.tables) > 1:
        specs.append(("all_tables_delivered", "Alle aftalte ark er der.", "warning"))
    if contract.has_person:
        specs.append(
            ("cpr_modulus_11", "Alle almindelige cpr-numre opfylder modulus 11.", "warning")
        )
    if contract.mode == "full":
        specs += [
            ("volume", "Antallet af rækker er ikke faldet for meget.", "error"),
            ("new_content", "Indholdet er et andet end i leverancen i kraft.", "warning"),
        ]
    # A workbook that an office fills in grows as it likes.
    if contract.mode == "full" and len(contract.tables) == 1:
        specs.append(
            ("growth", "Antallet af rækker er ikke steget med mere end halvdelen.", "warning")
        )
    if contract.mode == "full" and any(table.period_columns for table in contract.tables):
        specs.append(
            ("newest_period", "Den nyeste periode er ikke ældre end den i kraft.", "error")
        )
    if contract.source == "population":
        specs += [
            ("birth_date_matches_cpr", "Fødselsdatoen passer til cpr-nummeret.", "warning"),
            ("sex_matches_cpr", "Kønnet passer til cpr-nummeret.", "warning"),
            ("no_overlapping_spells", "En persons bopæle overlapper ikke.", "warning"),
            ("municipality", "Der bor nogen i kommunen.", "error"),
            ("municipality_share", "Andelen, der bor i kommunen, er ikke halveret.", "error"),
        ]
    return tuple(
        CheckSpec(name, description, "error" if severity == "error" else "warning", "delivery")
        for name, description, severity in specs
    )


def prefix_of(contract: Contract, table: Table) -> str:
    """What is set before the names of a table's checks: nothing for the only table of a source."""
    return f"{table.name}__" if len(contract.tables) > 1 else ""


def checks_for(contract: Contract) -> tuple[CheckSpec, ...]:
    """Every check of a source; their names are unique and serve as asset check names."""
    tables = [
        spec
        for table in contract.tables
        for spec in table_checks(table, prefix_of(contract, table))
    ]
    return (*delivery_checks(contract), *tables)


def result(
    spec: CheckSpec,
    passed: bool,
    counts: Mapping[str, int | float],
    *,
    evaluated: bool = True,
    detail: str = "",
) -> CheckResult:
    """The result of `spec` with its Danish sentence; a check not evaluated has failed.

    `detail` is added to the sentence of a failed check; it may hold agreed names, never a value.
    """
    if not evaluated:
        sentence = f"Kunne ikke efterprøves: {spec.description}"
    elif passed:
        sentence = f"I orden: {spec.description}"
    else:
        found = int(counts.get("unexpected", 0))
        sentence = f"Ikke opfyldt: {spec.description}" + (f" Antal: {found}." if found else "")
        sentence += f" {detail}" if detail else ""
    return CheckResult(
        spec.name,
        passed and evaluated,
        evaluated,
        spec.severity,
        spec.description,
        sentence,
        dict(counts),
    )


def _denied(fault: str) -> str:
    """A rule's fault sentence turned into what must hold, for a check's description."""
    return f"Ingen rækker har fejlen: {fault}"
