"""Faults of whole files: each is a later file beside the good delivery, which is to stay in force.

Here belongs: the list, and how each file is made from the good one. Most are short, since a file
that is refused for its form is refused whatever its length.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

from synthetic.faults import Fault, OtherFile, Table

SHRUNK_TO = 0.6
YEARS_BACK = 2
_DANISH_YEAR = re.compile(r"(?<=^\d\d-\d\d-)\d{4}$")


def _csv(change: Callable[[Table], Table | bytes]) -> Callable[[Table], dict[str, bytes]]:
    """One CSV file: the changed table, or bytes as they are."""

    def make(table: Table) -> dict[str, bytes]:
        changed = change(table)
        return {".csv": changed if isinstance(changed, bytes) else changed.data()}

    return make


def _without(*columns: str) -> Callable[[Table], Table]:
    def change(table: Table) -> Table:
        kept = [at for at, name in enumerate(table.header) if name not in columns]
        return Table(
            [table.header[at] for at in kept], [[row[at] for at in kept] for row in table.rows]
        )

    return change


def _renamed(old: str, new: str) -> Callable[[Table], Table]:
    return lambda table: Table([new if name == old else name for name in table.header], table.rows)


def _with(column: str, value: str) -> Callable[[Table], Table]:
    return lambda table: Table([*table.header, column], [[*row, value] for row in table.rows])


def _filled(column: str, value: str) -> Callable[[Table], Table]:
    def change(table: Table) -> Table:
        at = table.header.index(column)
        return Table(table.header, [[*row[:at], value, *row[at + 1 :]] for row in table.rows])

    return change


def _week_left_out(table: Table) -> Table:
    weeks = [name for name in table.header if name.startswith("y_")]
    return _without(weeks[len(weeks) // 2])(table)


def _cut_in_a_row(table: Table) -> bytes:
    data = table.data().rstrip(b"\n")
    last = data.rindex(b"\n") + 1
    return data[: last + data[last:].index(b";") + 2]


def _cut_in_a_letter(table: Table) -> bytes:
    data = table.data()
    letters = [data.rfind(letter.encode()) for letter in "æøåÆØÅ"]
    return data[: max(letters) + 1]


def _double_encoded(table: Table) -> bytes:
    return table.data().decode("cp1252", "replace").replace("\ufffd", "?").encode()


def _shrunk(table: Table) -> Table:
    return Table(table.header, table.rows[: int(len(table.rows) * SHRUNK_TO)])


def _older(table: Table) -> Table:
    """Every date so many years earlier; 29 February becomes the 28th."""

    def earlier(cell: str) -> str:
        moved = _DANISH_YEAR.sub(lambda year: str(int(year[0]) - YEARS_BACK), cell)
        return moved.replace("29-02-", "28-02-") if moved != cell else cell

    return Table(table.header, [[earlier(cell) for cell in row] for row in table.rows])


def _points_for_commas(table: Table) -> Table:
    """Amounts with a decimal point, and in the first row one that could be either."""
    at = table.header.index("beloeb_kr")
    rows = [[*row[:at], row[at].replace(",", "."), *row[at + 1 :]] for row in table.rows]
    rows[0][at] = "1.234"
    return Table(table.header, rows)


def _first_and_last_of_three(table: Table) -> dict[str, bytes]:
    third = len(table.rows) // 3
    first, last = table.rows[:third], table.rows[2 * third :]
    return {
        "_part1of3.csv": Table(table.header, first).data(),
        "_part3of3.csv": Table(table.header, last).data(),
    }


# fmt: off
FILE_FAULTS = (
    Fault("target_group-column-missing", "target_group", "Kolonnen fra er ikke med.",
          OtherFile(_csv(_without("fra"))), verdict="rejected", code="missing_column"),
    Fault("target_group-column-renamed", "target_group", "Kolonnen fra hedder fradato.",
          OtherFile(_csv(_renamed("fra", "fradato"))), verdict="rejected", code="missing_column"),
    Fault("target_group-column-twice", "target_group", "To kolonner hedder fra.",
          OtherFile(_csv(_renamed("til", "fra"))), verdict="rejected", code="duplicate_column"),
    Fault("target_group-double-encoded", "target_group", "Æ, ø og å er kodet om to gange.",
          OtherFile(_csv(_double_encoded)), verdict="rejected", code="double_encoded"),
    Fault("target_group-older-period", "target_group", "Alle datoer ligger to år tilbage.",
          OtherFile(_csv(_older), whole=True), verdict="suspect", code="suspect_period"),
    Fault("population-cut-in-a-row", "population", "Filen er skåret over midt i den sidste række.",
          OtherFile(_csv(_cut_in_a_row)), verdict="rejected", code="truncated"),
    Fault("population-cut-in-a-letter", "population", "Filen er skåret over midt i et bogstav.",
          OtherFile(_csv(_cut_in_a_letter)), verdict="rejected", code="truncated"),
    Fault("population-name-of-person", "population", "En kolonne med navne.",
          OtherFile(_csv(_with("navn", "Navn Navnesen"))), verdict="rejected", code="personal_column"),
    Fault("shared_cases-shrunk", "shared_cases", "Kun tre af fem rækker er med.",
          OtherFile(_csv(_shrunk), whole=True), verdict="suspect", code="suspect_volume"),
    Fault("shared_cases-only-header", "shared_cases", "Filen har kun kolonnenavne.",
          OtherFile(_csv(lambda table: Table(table.header, []))), verdict="rejected", code="empty_file"),
    Fault("courses-no-bytes", "courses", "Filen er på nul byte.",
          OtherFile(_csv(lambda table: b"")), verdict="rejected", code="empty_file"),
    Fault("compensation-outcome-unknown", "compensation", "Alle afgørelser er skrevet på en måde, der ikke er aftalt.",
          OtherFile(_csv(_filled("afgoerelse", "måske"))), verdict="rejected", code="over_tolerance"),
    Fault("fleksjob-archive-cut", "fleksjob", "Det pakkede arkiv er kun halvt overført.",
          OtherFile(lambda table: {".csv.gz": _halved(gzip.compress(table.data(), mtime=0))}),
          verdict="rejected", code="truncated"),
    Fault("dream-week-left-out", "dream", "En uge midt i rækken mangler.",
          OtherFile(_csv(_week_left_out)), verdict="rejected", code="weeks_not_consecutive"),
    Fault("dream-part-missing", "dream", "Del 2 af 3 er ikke kommet.",
          OtherFile(_first_and_last_of_three), verdict="rejected", code="part_missing"),
    Fault("employer_contacts-new-column", "employer_contacts", "En ny, uskadelig kolonne.",
          OtherFile(_csv(_with("bemaerkning", "ok"))), check="no_unknown_columns",
          verdict="warned", code="warnings"),
    Fault("spending-point-or-comma", "spending", "Beløb med punktum, og et af dem kan være begge dele.",
          OtherFile(_csv(_points_for_commas), rows=(2,)), "number_ambiguous",
          verdict="warned", code="rows_quarantined"),
    Fault("staff-same-bytes", "staff", "Den samme fil en gang til.",
          OtherFile(), verdict="duplicate", code="same_bytes"),
)
# fmt: on


def _halved(data: bytes) -> bytes:
    return data[: len(data) // 2]
