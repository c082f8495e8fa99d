"""The gate sees what must not leave, planted by hand, and lets an honest set through."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from exports.cpr_pattern import contains_cpr, mask_cpr
from exports.release_gate import ReleaseRefused, inspect, require_releasable
from exports.tidy import COLUMNS, write_tidy

# Not an issued number: 31 December 1999 with a serial that fails modulus 11.
CANARY = "3112999990"


def _csv(builder: ModuleType, path: Path, *rows: dict[str, object]) -> Path:
    write_tidy(pd.DataFrame(list(rows), columns=list(COLUMNS)), path / "indicators.csv")
    return path


def _plant(workbook: Path, target: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            archive.writestr(name, change(text) if name == part else text)


def test_an_honest_set_passes(builder: ModuleType, workbook: Path, tmp_path: Path) -> None:
    shutil.copy(workbook, tmp_path)
    write_tidy(builder.protected_table(), tmp_path / "indicators.csv")
    assert inspect(tmp_path, builder.THRESHOLD) == ()


@pytest.mark.parametrize(
    ("indicator", "variant", "numbers", "refused"),
    [
        ("unemployed", "wide", {"numerator": 4, "value": 4}, True),
        ("unemployed", "wide", {"numerator": 5, "value": 5}, False),
        ("unemployed", "wide", {"numerator": 0, "value": 0}, False),
        ("unemployed", "wide", {"value": 3}, True),
        ("employment_rate", "any", {"numerator": 20, "denominator": 23, "value": 0.87}, True),
        ("employment_rate", "any", {"numerator": 20, "denominator": 20, "value": 1.0}, False),
        (
            "exit_rate_job",
            "narrow|12m",
            {"numerator": 20, "denominator": 22.5, "value": 0.9},
            False,
        ),
        ("exit_rate_job", "narrow|12m", {"numerator": 20, "denominator": 4.5, "value": 4.4}, True),
        ("comp_case_days", "all|mean", {"numerator": 3, "denominator": 9, "value": 1 / 3}, False),
        ("comp_case_days", "all|mean", {"numerator": 300, "denominator": 2, "value": 150}, True),
        ("unemployed", "wide", {"numerator": 40, "value": 40, "flag": "suppressed"}, True),
    ],
)
def test_small_counts_in_the_table(
    builder: ModuleType,
    tmp_path: Path,
    indicator: str,
    variant: str,
    numbers: dict[str, object],
    refused: bool,
) -> None:
    _csv(builder, tmp_path, builder.row(indicator, variant, "2020-06", "T", **numbers))
    assert bool(inspect(tmp_path, 5)) is refused


def test_small_count_in_the_workbook(workbook: Path, tmp_path: Path) -> None:
    """A visible 3 in place of a mark, in a column of counts."""
    with zipfile.ZipFile(workbook) as archive:
        part = next(
            name
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
            and "(antal)" in archive.read(name).decode()
            and "<t>..</t>" in archive.read(name).decode()
        )

    def show(text: str) -> str:
        planted, count = re.subn(r't="inlineStr"><is><t>\.\.</t></is>', "><v>3</v>", text, count=1)
        assert count == 1
        return planted

    _plant(workbook, tmp_path / "book.xlsx", part, show)
    assert any("et antal under 5" in str(finding) for finding in inspect(tmp_path, 5))


@pytest.mark.parametrize(
    ("part", "old", "new", "word"),
    [
        (
            "xl/worksheets/sheet1.xml",
            "<sheetData>",
            '<sheetData><row r="999" hidden="1"/>',
            "skjult række",
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<cols>",
            '<cols><col min="40" max="40" hidden="1"/>',
            "skjult række",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<sheetData>",
            '<sheetData><row r="999"><c r="A999"><f>1+1</f></c></row>',
            "formel",
        ),
        ("xl/workbook.xml", 'state="visible"', 'state="veryHidden"', "skjult ark"),
        (
            "xl/worksheets/_rels/sheet4.xml.rels",
            "<Relationship ",
            '<Relationship TargetMode="External" ',
            "ud af filen",
        ),
        (
            "docProps/core.xml",
            "</cp:coreProperties>",
            "<cp:lastModifiedBy>En Person</cp:lastModifiedBy></cp:coreProperties>",
            "navn",
        ),
        ("xl/drawings/drawing1.xml", 'descr="', f'descr="{CANARY} ', "CPR"),
        ("docProps/app.xml", "<Application>", f"<Application>{CANARY[:6]}-{CANARY[6:]} ", "CPR"),
    ],
)
def test_planted_faults_in_the_archive(
    workbook: Path, tmp_path: Path, part: str, old: str, new: str, word: str
) -> None:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    _plant(workbook, tmp_path / "book.xlsx", part, change)
    findings = inspect(tmp_path, 5)
    assert [finding for finding in findings if word in finding.what]
    assert not any(CANARY in str(finding) or CANARY[6:] in str(finding) for finding in findings)


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/comments1.xml", "xl/externalLinks/externalLink1.xml"]
)
def test_parts_that_have_no_place(workbook: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(workbook, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx", "a") as archive:
        archive.writestr(name, "x")
    assert any("makro" in finding.what for finding in inspect(tmp_path, 5))


def test_a_formula_in_a_csv_and_a_link_to_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text("a,b\n1,=1+1\n")
    (tmp_path / "outside").symlink_to("/etc/hostname")
    assert [finding.file for finding in inspect(tmp_path, 5)] == ["goals.csv", "outside"]


def test_refusal_says_where_and_never_the_value(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<p>{CANARY}</p>")
    with pytest.raises(ReleaseRefused, match=r"index\.html") as refused:
        require_releasable(tmp_path, 5)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CANARY, True),
        (f"{CANARY[:6]}-{CANARY[6:]}", True),
        (f"{CANARY[:6]} {CANARY[6:]}", True),
        (f"a,{CANARY},b", True),
        (f"<v>{CANARY}</v>", True),
        ("9112999990", True),
        ("".join(chr(0xFF10 + int(digit)) for digit in CANARY), True),
        (f"0.{CANARY}", False),
        (f"1{CANARY}", False),
        (f"a{CANARY}f", False),
        ("3113999990", False),
        ("3212999990", False),
        ("2020-06-30", False),
        ("452113", False),
    ],
)
def test_what_looks_like_a_cpr_number(text: str, expected: bool) -> None:
    assert contains_cpr(text) is expected
    assert contains_cpr(mask_cpr(text)) is False
    assert (mask_cpr(text) == text) is not expected
