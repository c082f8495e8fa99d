"""One way to open a delivered file, whatever its format: the tables that are in it.

Belongs here: the choice of reader by file name. A new format is one module and one line in
`_READERS`. Does not belong here: reading, or what the cells mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from expectations.contract import Contract, Table
from sources.parquet_files import open_parquet
from sources.raw import RawTable
from sources.rejection import Rejection
from sources.statistical.files import open_statistical
from sources.text.files import open_text
from sources.xlsx.files import open_workbook, open_xlsx

_READERS: Mapping[str, Callable[[Path, Table], RawTable]] = {
    ".csv": open_text,
    ".csv.gz": open_text,
    ".parquet": open_parquet,
    ".xlsx": open_xlsx,
    ".sav": open_statistical,
    ".dta": open_statistical,
    ".xpt": open_statistical,
    ".sas7bdat": open_statistical,
}


def extension(name: str) -> str:
    """The ending of a file name that says what it is, in lower case; `.csv.gz` is one ending."""
    low = name.casefold()
    if low.endswith(".csv.gz"):
        return ".csv.gz"
    return Path(low).suffix


def open_tables(path: Path, ending: str, contract: Contract) -> dict[str, RawTable]:
    """The tables of a file by their name in the contract; one that is not in the file is left out.

    Rejection when the type is not read, the file is not what its name says, or one table cannot
    be all that the contract asks for.
    """
    reader = _READERS.get(ending)
    if len(contract.tables) > 1 and ending == ".xlsx":
        return dict(open_workbook(path, contract))
    if reader is not None and len(contract.tables) > 1:
        raise Rejection(
            "file_type",
            "Kilden er en projektmappe med flere ark og kan ikke leveres som én tabel.",
            "Levér hele projektmappen som .xlsx.",
        )
    if reader is None:
        raise Rejection(
            "file_type",
            "Filen har en type, der ikke er aftalt.",
            "Levér tabellen som .csv, .csv.gz, .xlsx eller .parquet.",
        )
    return {contract.table.name: reader(path, contract.table)}
