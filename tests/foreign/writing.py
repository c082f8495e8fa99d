"""How other houses write a table: the accepted spellings of the interface page, mixed.

A `Style` is one house's habits. `write` turns parsed rows into a CSV file with a `.done`
companion, `write_workbook` the kept registers. What a value is decides how it is written: date,
month (a pair), yes/no, number, text; the names `cpr` and `koen` are known. Rows keep their canonical column names in memory.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Style:
    """The habits of one house; `day` is a strftime form, `month` a format of year and month."""

    delimiter: str
    encoding: str
    day: str
    month: str
    decimal: str
    thousands: str
    hyphen: bool
    sex_in_digits: bool
    yes: str
    no: str
    blank: str
    heading: str
    newline: str


STYLES = (
    Style(
        delimiter=";",
        encoding="cp1252",
        day="%d-%m-%Y",
        month="{1:02d}-{0}",
        decimal=",",
        thousands=".",
        hyphen=True,
        sex_in_digits=False,
        yes="ja",
        no="nej",
        blank="",
        heading="danish",
        newline="\r\n",
    ),
    Style(
        delimiter=",",
        encoding="utf-8-sig",
        day="%Y-%m-%d",
        month="{0}-{1:02d}",
        decimal=".",
        thousands="",
        hyphen=False,
        sex_in_digits=True,
        yes="1",
        no="0",
        blank="",
        heading="upper",
        newline="\n",
    ),
    Style(
        delimiter="\t",
        encoding="utf-8",
        day="%d.%m.%Y",
        month="{0}{1:02d}",
        decimal=",",
        thousands="",
        hyphen=False,
        sex_in_digits=True,
        yes="J",
        no="N",
        blank=".",
        heading="hyphens",
        newline="\r\n",
    ),
    Style(
        delimiter=";",
        encoding="utf-8-sig",
        day="%d/%m/%Y",
        month="{0}{1:02d}",
        decimal=",",
        thousands=".",
        hyphen=True,
        sex_in_digits=False,
        yes="true",
        no="false",
        blank="  ",
        heading="blanks",
        newline="\r\n",
    ),
    Style(
        delimiter=",",
        encoding="cp1252",
        day="%d-%m-%Y",
        month="{0}-{1:02d}",
        decimal=",",
        thousands=".",
        hyphen=False,
        sex_in_digits=False,
        yes="Ja",
        no="Nej",
        blank=".",
        heading="danish",
        newline="\n",
    ),
    Style(
        delimiter=";",
        encoding="utf-8",
        day="%Y-%m-%d",
        month="{1:02d}-{0}",
        decimal=".",
        thousands="",
        hyphen=True,
        sex_in_digits=True,
        yes="j",
        no="n",
        blank="",
        heading="plain",
        newline="\n",
    ),
)


def heading(name: str, habit: str) -> str:
    """A column name as a house spells it; the interface page holds all of these the same."""
    if habit == "danish":
        for plain, letter in (("ae", "æ"), ("oe", "ø"), ("aa", "å")):
            name = name.replace(plain, letter)
        return name[:1].upper() + name[1:]
    if habit == "upper":
        return name.upper()
    if habit == "hyphens":
        return name.replace("_", "-").title()
    if habit == "blanks":
        return f" {name.replace('_', ' ')} "
    return name


def number(value: float, style: Style) -> str:
    """Two decimals always, so that `1.234` alone never occurs; thousands where the house does."""
    text = f"{value:,.2f}".replace(",", "_").replace(".", style.decimal)
    return text.replace("_", style.thousands)


def text(column: str, value: Any, style: Style) -> str:
    """One value as the house writes it."""
    if value is None:
        return style.blank
    if column == "cpr":
        return f"{value[:6]}-{value[6:]}" if style.hyphen else str(value)
    if column == "koen" and style.sex_in_digits:
        return "1" if value == "M" else "2"
    if isinstance(value, bool):
        return style.yes if value else style.no
    if isinstance(value, date):
        return value.strftime(style.day)
    if isinstance(value, tuple):
        return style.month.format(*value)
    if isinstance(value, float):
        return number(value, style)
    return str(value)


def write(
    path: Path,
    rows: Sequence[Row],
    style: Style,
    columns: Sequence[str],
    names: Mapping[str, str] | None = None,
) -> None:
    """Write rows to a CSV file with the columns in the given order, and its `.done` companion.

    `names` gives the spelling of columns the house calls something else (`PNR` for `cpr`).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    spelled = [(names or {}).get(column, heading(column, style.heading)) for column in columns]
    with path.open("w", encoding=style.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=style.delimiter, lineterminator=style.newline)
        writer.writerow(spelled)
        writer.writerows(
            [text(column, row.get(column), style) for column in columns] for row in rows
        )
    path.with_name(path.name + ".done").touch()


def write_workbook(
    path: Path, rows: Mapping[str, Sequence[Row]], sheets: Mapping[str, Sequence[str]]
) -> None:
    """Write the sheets into one workbook, empty ones with their headings, and its companion."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, columns in sheets.items():
        page = book.create_sheet(sheet)
        page.append(list(columns))
        for row in rows.get(sheet, ()):
            page.append([cell_of(row.get(column)) for column in columns])
    book.save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in sorted(archive.namelist())}
    # The clock is not part of what was asked for.
    parts["docProps/core.xml"] = re.sub(
        rb"\d{4}-[\d:T-]+Z", b"2021-03-08T04:00:00Z", parts["docProps/core.xml"]
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, (2021, 3, 8, 4, 0, 0)), content)
    path.with_name(path.name + ".done").touch()


def cell_of(value: Any) -> Any:
    """A value as somebody types it into a sheet: yes and no as words, the rest as it is."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value


def shuffled(random: Random, items: Sequence[Any]) -> list[Any]:
    """The items in another order, the same for the same seed."""
    return random.sample(list(items), len(items))
