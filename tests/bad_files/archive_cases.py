"""Files that are something else than their name says, and archives that are a danger.

Belongs here: types, damage, bombs, entities, what a workbook may not hold. Not here: where a table
stands in a sheet, and its cells (`xlsx_cases`).
"""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pyreadstat

from tests.bad_files.case import Case, one, people, population
from tests.sources.making import POPULATION, lines, number
from tests.sources.xlsx_making import MAIN, Formula, Sheet, archive, book, relation, table

XLSX = "population_202006.xlsx"
KEYS = {"lobenr": [f"{at:08d}" for at in range(40)], "cpr": [number(at) for at in range(40)]}
ROWS = table(POPULATION, people(12))
GOOD = book({"population": ROWS})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>{{}}</v></c></row></sheetData></worksheet>'
PART = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?>'
NESTED = "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = f'{HEAD}<!DOCTYPE worksheet [<!ENTITY a "ha">{NESTED}]>'
OUTSIDE = f'{HEAD}<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refused(name: str, code: str, says: str, why: str, content: bytes, file: str = XLSX) -> Case:
    """A file that is refused whole."""
    return Case(name, "rejected", code, says, why, one(content, file))


def attack(
    name: str, code: str, says: str, why: str, make: Callable[[], bytes], file: str = XLSX
) -> Case:
    """A file made to hurt; it is made when the test runs."""
    once = cache(make)
    return Case(
        name, "rejected", code, says, why, {file: lambda path: _write(path, once())}, bomb=True
    )


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def unpacking_to(megabytes: int) -> bytes:
    """A workbook that packs a thousand times smaller than it is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(name, "<a/>")
        with packed.open(PART, "w") as part:
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
    return stream.getvalue()


def zipped_in_zip() -> bytes:
    """Archives in archives, each unpacking to more."""
    inner = unpacking_to(10)
    for _ in range(3):
        inner = archive({f"{n}.zip": inner for n in range(5)})
    return book({"population": ROWS}, parts={"xl/media/image1.zip": inner})


def wrong_checksum() -> bytes:
    """A good workbook with one bit turned in the middle of its sheet."""
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream) as packed:
        at = packed.getinfo(PART)
    changed = bytearray(GOOD)
    changed[at.header_offset + 30 + len(PART) + at.compress_size // 2] ^= 1
    return bytes(changed)


def transport_cut(path: Path) -> None:
    """A SAS transport file that ends early, at one of its 80-byte borders."""
    frame = pd.DataFrame([row.split(";") for row in people(40)], columns=POPULATION.split(";"))
    path.write_bytes(_transport(frame, path, 8)[:-800])


def old_transport_cut(path: Path) -> None:
    """The same in the older form, which does not say how many rows it has."""
    path.write_bytes(_transport(pd.DataFrame(KEYS), path, 5)[:-480])


def _transport(frame: pd.DataFrame, path: Path, version: int) -> bytes:
    pyreadstat.write_xport(frame, path, file_format_version=version)
    content = path.read_bytes()
    return content[: len(content) // 80 * 80]


TYPES = [
    Case("xpt_cut_at_a_border", "rejected", "truncated", "halvt overført",
         "its header says how many rows there are, and there are fewer",
         {"population_202006.xpt": transport_cut}),
    Case("old_xpt_cut_at_a_border", "suspect", "suspect_volume", "faldet fra 40 til 13",
         "it loads short without a word: only the fall in rows shows it",
         {"dream_key_202006.xpt": old_transport_cut}, "dream_key", balance=(13, 0, 0),
         before={"dream_key_202005.csv": lines("lobenr;cpr", [
             f"{key};{cpr}" for key, cpr in zip(*KEYS.values(), strict=True)]).encode()}),
    refused("xlsx_cut", "truncated", "halvt overført", "half a workbook", GOOD[: len(GOOD) // 2]),
    refused("xlsm", "file_type", "ikke er aftalt", "a workbook with macros, by its name", GOOD,
            "population_202006.xlsm"),
    refused("xlsm_named_xlsx", "macro", "makroer", "the same under another name",
            book({"a": ROWS}, content_types=f'<Default Extension="x" ContentType="{MACRO}"/>')),
    refused("xlsb", "file_type", "ikke er aftalt", "a binary workbook", b"PK\x03\x04x",
            "population_202006.xlsb"),
    refused("xlsb_named_xlsx", "file_type", "ikke et Excel-regneark", "the same under another name",
            archive({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"x"})),
    refused("ods", "file_type", "ikke er aftalt", "LibreOffice's own", b"PK\x03\x04x",
            "population_202006.ods"),
    refused("ods_named_xlsx", "file_type", "ikke et Excel-regneark", "the same under another name",
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    refused("html_named_xls", "file_type", "ikke er aftalt", "what many web systems call Excel",
            b"<html><table><tr><td>cpr</td></tr></table></html>", "population_202006.xls"),
    refused("html_named_xlsx", "file_type", "ikke et Excel-regneark", "the same under another name",
            b"<html><table><tr><td>cpr</td></tr></table></html>"),
    refused("csv_named_xlsx", "file_type", "ikke et Excel-regneark", "renamed by hand", population()),
    refused("xlsx_named_csv", "file_type", "svarer ikke til", "renamed by hand", GOOD,
            "population_202006.csv"),
    refused("password_protected", "password_protected", "adgangskode", "nobody here has it",
            OLE + "EncryptedPackage".encode("utf-16-le")),
    refused("gzip_cut", "truncated", "halvt overført", "half an archive",
            gzip.compress(population())[:-9], "population_202006.csv.gz"),
    refused("gzip_in_gzip", "file_type", "svarer ikke til", "packed twice",
            gzip.compress(gzip.compress(population())), "population_202006.csv.gz"),
    refused("wrong_crc", "truncated", "ødelagt", "a bit turned on the way", wrong_checksum()),
]  # fmt: skip

CONTENTS = [
    refused("formula_without_a_value", "formula", "formler", "never evaluated, so there is no value",
            book({"population": [*ROWS[:-1], [*ROWS[-1][:5], Formula("TODAY()")]]})),
    refused("external_link", "external_link", "andre filer", "its numbers lie somewhere else",
            book({"a": ROWS}, relations=relation("externalLink", "links/l.xml"))),
    refused("member_upwards", "archive_names", "navne", "would be unpacked outside the folder",
            book({"a": ROWS}, parts={"../../etc/x": b"x"})),
    refused("member_absolute", "archive_names", "navne", "would be unpacked anywhere",
            book({"a": ROWS}, parts={"/etc/x": b"x"})),
]  # fmt: skip

ATTACKS = [
    attack("zip_bomb", "archive_bomb", "over 100 gange", "a quarter of a GB in a quarter of a MB",
           lambda: unpacking_to(256)),
    attack("nested_zip", "archive_nested", "arkiv i arkivet", "a bomb behind a bomb", zipped_in_zip),
    attack("many_members", "archive_members", "dele", "a hundred thousand parts",
           lambda: archive({f"{n}.xml": b"" for n in range(100_000)})),
    attack("gzip_bomb", "archive_bomb", "over 100 gange", "the same for text",
           lambda: gzip.compress(population() + b"\n" * (256 << 20), 1), "population_202006.csv.gz"),
    attack("billion_laughs", "xml_entity", "entiteter", "entities of entities",
           lambda: book({"a": []}, parts={PART: LAUGHS + SHEET.format("&i;")})),
    attack("external_entity", "xml_entity", "entiteter", "reads a file of the machine",
           lambda: book({"a": []}, parts={PART: OUTSIDE + SHEET.format("&a;")})),
    attack("endless_tag", "unreadable", "kan ikke læses", "16 MB that never end",
           lambda: book({"a": Sheet(ROWS)},
                        parts={"xl/sharedStrings.xml": b"<a " + os.urandom(8 << 20).hex().encode()})),
]  # fmt: skip

CASES = [*TYPES, *CONTENTS, *ATTACKS]
