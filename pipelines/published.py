"""The commands about a published set: `verify` and `explain`, in words.

Belongs here: what they print and the exit code. Not here: the checking and the following back
(`exports.verification`, `exports.explanation`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assets.recipes import sources_of
from expectations.contract import SOURCES, load
from exports.target_group import unqualified
from exports.verification import check, is_either
from exports.workbook.labels import DIMENSIONS, GROUPS, category, danish, month_name
from indicators.catalogue import catalogue
from pipelines import outcome

if TYPE_CHECKING:
    from exports.explanation import Explanation
    from exports.workbook.cell_map import Entry

_FLAGS = {
    "suppressed": "Tallet er skjult af hensyn til diskretion",
    "missing": "Der er intet at dele med",
    "not_computed": "Tallet er ikke opgjort",
}


def verify_command(arguments: argparse.Namespace) -> int:
    """Check a published set, or all of a home, against manifest and ledger."""
    if not arguments.directory.is_dir():
        print(f"Der er ingen mappe {arguments.directory}.", file=sys.stderr)
        return outcome.WRONG_USE
    if not is_either(arguments.directory):
        print(
            f"{arguments.directory} er hverken et hjem eller et offentliggjort sæt.",
            file=sys.stderr,
        )
        return outcome.WRONG_USE
    found = check(arguments.directory)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.problems:
        print("Sættet er ikke i orden." if found.sets == 1 else "Sættene er ikke i orden.")
        return outcome.INFRASTRUCTURE
    if found.sets == 1:
        print("Sættet er, som det blev offentliggjort.")
    else:
        print(f"{found.sets} sæt er, som de blev offentliggjort.")
    if found.ledger_lines is None:
        print("Sættet ligger ikke i sit hjem, så det er kun holdt op mod sit eget manifest.")
    else:
        print(f"Hovedbogen er hel ({found.ledger_lines} linjer).")
    return outcome.DONE


def explain_command(arguments: argparse.Namespace) -> int:
    """Tell what a number of a workbook is and what it was made of."""
    # Reading a workbook loads openpyxl, which no other command should wait for.
    from exports.explanation import Unexplained, explain

    try:
        found = explain(arguments.workbook, arguments.cell, arguments.home)
    except Unexplained as problem:
        print(problem, file=sys.stderr)
        return outcome.WRONG_USE
    print("\n".join(told(found)))
    return outcome.DONE


def told(found: Explanation) -> Iterator[str]:
    """An explanation as lines of text."""
    entry = found.entry
    shown = (
        found.shown if isinstance(found.shown, str) or found.shown is None else _number(found.shown)
    )
    yield f"{entry.sheet}!{entry.cell}: {shown if shown is not None else '(tom)'}"
    yield f"Tabel: {entry.table}, rækken »{entry.row}«, kolonnen »{entry.column}«"
    if entry.indicator:
        about = catalogue()[entry.indicator]
        rule = found.manifest["settings"]["target_group_rule"]
        variant = unqualified(entry.variant, entry.group, rule)
        sources = sources_of(about.area, rule)
        words = [
            about.title_da,
            about.reading(variant),
            GROUPS[entry.group],
            month_name(entry.period),
        ]
        for dim, code in ((entry.dim1, entry.value1), (entry.dim2, entry.value2)):
            if dim:
                words.append(f"{DIMENSIONS.get(dim, dim).lower()}: {category(dim, code)}")
        yield f"Indikator: {', '.join(filter(None, words))} ({entry.indicator} {entry.variant})".replace(
            " )", ")"
        )
        if found.row is None:
            yield "Tabellen over indikatorer har ingen række med tallet: det er ikke opgjort."
        else:
            yield from _figure(found.row, about.numerator, about.denominator)
        if entry.compared_with:
            yield f"Cellen viser ændringen siden {month_name(entry.compared_with)}:"
            if found.compared is not None:
                yield from _figure(found.compared, about.numerator, about.denominator)
        yield f"Sådan opgøres den: {about.method}"
        yield f"Grundlag: {about.source}"
    else:
        yield f"Kilde: {entry.source}"
        sources = _behind(entry)
    if sources:
        yield "Leverancer:"
    for delivery in found.deliveries(sources):
        yield (
            f"  {load(delivery['source']).title}: {delivery['delivery_id']}, {danish(delivery['rows_in'])} rækker, "
            f"{danish(delivery['used'])} brugt, sha256 {delivery['sha256']}"
        )
    yield from _made(found)


def _behind(entry: Entry) -> frozenset[str]:
    """The sources whose deliveries a number of no indicator is of: the one its row is about, or what the office keeps; none
    where a plan or a paper says it."""
    from exports.workbook.recorded import OFFICE

    about = frozenset(source for source in SOURCES if load(source).title == entry.row)
    return about or frozenset({"registers"} if OFFICE in entry.source else ())


def _figure(row: Mapping[str, str], numerator: str, denominator: str) -> Iterator[str]:
    if row["flag"]:
        yield f"{_FLAGS[row['flag']]}."
        return
    if row["numerator"]:
        yield f"Tæller: {_number(float(row['numerator']))} ({numerator[:1].lower()}{numerator[1:]})"
    if row["denominator"]:
        yield f"Nævner: {_number(float(row['denominator']))} ({denominator[:1].lower()}{denominator[1:]})"
    interval = ""
    if row["low"]:
        interval = f", usikkerhed {_number(float(row['low']))} til {_number(float(row['high']))}"
    yield f"Tal: {_number(float(row['value']))} {row['unit']}{interval}"


def _made(found: Explanation) -> Iterator[str]:
    manifest = found.manifest
    settings = ", ".join(f"{key} {value}" for key, value in sorted(manifest["settings"].items()))
    yield f"Sæt: {manifest['plan']}, {month_name(manifest['month'])}, version {manifest['version']}"
    yield f"Indstillinger: {settings}; tærskel {manifest['threshold']}"
    yield f"Program: {manifest['code_version']}"
    if found.line is None:
        yield "Kørsel: kendes ikke, for sættet ligger ikke i sit hjem."
    else:
        yield f"Kørsel: {found.line.facts.get('run', 'ikke oplyst')}, offentliggjort {found.line.at}"


def _number(number: float) -> str:
    """All the digits there are, in Danish."""
    if float(number).is_integer():
        return danish(number)
    return f"{number:,.12g}".translate(str.maketrans(",.", ".,"))
