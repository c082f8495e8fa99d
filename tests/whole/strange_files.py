"""Deliveries with a canary in every place a personal number, or a name, may come by mistake.

Belongs here: the files, in every format. Not here: faults as such (`tests.bad_files`, `synthetic.file_faults`).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from tests.bad_files.case import COMPENSATION, compensation
from tests.canaries import CANARIES, NAME
from tests.foreign.registers import DISTRICTS
from tests.sources.making import POPULATION, lines, resident
from tests.sources.sheets import Sheets
from tests.sources.xlsx_making import Shared, Sheet, Shown, book

BARE, _, WITH_ZERO = CANARIES
HYPHEN, DASH, BLANK, WIDE = (f"{BARE[:6]}{between}{BARE[6:]}" for between in "-\u2013 \u00a0")
WRITTEN = (
    BARE,
    HYPHEN,
    DASH,
    BLANK,
    WIDE,
    WITH_ZERO,
    WITH_ZERO[1:],
    f"={HYPHEN}",
    f"se\u200b{HYPHEN}",
)
"""Ways a number stands in a text."""


def strange_files() -> Iterator[tuple[str, str, bytes]]:
    """Source, name and content of each."""
    people = _people()
    yield "population", f"population {HYPHEN} ({WITH_ZERO}).csv", lines(POPULATION, people).encode()
    yield "population", "population_utf16.csv", lines(POPULATION, people).encode("utf-16")
    yield (
        "population",
        "population_packed.csv.gz",
        gzip.compress(lines(POPULATION, people).encode()),
    )
    noted = [f"{row};x" for row in people]
    yield "population", "population_note.csv", lines(f"{POPULATION};note {DASH}", noted).encode()
    named = [f"{row};{NAME}" for row in people]
    yield "population", "population_named.csv", lines(f"{POPULATION};kontakt", named).encode()
    twice = f"{POPULATION};note {BARE};note_{BARE}"
    yield (
        "population",
        "population_twice.csv",
        lines(twice, [f"{row};x;y" for row in people]).encode(),
    )
    yield "population", "population_other.csv", lines(f"bydel {BLANK}", [BARE]).encode()
    yield "population", "population.xlsx", _workbook(people)
    yield "population", "population.parquet", _parquet(people)
    yield "population", "population.sav", _statistical()
    yield "compensation", "compensation_strange.csv", lines(COMPENSATION, list(_cases())).encode()
    yield (
        "dream",
        "dream_weeks.csv",
        lines(f"PNR;y_2001;y_{BARE};branche_2020_01", [f"{BARE};111;;"]).encode(),
    )
    yield "dream", f"dream {BARE}_part1of2.csv", b"PNR;y_2001\n"
    yield "population", f".{HYPHEN}.csv", BARE.encode()
    yield "registers", "registers_strange.xlsx", book(_registers())
    yield "spending", "spending_strange.csv", _spending()


def _people() -> list[str]:
    """Residents, and rows with a number in each column in turn."""
    good = [resident(which, bydel=DISTRICTS[which % 3]) for which in range(400)]
    wrong = [
        resident(500 + at, **{column: WRITTEN[at]})
        for at, column in enumerate(POPULATION.split(";"))
    ]
    return [
        resident(450, cpr=WITH_ZERO),
        *good,
        *wrong,
        f"{resident(490)};{BARE}",
        f"{BARE}-{HYPHEN}",
    ]


def _cases() -> Iterator[str]:
    """Applications: good ones, and somebody's number in each column in turn, in the first in every way."""
    yield from (compensation(f"S{which}", "plain") for which in range(3_000))
    places = [*enumerate(COMPENSATION.split(";")), *((0, "sag_id") for _ in WRITTEN)]
    for at, (place, _) in enumerate(places):
        cells = compensation(f"T{at}", "plain").split(";")
        cells[1] = WITH_ZERO if at % 2 else BARE
        cells[place] = WRITTEN[at % len(WRITTEN)]
        yield ";".join(cells)


def _workbook(people: list[str]) -> bytes:
    rows = [POPULATION.split(";"), *([Shared(cell) for cell in row.split(";")] for row in people)]
    rows[1][0] = int(WITH_ZERO)
    rows[2][4] = Shown(int(BARE), 0)
    rows[3][5] = Shown(int(BARE), 14)
    return book(
        {
            "population": rows,
            f"andet {HYPHEN}": Sheet([[BARE, Shared(HYPHEN), int(BARE)]], state="hidden"),
        }
    )


def _parquet(people: list[str]) -> bytes:
    cells = [row.split(";")[:7] for row in people if row.count(";") == 6]
    columns = dict(zip(POPULATION.split(";"), map(list, zip(*cells, strict=True)), strict=True))
    table = pa.table({**columns, "laengde": [int(BARE)] * len(cells)})
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"note": HYPHEN}), stream)
    return stream.getvalue()


def _statistical() -> bytes:
    count = 300
    frame = pd.DataFrame(
        {
            "cpr": [int(resident(which)[:10]) for which in range(count)],
            "foedselsdato": pd.Series([date(1990, 2, 7)] * count, dtype=object),
            "koen": [1.0, 2.0] * (count // 2 - 1) + [1.0, float(BARE)],
            "kommunekode": [101.0] * count,
            "bydel": [HYPHEN, *["Valby"] * (count - 1)],
            "fra": pd.Series([date(2010, 1, 1)] * count, dtype=object),
            "til": [float(BARE), *[None] * (count - 1)],
        }
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=HYPHEN,
            column_labels={"bydel": HYPHEN},
            variable_value_labels={"koen": {1.0: BARE, 2.0: HYPHEN}},
            note=BARE,
        )
        return path.read_bytes()


def _registers() -> Mapping[str, Sheet]:
    # Nine digits in a comment may be anything.
    told = [text for text in WRITTEN if text != WITH_ZERO[1:]]
    comments = [f"bi05;a{at};i gang;2020-05-01;{text}" for at, text in enumerate(told)]
    wrong = [f"bi05;b{at};{text};{text};x" for at, text in enumerate(WRITTEN)]
    named = [f"{HYPHEN};c;i gang;;x", f"bi05;{HYPHEN};i gang;;x"]
    good = [f"bi05;g{which};i gang;2020-05-01;x" for which in range(2_000)]
    sheets: Sheets = {
        "activities": [
            "plan;aktivitet_id;status;statusdato;kommentar",
            *good,
            *comments,
            *wrong,
            *named,
        ],
        f"note {HYPHEN}": [BARE, HYPHEN],
    }
    return {
        name: Sheet([[cell or None for cell in line.split(";")] for line in rows])
        for name, rows in sheets.items()
    }


def _spending() -> bytes:
    header = "maaned;konto;formaal;styringsomraade;bevilling;beloeb_kr;indtaegt_udgift"
    good = [f"2020-05;{1000 + which};mentor;Service;drift;100,00;U" for which in range(2_000)]
    wrong = [
        f"2020-05;{HYPHEN};{HYPHEN};{BARE};{DASH};{HYPHEN};{BLANK}",
        f"{BARE};1;mentor;x;{BARE};1;U",
    ]
    return lines(header, [*good, *wrong]).encode("cp1252")
