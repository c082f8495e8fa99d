"""What is refused before a cell is read: other types, macros, links, bombs, damage."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sources.rejection import Rejection
from sources.xlsx.archive import guarded_parser, open_archive

from .making import POPULATION, lines, refusal, residents
from .xlsx_making import HEAD, MAIN, Sheet, archive, book, relation, table

ROWS = table(POPULATION, residents(3))
GOOD = book({"population": ROWS})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
TEXT = lines(POPULATION, residents(3)).encode()
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>{{}}</v></c></row></sheetData></worksheet>'


def answer(content: bytes, folder: Path) -> str:
    """The code of the refusal, blank when the file is read."""
    return refusal("population", folder, content, "a.xlsx")


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert answer(GOOD, tmp_path) == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (TEXT, "file_type"),
        (b"<html><table></table></html>", "file_type"),
        (b"PAR1" + b"x" * 50, "file_type"),
        (OLE, "file_type"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "file_type"),
        (archive({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"x"}), "file_type"),
        (archive({"word/document.xml": "<a/>"}), "file_type"),
        (archive({"[Content_Types].xml": "<a/>"}), "file_type"),
        (GOOD[:-30], "truncated"),
        (GOOD[: len(GOOD) // 2], "truncated"),
        (GOOD[:4], "truncated"),
        (GOOD[:900] + GOOD[901:], "truncated"),  # the directory now points before the start
    ],
)
def test_other_types_and_cut_files(tmp_path: Path, content: bytes, code: str) -> None:
    assert answer(content, tmp_path) == code


MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
OVERRIDE = '<Override PartName="/xl/x" ContentType="application/{}"/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (book({"a": ROWS}, parts={"xl/vbaProject.bin": b"x"}), "macro"),
        (book({"a": ROWS}, content_types=OVERRIDE.format("vnd.ms-office.vbaProject")), "macro"),
        (
            book({"a": ROWS}, content_types=f'<Default Extension="x" ContentType="{MACRO}"/>'),
            "macro",
        ),
        (book({"a": ROWS}, parts={"xl/macrosheets/sheet1.xml": "<a/>"}), "macro"),
        (book({"a": ROWS}, parts={"xl/externalLinks/l.xml": "<a/>"}), "external_link"),
        (book({"a": ROWS}, relations=relation("externalLink", "links/l.xml")), "external_link"),
        (book({"a": ROWS}, relations=relation("connections", "c.xml")), "external_link"),
        (book({"a": ROWS}, parts={"xl/connections.xml": "<a/>"}), "external_link"),
        (book({"a": ROWS}, parts={"xl/queryTables/q1.xml": "<a/>"}), "external_link"),
        (
            book({"a": ROWS}, relations=relation("image", "http://a.example/b", external=True)),
            "external_link",
        ),
        (book({"a": ROWS}, parts={"xl/embeddings/o.bin": b"x"}), "embedded_object"),
        (book({"a": ROWS}, parts={"xl/activeX/a.xml": "<a/>"}), "embedded_object"),
        (book({"a": ROWS}, parts={"xl/media/o.bin": OLE}), "embedded_object"),
        (book({"a": ROWS}, relations=relation("package", "x.docx")), "embedded_object"),
        (book({"a": ROWS}, relations=relation("control", "c.xml")), "embedded_object"),
        (book({"a": ROWS}, parts={"more.zip": GOOD}), "archive_nested"),
        (book({"a": ROWS}, parts={"xl/media/image1.png": GOOD}), "archive_nested"),
        (book({"a": ROWS}, parts={"../x": b"x"}), "archive_names"),
        (book({"a": ROWS}, parts={"xl/../../x": b"x"}), "archive_names"),
        (book({"a": ROWS}, parts={"/etc/x": b"x"}), "archive_names"),
        (book({"a": ROWS}, parts={"c:x": b"x"}), "archive_names"),
        (book({"a": ROWS}, parts={"XL/workbook.xml": b"x"}), "archive_names"),
        (book({"a": ROWS}, parts={"xl/workbook.xml": "<a"}), "unreadable"),
        (book({"a": ROWS}, parts={"xl/worksheets/sheet1.xml": "<a/>"}), "unreadable"),
        (book({"a": ROWS}, parts={"_rels/.rels": "<a/>"}), "unreadable"),
        (
            book({"a": ROWS}, parts={"_rels/.rels": '<?xml version="1.0" encoding="x"?><a/>'}),
            "unreadable",
        ),
    ],
)
def test_what_a_workbook_may_not_hold(tmp_path: Path, content: bytes, code: str) -> None:
    assert answer(content, tmp_path) == code


@pytest.mark.parametrize(
    "content",
    [
        book({"a": ROWS}, relations=relation("hyperlink", "https://a.example/", external=True)),
        book({"a": ROWS}, parts={"xl/media/image1.png": b"\x89PNG"}),
        book({"a": ROWS}, parts={"xl/drawings/v.vml": "<xml><br></xml>"}),
        book({"a": Sheet(ROWS, after="<dataValidations><dataValidation><formula1>1</formula1>"
                         "</dataValidation></dataValidations>")}),
        book({"a": ROWS}, parts={f"xl/media/{n}": b"x" for n in range(1_900)}),
    ],
)  # fmt: skip
def test_what_harmless_workbooks_hold(tmp_path: Path, content: bytes) -> None:
    assert answer(content, tmp_path) == ""


def changed(content: bytes, member: str, **how: int) -> bytes:
    """The archive with fields of a member's directory entry changed, whatever its data say."""
    directory = content.rindex(member.encode()) - 46
    at = {"flags": (8, "<H"), "crc": (16, "<I"), "size": (24, "<I"), "method": (10, "<H")}
    patched = bytearray(content)
    for name, value in how.items():
        offset, form = at[name]
        struct.pack_into(form, patched, directory + offset, value)
    return bytes(patched)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"crc": 1}, "truncated"),
        ({"size": 5}, "truncated"),
        ({"flags": 1}, "password_protected"),
        ({"method": 99}, "unreadable"),
        ({"size": 0xFFFFFFF0}, "archive_bomb"),
    ],
)
def test_directories_that_lie(tmp_path: Path, how: dict[str, int], code: str) -> None:
    assert answer(changed(GOOD, "xl/worksheets/sheet1.xml", **how), tmp_path) == code


