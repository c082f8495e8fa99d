"""The same parsed rows in every file format the interface page names.

`write_as` writes rows as one of `FORMATS`, dates and numbers in the way that is a format's own: Excel's serials, days and
months counted from SPSS's, Stata's and SAS's epochs. Floats are kept to two decimals everywhere, as CSV writes them.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from tests.sources.xlsx_making import Shown, book, serial

from .writing import STYLES, Row, write

_PLAIN = replace(STYLES[0], hyphen=False, heading="plain")


Writer = Callable[[Path, Sequence[Row], Sequence[str]], None]


def _csv(encoding: str, delimiter: str) -> Writer:
    style = replace(_PLAIN, encoding=encoding, delimiter=delimiter)

    def write_file(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
        write(path, rows, style, columns, {name: name for name in columns})

    return write_file


def _gzip(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    plain = path.with_suffix(".plain")
    _csv("utf-8", ";")(plain, rows, columns)
    path.write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    plain.with_name(plain.name + ".done").unlink()


def _xlsx(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    def cell(value: Any) -> Any:
        if isinstance(value, tuple):
            return Shown(serial(date(*value, 1)), "mmm-yy")
        return round(value, 2) if isinstance(value, float) else value

    body = [[cell(row.get(name)) for name in columns] for row in rows]
    path.write_bytes(book({"Udtræk": [["Udtræk", None, date(2021, 3, 8)], list(columns), *body]}))


def _parquet(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    def cell(value: Any) -> Any:
        if isinstance(value, tuple):
            return f"{value[0]}-{value[1]:02d}"
        return round(value, 2) if isinstance(value, float) else value

    table = {name: pa.array([cell(row.get(name)) for row in rows]) for name in columns}
    pq.write_table(pa.table(table), path)


def _statistical(writer: Callable[..., None], months: str, **more: Any) -> Writer:
    """A writer of pyreadstat; `months` is the format that shows a date (or a count) as a month."""

    def cell(value: Any) -> Any:
        if isinstance(value, tuple):
            counted = (value[0] - 1960) * 12 + value[1] - 1
            return float(counted) if months == "%tm" else date(*value, 1)
        if isinstance(value, bool):
            return float(value)
        return round(value, 2) if isinstance(value, float) else value

    def write_file(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
        made: dict[str, Any] = {}
        forms: dict[str, str] = {}
        for name in columns:
            values = [row.get(name) for row in rows]
            given = [value for value in values if value is not None]
            cells = [cell(value) for value in values]
            if any(isinstance(value, tuple) for value in given):
                forms[name] = months
            if not given or isinstance(given[0], str):
                made[name] = [text or "" for text in cells]
            elif isinstance(given[0], date) or (isinstance(given[0], tuple) and months != "%tm"):
                made[name] = pd.Series(cells, dtype=object)
            else:
                made[name] = pd.Series(cells, dtype="float64")
        writer(pd.DataFrame(made), path, variable_format=forms, **more)

    return write_file


_TEXTS = (("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", "\t"), ("utf-16", ";"))
FORMATS: Mapping[str, tuple[str, Writer]] = {
    **{f"csv {codec} {sign!r}": (".csv", _csv(codec, sign)) for codec, sign in _TEXTS},
    "csv.gz": (".csv.gz", _gzip),
    "xlsx": (".xlsx", _xlsx),
    "parquet": (".parquet", _parquet),
    "sav": (".sav", _statistical(pyreadstat.write_sav, "MOYR8")),
    "dta": (".dta", _statistical(pyreadstat.write_dta, "%tm")),
    "xpt": (".xpt", _statistical(pyreadstat.write_xport, "MONYY7")),
}
"""Format to its ending and its writer (path, rows, columns)."""


def write_as(
    form: str, folder: Path, name: str, rows: Sequence[Row], columns: Sequence[str]
) -> Path:
    """Write rows as `<folder>/<name><ending>` with a `.done` companion, and return the path."""
    ending, writer = FORMATS[form]
    path = folder / f"{name}{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    writer(path, rows, columns)
    path.with_name(path.name + ".done").touch()
    return path
