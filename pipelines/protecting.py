"""`midtvejs protect`: disclosure control of any additive table, on its own.

Belongs here: reading the table, writing it and telling what was done. Not here: what is hidden (`disclosure.additive`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from pipelines.commands import UsageProblem
from pipelines.outcome import DONE, REFUSED


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The arguments of `midtvejs protect`."""
    add = command.add_argument
    add(
        "--table",
        type=Path,
        required=True,
        metavar="FIL.csv",
        help="en celle på hver række, UTF-8, komma eller semikolon",
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
        default="I alt",
        metavar="TEKST",
        help="det, der i en dimension betegner summen (I alt)",
    )
    add(
        "--weight",
        metavar="KOLONNE",
        help="hvad det koster at skjule cellen (ellers det samme for alle)",
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
    if chosen.round is not None:
        return _round(chosen)
    if chosen.only_small:
        raise UsageProblem("--only-small hører til --round.")
    from disclosure.additive import (
        protect_rows,
    )  # brings linear programming, half a second that others need not wait

    try:
        table = _read(chosen.table)
        done = protect_rows(
            table,
            _dims(chosen),
            chosen.count,
            chosen.threshold,
            total=chosen.total,
            zeros_shown=not chosen.zeros_hidden,
            weight=chosen.weight,
            trait=chosen.trait,
        )
    except ValueError as problem:
        raise UsageProblem(f"{chosen.table}: {problem}.") from None
    for line in done.log(chosen.threshold):
        print(line)
    if done.unsafe:
        return REFUSED
    done.table.to_csv(chosen.out, index=False)
    return DONE


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
        done = round_rows(
            _read(chosen.table),
            _dims(chosen),
            chosen.count,
            chosen.round,
            total=chosen.total,
            only_small=chosen.only_small,
        )
    except ValueError as problem:
        raise UsageProblem(f"{chosen.table}: {problem}.") from None
    for line in done.log(chosen.round, only_small=chosen.only_small):
        print(line)
    done.table.to_csv(chosen.out, index=False)
    return DONE


def _dims(chosen: argparse.Namespace) -> list[str]:
    names = (name.strip() for part in chosen.dims for name in part.split(","))
    return [name for name in names if name]


def _read(path: Path) -> pd.DataFrame:
    """Places as text, whatever they look like; only columns that hold numbers alone are numbers."""
    with path.open(encoding="utf-8-sig") as stream:
        separator = ";" if ";" in stream.readline() else ","
    table = pd.read_csv(
        path, sep=separator, dtype="str", encoding="utf-8-sig", keep_default_na=False
    )
    for name in table.columns:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers.notna().all():
            table[name] = numbers
    return table
