"""The last gate: opens the written files as a stranger would and looks for what must not leave.

Belongs here: reading the finished bytes with nothing but zip, CSV and text. Not here: writing
(`workbook`, `tidy`) or deciding what is hidden (`disclosure`); nothing of theirs is used, so that a
fault of theirs is seen.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

from exports.cpr_pattern import contains_cpr
from exports.stranger.counted import COUNT_UNITS, UnknownFigure, counted
from exports.stranger.finding import Finding

if TYPE_CHECKING:
    from exports.stranger.inspection import Known

_NUMBERS = ("numerator", "denominator", "value", "low", "high")
_FORBIDDEN_PARTS = re.compile(
    r"(^|/)(externalLinks?/|vbaProject|comments|threadedComments|persons?/|connections\.xml"
    r"|queryTables?/|embeddings/|activeX/|customXml/|macrosheets/|ctrlProps/)",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("xl/worksheets/", re.compile(r"<(\w+:)?f[\s>/]"), "en formel"),
    (
        "xl/tables/",
        re.compile(r"<(\w+:)?(calculatedColumnFormula|totalsRowFormula)\b"),
        "en formel",
    ),
    (
        "xl/worksheets/",
        re.compile(r"<(\w+:)?(row|col)\b[^>]*\bhidden=\"(1|true)\""),
        "en skjult række",
    ),
    ("xl/workbook.xml", re.compile(r"\bstate=\"(hidden|veryHidden)\""), "et skjult ark"),
    (
        "xl/workbook.xml",
        re.compile(r"<(\w+:)?definedName\b[^>]*\bhidden=\"(1|true)\""),
        "et skjult navn",
    ),
    ("", re.compile(r"\bTargetMode=\"External\""), "en henvisning ud af filen"),
    ("docProps/", re.compile(r"<(\w+:)?(lastModifiedBy|manager)>[^<]"), "et navn i egenskaberne"),
)
_CELL = re.compile(
    r"<c r=\"([A-Z]+)(\d+)\"([^>]*?)(?:/>|>(?:<v>([^<]*)</v>|<is>(.*?)</is>)?</c>)", re.S
)
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")


class ReleaseRefused(RuntimeError):  # noqa: N818
    """The set may not leave; `findings` says why, and so does the message."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        shown = " ".join(str(finding) for finding in findings[:10])
        rest = f" Og {len(findings) - 10} mere." if len(findings) > 10 else ""
        super().__init__(f"Sættet er ikke offentliggjort. {shown}{rest}")


def require_releasable(directory: Path, threshold: int, known: Known | None = None) -> None:
    """Raise `ReleaseRefused` unless `inspect` finds nothing."""
    findings = inspect(directory, threshold, known)
    if findings:
        raise ReleaseRefused(findings)


def inspect(directory: Path, threshold: int, known: Known | None = None) -> tuple[Finding, ...]:
    """Every finding in the files of a set, in the order of their names.

    Looks for counts from 1 to `threshold` - 1 (numerators, denominators and what is left between
    them, and the workbook's columns that end in `(antal)`), CPR-like numbers, hidden sheets, rows,
    columns and names, formulas, links out of the file, macros and comments; then, in the set as a whole, for what its files
    give away together (`stranger`). `known` is what the house knows of it.
    """
    # Definitions load the gate's refusal; pandas comes with the comparison alone.
    from exports.stranger.inspection import set_findings

    findings: list[Finding] = []
    for path in sorted(path for path in directory.rglob("*") if not path.is_dir()):
        name = path.relative_to(directory).as_posix()
        if path.is_symlink() or not path.is_file():
            findings.append(Finding(name, "er ikke en almindelig fil."))
        elif zipfile.is_zipfile(path):
            findings += _workbook(path, name, threshold)
        elif path.suffix == ".csv":
            findings += _csv(path, name, threshold)
        else:
            findings += _plain(path, name)
    findings += set_findings(directory, threshold, known)
    return tuple(dict.fromkeys(findings))


def _plain(path: Path, name: str) -> Iterator[Finding]:
    if contains_cpr(path.read_bytes().decode("utf-8", "replace")):
        yield Finding(name, "der står et tal, der ligner et CPR-nummer.")


def _csv(path: Path, name: str, threshold: int) -> Iterator[Finding]:
    yield from _plain(path, name)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if any(str(cell).startswith(("=", "+", "@", "\t", "\r")) for cell in row.values()):
                yield Finding(name, "en tekst ville blive læst som formel i et regneark.")
            if "numerator" in row and "denominator" in row:
                yield from _tidy_row(name, row, threshold)


def _tidy_row(name: str, row: dict[str, str], threshold: int) -> Iterator[Finding]:
    place = f"{name} ({row.get('indicator')} {row.get('period')})"
    if row.get("flag") == "suppressed":
        if any(row.get(number) for number in _NUMBERS):
            yield Finding(place, "en skjult celle har stadig et tal.")
        return
    try:
        people = counted(row["indicator"], row["variant"])
    except UnknownFigure:
        yield Finding(place, "ingen har beskrevet, hvem tallet tæller.")
        return
    top, bottom = _number(row["numerator"]), _number(row["denominator"])
    counts = [top if people.numerator else None, bottom if people.denominator else None]
    if people.numerator and row.get("unit") in COUNT_UNITS:
        counts.append(_number(row.get("value", "")))
    if people.within and top is not None and bottom is not None:
        counts.append(bottom - top)
    if any(count is not None and 0 < count < threshold for count in counts):
        yield Finding(place, f"et antal under {threshold} er synligt.")


def _workbook(path: Path, name: str, threshold: int) -> Iterator[Finding]:
    with zipfile.ZipFile(path) as archive:
        parts = {
            entry: archive.read(entry).decode("utf-8", "replace") for entry in archive.namelist()
        }
    shared = _shared_strings(parts.get("xl/sharedStrings.xml", ""))
    for part, text in sorted(parts.items()):
        place = f"{name}/{part}"
        if _FORBIDDEN_PARTS.search(part):
            yield Finding(place, "en makro, kommentar eller henvisning ud af filen.")
        # Tags are dropped too, so that a number split over two runs of text is seen.
        if contains_cpr(text) or (contains_cpr(re.sub(r"<[^>]*>", "", text)) and _has_runs(text)):
            yield Finding(place, "der står et tal, der ligner et CPR-nummer.")
        for prefix, pattern, what in _PATTERNS:
            if part.startswith(prefix) and pattern.search(text):
                yield Finding(place, f"{what}.")
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            yield from _sheet_counts(place, text, shared, threshold)


def _has_runs(text: str) -> bool:
    return re.search(r"<(\w+:)?r>", text) is not None


def _sheet_counts(place: str, text: str, shared: list[str], threshold: int) -> Iterator[Finding]:
    """Numbers below the threshold under a header that ends in `(antal)`, down to the first cell of
    another table.
    """
    counted: set[str] = set()
    for column, _row, attributes, value, inline in _CELL.findall(text):
        if 't="s"' in attributes or 't="inlineStr"' in attributes:
            words = shared[int(value)] if 't="s"' in attributes else "".join(_TEXT.findall(inline))
            if words.endswith("(antal)"):
                counted.add(column)
            elif words not in ("..", "·"):
                counted.discard(column)
        elif column in counted and value and 0 < float(value) < threshold:
            yield Finding(place, f"et antal under {threshold} er synligt.")


def _shared_strings(text: str) -> list[str]:
    items = re.findall(r"<si>(.*?)</si>|<si/>", text, re.S)
    return [unescape("".join(_TEXT.findall(item))) for item in items]


def _number(text: str) -> float | None:
    return float(text) if text else None
