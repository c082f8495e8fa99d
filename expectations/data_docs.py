"""Data Docs: one page a judged delivery, in Great Expectations' own words beside the contract's.

Belongs here: making the library's result objects from what the delivery record holds, and the HTML
its renderers make of them. The record holds counts and no values, so neither do the pages, and a
page can be made again years later. The library is imported inside functions. Does not belong here:
where pages lie and when they are made (`sources.delivery_pages`).

The library's page template fetches style sheets, scripts and fonts from five hosts; the pages use
templates of our own around its content blocks, and ask nobody for anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.checks import SEVERITY_WORDS, CheckSpec, checks_for
from expectations.contract import Contract
from expectations.validation import quiet_library

_TEMPLATES = Path(__file__).parent / "templates"
_TYPES: Mapping[str, str] = {
    "row_floor": "expect_table_row_count_to_be_between",
    "not_null": "expect_column_values_to_not_be_null",
    "in_set": "expect_column_values_to_be_in_set",
    "between": "expect_column_values_to_be_between",
    "not_before": "expect_column_pair_values_a_to_be_greater_than_b",
}


@dataclass(frozen=True)
class Judged:
    """What the head of a page says of a delivery; every text is fit to be shown.

    `verdict` is the code and `verdict_word` its Danish. `counts` are (Danish word, number) in the
    order shown; `period` is blank when unknown.
    """

    delivery: str
    file: str
    received_at: str
    verdict: str
    verdict_word: str
    sentence: str
    period: str
    counts: Sequence[tuple[str, int]]
    page: str


@dataclass(frozen=True)
class _Row:
    """One check as the page shows it; `english` is (expectation, observed) of the library."""

    description: str
    severity: str
    outcome: str
    rows: int | None
    unexpected: int | None
    english: tuple[Any, Any] | None


def delivery_page(contract: Contract, judged: Judged, results: Sequence[Mapping[str, Any]]) -> str:
    """The HTML page of one delivery. `results` are check results as the record holds them.

    Every check of the contract is on it, one without a result as not evaluated; then what the
    record holds of checks the contract no longer has. An exception of the library passes through.
    """
    view = _view()
    found = {str(result["name"]): result for result in results}
    specs = {spec.name: spec for spec in checks_for(contract)}
    rows = [_row(spec, found.get(name)) for name, spec in specs.items()]
    rows += [_unknown(result) for name, result in found.items() if name not in specs]
    return str(
        view.env.get_template("delivery.html").render(
            title=contract.title,
            source=contract.source,
            judged=judged,
            rows=rows,
            failed=sum(row.outcome == "Ikke opfyldt" for row in rows),
            unevaluated=sum(row.outcome == "Ikke efterprøvet" for row in rows),
        )
    )


def source_page(contract: Contract, deliveries: Sequence[Judged]) -> str:
    """The HTML list of a source's deliveries, in the order given."""
    return str(
        _view()
        .env.get_template("source.html")
        .render(
            title=contract.title,
            purpose=contract.purpose,
            deliveries=deliveries,
        )
    )


def _view() -> Any:
    """The library's view with our page templates; every element gets the same id each time."""
    quiet_library()
    from great_expectations.render.view.view import DefaultJinjaPageView

    view = DefaultJinjaPageView(custom_views_directory=str(_TEMPLATES))
    view.env.filters["generate_html_element_uuid"] = lambda prefix="": f"{prefix}element"
    return view


def _row(spec: CheckSpec, result: Mapping[str, Any] | None) -> _Row:
    counts: Mapping[str, Any] = {} if result is None else result["counts"]
    return _Row(
        spec.description,
        spec.severity_word,
        _outcome(result),
        counts.get("rows"),
        counts.get("unexpected"),
        _in_english(spec, bool(result and result["passed"]), counts)
        if spec.form in _TYPES
        else None,
    )


def _outcome(result: Mapping[str, Any] | None) -> str:
    if result is None or not result["evaluated"]:
        return "Ikke efterprøvet"
    return "I orden" if result["passed"] else "Ikke opfyldt"


def _unknown(result: Mapping[str, Any]) -> _Row:
    return _Row(
        str(result["description"]),
        SEVERITY_WORDS[result["severity"]],
        _outcome(result),
        result["counts"].get("rows"),
        result["counts"].get("unexpected"),
        None,
    )


def _in_english(spec: CheckSpec, passed: bool, counts: Mapping[str, Any]) -> tuple[Any, Any]:
    """The library's rendering of an expectation and of what was observed, as content blocks."""
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.render.renderer.content_block.validation_results_table_content_block import (
        ValidationResultsTableContentBlockRenderer,
    )

    configuration = ExpectationConfiguration(type=_TYPES[spec.form], kwargs=_arguments(spec))
    outcome = ExpectationValidationResult(
        success=passed, expectation_config=configuration, result=_observed(spec, counts)
    )
    block: Any = ValidationResultsTableContentBlockRenderer.render([outcome])
    _, expectation, observed = block.to_json_dict()["table"][0]
    return expectation, observed


def _arguments(spec: CheckSpec) -> dict[str, Any]:
    if spec.form == "row_floor":
        return {"min_value": spec.minimum}
    if spec.form == "not_before":
        first, second = spec.columns
        return {"column_A": second, "column_B": first, "or_equal": True}
    arguments: dict[str, Any] = {"column": spec.columns[0]}
    if spec.form == "in_set":
        arguments["value_set"] = list(spec.values)
    elif spec.form == "between":
        arguments |= {
            "min_value": _bound(spec.minimum),
            "max_value": _bound(spec.maximum),
            "strict_min": spec.strict_minimum,
        }
    return arguments


def _bound(bound: str | float | None) -> str | float | None:
    """A bound as the library shows it; it knows dates and no months, so a month is its first day."""
    return f"{bound}-01" if isinstance(bound, str) and bound.count("-") == 1 else bound


def _observed(spec: CheckSpec, counts: Mapping[str, Any]) -> dict[str, Any]:
    """The record's counts in the library's terms; empty when there are none."""
    if "rows" not in counts:
        return {}
    if spec.form == "row_floor":
        return {"observed_value": counts["rows"]}
    unexpected = counts.get("unexpected", 0)
    return {
        "element_count": counts["rows"],
        "unexpected_count": unexpected,
        "unexpected_percent": 100 * unexpected / counts["rows"] if counts["rows"] else 0.0,
    }
