"""One way to open a delivered table, whatever its file format.

Belongs here: the choice of reader by file name. A new format is one module and one line in
`_READERS`. Does not belong here: reading, or what the cells mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from expectations.contract import Contract
from sources.parquet_files import open_parquet
from sources.raw import RawTable
from sources.rejection import Rejection
from sources.text_files import open_text

_READERS: Mapping[str, Callable[[Path, Contract], RawTable]] = {
    ".csv": open_text,
    ".csv.gz": open_text,
    ".parquet": open_parquet,
}
_AGREED_LATER = (".xlsx", ".sas7bdat", ".sav", ".dta", ".xpt")


def extension(name: str) -> str:
    """The ending of a file name that says what it is, in lower case; `.csv.gz` is one ending."""
    low = name.casefold()
    if low.endswith(".csv.gz"):
        return ".csv.gz"
    return Path(low).suffix


def open_table(path: Path, ending: str, contract: Contract) -> RawTable:
    """Open a table; Rejection when the type is not read or the file is not what its name says."""
    if ending in _AGREED_LATER:
        raise Rejection(
            "file_type_not_yet",
            f"Filtypen {ending} læses ikke endnu.",
            "Levér tabellen som .csv, .csv.gz eller .parquet.",
        )
    reader = _READERS.get(ending)
    if reader is None:
        raise Rejection(
            "file_type",
            "Filen har en type, der ikke er aftalt.",
            "Levér tabellen som .csv, .csv.gz eller .parquet.",
        )
    return reader(path, contract)
