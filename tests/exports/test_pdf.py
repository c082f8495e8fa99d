"""The PDF of a workbook: tagged, in Danish, on whole pages, and the same bytes again."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from exports import pdf
from exports.pdf import NoPdf, write_pdf
from exports.publication import publish
from exports.published_sets import Origin, read_manifest

DAY = date(2020, 6, 30)


@pytest.mark.program("soffice")
def test_the_pdf_is_tagged_danish_and_the_same_again(workbook: Path, tmp_path: Path) -> None:
    first, second = (tmp_path / name / "status.xlsx" for name in ("a", "b"))
    for path in (first, second):
        path.parent.mkdir()
        shutil.copy(workbook, path)
    content = write_pdf(first, DAY).read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/MarkInfo<</Marked true>>" in content
    assert b"/Lang(da-DK)" in content
    assert re.findall(rb"CreationDate\(D:(\d{8})", content) == [b"20200630"]
    assert write_pdf(second, DAY).read_bytes() == content
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == [
        "status.pdf",
        "status.pdf",
        "status.xlsx",
        "status.xlsx",
    ]


@pytest.mark.parametrize(
    ("program", "why"),
    [(None, "ikke installeret"), ("/bin/false", "lavede ingen fil"), ("sleeper", "ikke færdig")],
)
def test_without_a_working_libreoffice_it_is_left_out_and_said(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, why: str
) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nsleep 60\n")
    sleeper.chmod(0o755)
    found = str(sleeper) if program == "sleeper" else program
    monkeypatch.setattr(pdf.shutil, "which", lambda _: found)
    monkeypatch.setattr(pdf, "_WAIT", 0.5)
    with pytest.raises(NoPdf, match=why):
        write_pdf(tmp_path / "status.xlsx", DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["sleeper"]


def test_a_pdf_alone_makes_no_new_version(tmp_path: Path) -> None:
    """Another LibreOffice writes other bytes for the same figures, and one that is gone writes none."""
    origin = Origin((), "1a2b3c", {}, 5)

    def fill(folder: Path, version: int) -> None:
        (folder / "status.txt").write_text(f"version {version}\n")

    def added(content: bytes) -> bool:
        def add(folder: Path) -> tuple[str, ...]:
            (folder / "status.pdf").write_bytes(content)
            return ()

        return publish(tmp_path, "plan", "2020-06", origin, fill, 1, add=add).new

    assert added(b"one")
    assert not added(b"other")
    left_out = publish(
        tmp_path, "plan", "2020-06", origin, fill, 1, add=lambda _: ("PDF er udeladt.",)
    )
    assert not left_out.new
    assert (left_out.path / "status.pdf").read_bytes() == b"one"


def test_what_is_left_out_stands_in_the_manifest(tmp_path: Path) -> None:
    origin = Origin((), "1a2b3c", {}, 5)
    made = publish(
        tmp_path, "plan", "2020-06", origin, lambda *_: None, 1, add=lambda _: ("PDF er udeladt.",)
    )
    assert read_manifest(made.path)["left_out"] == ["PDF er udeladt."]
