"""CSV as it really arrives: encodings, delimiters, line ends, odd rows, cut files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.contract import load
from sources.files import sha256_of
from sources.opening import open_tables

from .making import POPULATION, lines, number, quarantined, read, refusal, resident, residents

ROWS = [resident(0, bydel="Nørrebro"), resident(1, bydel="Østerbro"), resident(2)]
TEXT = lines(POPULATION, ROWS)
DANISH = ["Nørrebro", "Østerbro", "Valby"]


@pytest.mark.parametrize(
    ("codec", "recorded"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-bom"),
        ("cp1252", "windows-1252"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, codec: str, recorded: str, end: str) -> None:
    content = TEXT.replace("\n", end).encode(codec)
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert open_tables(path, ".csv", load("population"))["population"].encoding == recorded
    _, rows = read("population", tmp_path / "in", content)
    assert [row["bydel"] for row in rows] == DANISH


def test_big_endian_utf16(tmp_path: Path) -> None:
    content = b"\xfe\xff" + TEXT.encode("utf-16-be")
    _, rows = read("population", tmp_path, content)
    assert [row["bydel"] for row in rows] == DANISH


def test_the_same_rows_give_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    cells = [row.split(";") for row in ROWS]
    table = pa.table(dict(zip(POPULATION.split(";"), zip(*cells, strict=True), strict=True)))
    pq.write_table(table, tmp_path / "made.parquet")
    contents = {
        "a.csv": TEXT.encode("utf-8"),
        "b.csv": TEXT.replace(";", "\t").encode("cp1252"),
        "c.csv": TEXT.replace("\n", "\r\n").encode("utf-16"),
        "d.csv.gz": gzip.compress(TEXT.encode("utf-8")),
        "e.parquet": (tmp_path / "made.parquet").read_bytes(),
    }
    hashes = {
        sha256_of(read("population", tmp_path / name, content, name)[0].stored)
        for name, content in contents.items()
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    _, rows = read("population", tmp_path, TEXT.replace(";", delimiter))
    assert len(rows) == 3


def test_the_delimiter_comes_from_the_header_alone(tmp_path: Path) -> None:
    header = "cpr;maaned;cvr;loentimer;loen_kr;ansaettelsesform"
    _, rows = read(
        "income", tmp_path, lines(header, [f"{number(0)};2020-06;10000001;1,5;2,5;isbryder"])
    )
    assert (rows[0]["loentimer"], rows[0]["loen_kr"]) == (1.5, 2.5)


@pytest.mark.parametrize(
    "text",
    [
        lines(POPULATION, [row + ";" for row in ROWS]),  # on data rows only
        lines(POPULATION + ";", [row + ";" for row in ROWS]),
        lines(POPULATION + ";", ROWS),  # on the header only
        lines(POPULATION, [ROWS[0] + ";", ROWS[1], ROWS[2] + ";"]),
        lines(POPULATION, [ROWS[0], ROWS[1] + ";", ROWS[2]]),
        lines(POPULATION, [row + ";;" for row in ROWS]),
        "\n" + TEXT,
        TEXT + "\n\n",
        lines(POPULATION, [ROWS[0], "", ROWS[1], ";;;;;;", ROWS[2]]),
        TEXT.rstrip("\n"),
        "\r\n".join([POPULATION, ROWS[0]]) + "\n" + "\r".join(ROWS[1:]) + "\r",
        lines(POPULATION, ['"' + '";"'.join(row.split(";")) + '"' for row in ROWS]),
    ],
)
def test_harmless_forms_do_not_shift_columns(tmp_path: Path, text: str) -> None:
    loaded, rows = read("population", tmp_path, text)
    assert [row["bydel"] for row in rows] == DANISH
    assert (loaded.rows_in, loaded.used, loaded.quarantine.count) == (3, 3, 0)


@pytest.mark.parametrize("odd", [resident(3) + ";x", resident(3).rsplit(";", 2)[0], "I alt"])
@pytest.mark.parametrize("trailing", ["", ";"])
def test_a_row_of_the_wrong_length_is_kept_out_with_its_number(
    tmp_path: Path, odd: str, trailing: str
) -> None:
    rows = [row + trailing for row in ROWS]
    text = lines(POPULATION, [rows[0], "", odd, *rows[1:]])
    loaded, stored = read("population", tmp_path, text)
    assert quarantined(loaded, tmp_path) == [["4", "", "row_length", ""]]
    assert (loaded.rows_in, len(stored)) == (4, 3)


def test_quoted_newlines_delimiters_and_doubled_quotes(tmp_path: Path) -> None:
    header = (
        "sag_id;cpr;ordning;type;ansoegt;afgjort;afgoerelse;bevilget_fra;bevilget_til;"
        "timer_pr_uge;beloeb_kr;jobcenter;forsoergelse;selvstaendig;lovgrundlag"
    )
    row = f'A{{}};{number(0)};mentor;"{{}}";2020-01-01;;;;;;;;;nej;'
    kinds = ["et\nto", "a;b", 'siger ""ja""', "plain"]
    text = lines(header, [row.format(i, kind) for i, kind in enumerate(kinds)] + ["kort"])
    loaded, rows = read("compensation", tmp_path, text)
    assert [r["type"] for r in rows] == ["et\nto", "a;b", 'siger "ja"', "plain"]
    # Lines of the table, not of the text: the quoted newline does not count.
    assert quarantined(loaded, tmp_path)[0][0] == "6"


def test_an_odd_quotation_mark_inside_a_field_is_harmless(tmp_path: Path) -> None:
    header = (
        "sag_id;cpr;afgoerelse;afgjort;visiteret_fra;visiteret_til;ansat_fra;ansat_til;"
        "ansaettelsestype;cvr;via_klausul"
    )
    text = lines(header, [f'5" A;{number(0)};afslag;;;;;;;;', f"B;{number(0)};afslag;;;;;;;;"])
    _, rows = read("fleksjob", tmp_path, text)
    assert [row["sag_id"] for row in rows] == ['5" A', "B"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\n\n", "empty_file"),
        ("a.csv", TEXT.encode()[:-12], "truncated"),  # mid-line
        ("a.csv", (TEXT + '"Valby').encode(), "truncated"),  # inside quotes
        ("a.csv", TEXT.encode()[: TEXT.encode().index("Ø".encode()) + 1], "truncated"),
        ("a.csv", TEXT.encode().replace(b"Valby", b"Val\x00y"), "nul_bytes"),
        ("a.csv", TEXT.encode("utf-16")[:-1], "truncated"),
        ("a.csv", TEXT.encode("cp1252") + b"\x81", "encoding"),
        ("a.csv", b"PK\x03\x04rest", "file_type"),
        ("a.csv", gzip.compress(TEXT.encode()), "file_type"),
        ("a.csv.gz", TEXT.encode(), "file_type"),
        ("a.csv.gz", gzip.compress(TEXT.encode())[:-10], "truncated"),
        ("a.csv.gz", gzip.compress(TEXT.encode() + b"\n" * 3_000_000), "archive_bomb"),
        ("a.parquet", b"", "empty_file"),
        ("a.parquet", TEXT.encode(), "file_type"),
        ("a.parquet", b"PAR1" + b"x" * 100, "truncated"),
        ("a.xlsx", b"PK\x03\x04", "truncated"),
        ("a.sas7bdat", b"x", "file_type"),
        ("a.txt", TEXT.encode(), "file_type"),
        ("a.csv", b"<html><body>nej</body></html>", "file_type"),
        ("a.csv", b"\xef\xbb\xbf\n<!DOCTYPE html>\n<p>nej</p>", "file_type"),
        ("a.csv", b"<p>nej</p>", "no_header"),
        ("a.csv", (POPULATION + "\n" + '"' + "x\n" * 30 + '"' + ";\n").encode(), "unreadable"),
    ],
)
def test_a_file_that_is_not_a_whole_table_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    assert refusal("population", tmp_path, content, name) == code


def test_row_numbers_hold_over_many_blocks(tmp_path: Path) -> None:
    rows = residents(50) * 6000
    rows[250_000] = rows[250_000].replace("Valby", "Nowhere")
    rows[270_000] = "kort"
    loaded, _ = read("population", tmp_path, lines(POPULATION, rows))
    found = quarantined(loaded, tmp_path)
    assert found == [
        ["250002", "bydel", "code_unknown", "xxxxxxx"],
        ["270002", "", "row_length", ""],
    ]
    assert loaded.rows_in == 300_000
    assert (loaded.used, loaded.duplicates) == (50, 299_948)


def test_the_row_number_is_the_same_in_parquet(tmp_path: Path) -> None:
    cells = [row.split(";") for row in [*residents(2), resident(2, bydel="Nowhere")]]
    table = pa.table(dict(zip(POPULATION.split(";"), zip(*cells, strict=True), strict=True)))
    pq.write_table(table, tmp_path / "made.parquet")
    content = (tmp_path / "made.parquet").read_bytes()
    loaded, _ = read("population", tmp_path / "in", content, "a.parquet")
    assert quarantined(loaded, tmp_path)[0][:2] == ["4", "bydel"]
