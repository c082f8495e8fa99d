"""`midtvejs protect`: disclosure control of any additive table, on its own.

Belongs here: reading the table, writing it and telling what was done. Not here: what is hidden (`disclosure.additive`).
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from exports.cpr_pattern import contains_cpr
from pipelines.commands import UsageProblem
from pipelines.outcome import DONE, REFUSED
from sources.files import shown_text

_LONGEST = 500
"""Characters of a line that names labels of the table, which may be anything."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `midtvejs protect`."""
    add = command.add_argument
    add(
        "--table",
        type=Path,
        required=True,
        metavar="FIL.csv",
        help="en celle på hver række, komma eller semikolon, UTF-8 eller Windows-1252",
    )
    add(
        "--dims",
        nargs="+",
        action="extend",
        required=True,
        metavar="KOLONNE",
        help="kolonnerne, der siger, hvor antallet hører til, med mellemrum eller komma imellem",
    )
    add("--count", required=True, metavar="KOLONNE", help="kolonnen med antal personer")
    add("--threshold", type=int, default=5, help="det mindste antal, der må vises ud over nul (5)")
    add(
        "--total",
        metavar="TEKST",
        help="det, der i en dimension betegner summen (ellers findes den: I alt, Total … eller det, der er de andres sum)",
    )
    add("--no-totals", action="store_true", help="ingen række er en sum af andre")
    add(
        "--weight",
        metavar="KOLONNE",
        help="hvad det koster at skjule cellen (ellers det samme for alle)",
    )
    add(
        "--keep",
        nargs="+",
        action="extend",
        default=[],
        metavar="KOLONNE",
        help="andre kolonner, der skal med ud og intet siger om antallet (en andel røber det; ellers udelades de)",
    )
    add(
        "--zeros-hidden",
        action="store_true",
        help="nuller vises ikke, så en skjult celle kan være nul",
    )
    add(
        "--trait",
        metavar="KOLONNE",
        help="en følsom egenskab: at alle eller ingen i en lille gruppe har den, skjules også",
    )
    add(
        "--round",
        type=int,
        metavar="GRUNDTAL",
        help="afrund additivt til hele multipla af grundtallet (fx 5) i stedet for at skjule",
    )
    add(
        "--only-small",
        action="store_true",
        help="med --round: ændr ikke mere, end at intet antal er under grundtallet",
    )
    add(
        "--out",
        type=Path,
        required=True,
        metavar="FIL.csv",
        help="tabellen med skjulte antal tomme, eller alle afrundet, og en kolonne status",
    )


def protect(chosen: argparse.Namespace) -> int:
    """Protect the table; nothing is written where hiding cannot protect it."""
    if chosen.threshold < 1:
        raise UsageProblem("Tærsklen skal være mindst 1.")
    if chosen.no_totals and chosen.total is not None:
        raise UsageProblem("--total og --no-totals siger hver sit.")
    _require_files(chosen.table, chosen.out)
    if chosen.round is not None:
        return _round(chosen)
    if chosen.only_small:
        raise UsageProblem("--only-small hører til --round.")
    # Brings linear programming: half a second that others need not wait.
    from disclosure.additive import protect_rows

    try:
        given = _read(chosen.table)
        done = protect_rows(
            given.table,
            _names(chosen.dims),
            chosen.count,
            chosen.threshold,
            total=chosen.total,
            no_totals=chosen.no_totals,
            zeros_shown=not chosen.zeros_hidden,
            weight=chosen.weight,
            trait=chosen.trait,
            keep=_names(chosen.keep),
        )
    except ValueError as problem:
        raise UsageProblem(shown_text(f"{chosen.table}: {problem}.", _LONGEST)) from None
    _tell(done.log(chosen.threshold), given.table, done.table)
    if done.unsafe:
        return REFUSED
    return given.hand_out(done.table, chosen.out)


def _round(chosen: argparse.Namespace) -> int:
    """Round the table instead; a base below the threshold would leave small counts in sight."""
    if chosen.round < chosen.threshold:
        raise UsageProblem("Grundtallet skal være mindst tærsklen.")
    if chosen.weight or chosen.zeros_hidden or chosen.trait:
        raise UsageProblem(
            "--weight, --trait og --zeros-hidden hører til at skjule, ikke til --round."
        )
    from disclosure.additive import round_rows

    try:
        given = _read(chosen.table)
        done = round_rows(
            given.table,
            _names(chosen.dims),
            chosen.count,
            chosen.round,
            total=chosen.total,
            no_totals=chosen.no_totals,
            only_small=chosen.only_small,
            keep=_names(chosen.keep),
        )
    except ValueError as problem:
        raise UsageProblem(shown_text(f"{chosen.table}: {problem}.", _LONGEST)) from None
    _tell(done.log(chosen.round, only_small=chosen.only_small), given.table, done.table)
    return given.hand_out(done.table, chosen.out)


def _tell(lines: Sequence[str], given: pd.DataFrame, done: pd.DataFrame) -> None:
    """What was done, and which columns are not handed out."""
    from disclosure.additive import STATUS

    left = [name for name in given.columns if name not in done.columns or name == STATUS]
    out = f"Udeladt: {', '.join(left)}. En kolonne, der intet siger om antallet, kommer med ved --keep."
    for line in (*lines, *([out] if left else [])):
        print(shown_text(line, _LONGEST))


def _require_files(table: Path, out: Path) -> None:
    """That there is a table, a folder for what comes of it, and that the one is not written over the other."""
    if not table.is_file():
        raise UsageProblem(f"Der er ingen tabel {table}.")
    if not out.parent.is_dir():
        raise UsageProblem(f"Der er ingen mappe {out.parent}.")
    if out.exists() and out.samefile(table):
        raise UsageProblem(f"{out} er den tabel, der skal beskyttes; vælg et andet navn til --out.")


def _names(asked: Sequence[str]) -> list[str]:
    """Names of columns, with spaces or commas between."""
    names = (name.strip() for part in asked for name in part.split(","))
    return [name for name in names if name]


@dataclass(frozen=True)
class _Given:
    """A table as it was read, and what stood between its columns."""

    table: pd.DataFrame
    separator: str

    def hand_out(self, table: pd.DataFrame, path: Path) -> int:
        """Write what is to leave, and how that ended: a table that names people does not."""
        text = table.to_csv(index=False, sep=self.separator)
        if contains_cpr(text):
            print(
                "I tabellen står noget, der ligner et cpr-nummer; den er ikke skrevet.",
                file=sys.stderr,
            )
            return REFUSED
        path.write_text(text, "utf-8", newline="")
        return DONE


def _read(path: Path) -> _Given:
    """Everything as text: a place may look like a number."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            # Else the first of more fields than the header names would be no column at all.
            table = pd.read_csv(
                StringIO(text), sep=separator, dtype="str", keep_default_na=False, index_col=False
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        raise ValueError(
            f"ikke en tabel med samme felter i hver linje og {separator} imellem"
        ) from None
    return _Given(table, separator)