def test_a_name_that_stands_twice(tmp_path: Path) -> None:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("xl/workbook.xml", "<a/>")
    assert answer(stream.getvalue(), tmp_path) == "archive_names"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "other.xml"])
@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE, "<!DOCTYPE worksheet>"])
def test_document_types_and_entities_in_any_part(tmp_path: Path, part: str, head: str) -> None:
    content = book({"population": ROWS}, parts={part: head + SHEET.format("&a;")})
    assert answer(content, tmp_path / "a") == "xml_entity"
    wide = (head + SHEET.format("&a;")).replace('"1.0"', '"1.0" encoding="UTF-16"')
    content = book({"population": ROWS}, parts={part: wide.encode("utf-16")})
    assert answer(content, tmp_path / "b") == "xml_entity"


def test_every_part_goes_through_the_guarded_parser() -> None:
    parser = guarded_parser()
    for name in ("StartDoctypeDecl", "EntityDecl", "UnparsedEntityDecl", "ExternalEntityRef"):
        handler = getattr(parser, f"{name}Handler")
        assert handler.__self__.__class__.__module__ == "defusedxml.ElementTree"


def deflated(size: int) -> bytes:
    """A member of zeros that packs a thousand times smaller."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(name, "<a/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(size >> 20):
                part.write(b" " * (1 << 20))
    return stream.getvalue()


ATTACKS = {
    "a bomb": (lambda: deflated(1 << 30), "archive_bomb"),
    "laughs": (
        lambda: book({"a": []}, parts={"xl/worksheets/sheet1.xml": LAUGHS + SHEET.format("&i;")}),
        "xml_entity",
    ),
    "an outside entity": (
        lambda: book({"a": []}, parts={"xl/sharedStrings.xml": OUTSIDE + SHEET.format("&a;")}),
        "xml_entity",
    ),
    "many members": (lambda: archive({f"{n}.xml": b"" for n in range(100_000)}), "archive_members"),
    "one endless tag": (
        lambda: book(
            {"a": ROWS},
            parts={"xl/sharedStrings.xml": b"<a " + os.urandom(30 << 20).hex().encode()},
        ),
        "unreadable",
    ),
    "many pieces of text": (
        lambda: book(
            {"a": []},
            parts={
                "xl/worksheets/sheet1.xml": SHEET.format(
                    "".join(f"x<!--{n * n}-->" for n in range(99_999))
                )
            },
        ),
        "unreadable",
    ),
}
CHILD = """
import resource, sys, time
from pathlib import Path
from expectations.contract import load
from sources.opening import open_tables
from sources.rejection import Rejection
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
code = ""
try:
    raw = open_tables(Path(sys.argv[1]), ".xlsx", load("population"))["population"]
    for batch in raw.batches([0]):
        pass
except Rejection as answer:
    code = answer.code
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(code, time.process_time() - start, (after - before) / 1024)
"""


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused_within_a_second_and_200_mb(tmp_path: Path, attack: str) -> None:
    make, code = ATTACKS[attack]
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True
    )
    found, seconds, megabytes = told.stdout.split()
    assert found == code
    assert float(seconds) < 1.0
    assert float(megabytes) < 200


def test_parts_are_checked_once_more_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    opened = open_archive(path)
    path.write_bytes(GOOD.replace(HEAD[:10].encode(), b"xxxxxxxxxx")[:-40])
    with pytest.raises(Rejection):
        list(opened.chunks("xl/workbook.xml"))
