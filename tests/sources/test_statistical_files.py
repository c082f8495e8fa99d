"""SPSS, Stata and SAS transport files: dates, labels, missing values, encodings, cut and foreign files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from expectations.contract import load
from sources.opening import open_tables
from sources.rejection import ReadingFault, Rejection
from sources.statistical.cells import Shown, shown_as

from .making import number, quarantined, read, refusal

WRITERS = {
    ".sav": pyreadstat.write_sav,
    ".dta": pyreadstat.write_dta,
    ".xpt": pyreadstat.write_xport,
}
ENDINGS = sorted(WRITERS)


def file(folder: Path, ending: str, columns: dict[str, Any], **how: Any) -> bytes:
    """A file of a few rows of population, with some columns replaced."""
    count = len(next(iter(columns.values()))) if columns else 3
    whole: dict[str, Any] = {
        "cpr": [number(at) for at in range(count)],
        "foedselsdato": pd.Series([date(1990, 2, 7)] * count, dtype=object),
        "koen": ["M" if int(number(at)[-1]) % 2 else "K" for at in range(count)],
        "kommunekode": [101.0] * count,
        "bydel": ["Nørrebro"] * count,
        "fra": pd.Series([date(2010, 1, 1)] * count, dtype=object),
        "til": pd.Series([date(2020, 1, 1)] + [None] * (count - 1), dtype=object),
        **columns,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"made{ending}"
    WRITERS[ending](pd.DataFrame(whole), path, **how)
    return path.read_bytes()


def rows(folder: Path, ending: str, columns: dict[str, Any], **how: Any) -> list[dict[str, Any]]:
    """The stored rows."""
    return read("population", folder / "in", file(folder, ending, columns, **how), f"a{ending}")[1]


def faults(folder: Path, ending: str, columns: dict[str, Any], **how: Any) -> list[list[str]]:
    """Row, column and rule of each row in quarantine."""
    content = file(folder, ending, columns, **how)
    loaded, _ = read("population", folder / "in", content, f"a{ending}")
    return [row[:3] for row in quarantined(loaded, folder)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_dates_texts_and_missing_values(tmp_path: Path, ending: str) -> None:
    stored = rows(tmp_path, ending, {"bydel": ["  Nørrebro ", "Østerbro", "Valby"]})
    assert [row["bydel"] for row in stored] == ["Nørrebro", "Østerbro", "Valby"]
    assert [row["til"] for row in stored] == [date(2020, 1, 1), None, None]
    assert {row["fra"] for row in stored} == {date(2010, 1, 1)}


@pytest.mark.parametrize("ending", ENDINGS)
def test_moments_at_midnight_are_dates_and_others_are_not(tmp_path: Path, ending: str) -> None:
    moments = [datetime(2010, 1, 1), datetime(2010, 1, 1, 12), datetime(2011, 1, 1)]
    found = faults(tmp_path, ending, {"fra": pd.Series(moments)})
    assert found == [["3", "fra", "date_form"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_number_without_a_date_format_is_no_date(tmp_path: Path, ending: str) -> None:
    assert faults(tmp_path, ending, {"fra": [18263.0]}) == [["2", "fra", "date_form"]]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("value", [1e300, -1e300, 5e14])
def test_a_number_no_date_has_is_a_faulty_date(tmp_path: Path, ending: str, value: float) -> None:
    form = {".sav": "DATE11", ".dta": "%td", ".xpt": "DATE9"}[ending]
    found = faults(tmp_path, ending, {"fra": [value]}, variable_format={"fra": form})
    assert found == [["2", "fra", "date_form"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_personal_numbers_stored_as_numbers(tmp_path: Path, ending: str) -> None:
    people = [float(number(0)), float(number(1, "170290")), 5.0]
    loaded, stored = read(
        "population", tmp_path / "in", file(tmp_path, ending, {"cpr": people}), f"a{ending}"
    )
    assert (len(stored), loaded.counts["cpr_padded"]) == (2, 1)
    assert [row[1:] for row in quarantined(loaded, tmp_path)] == [
        ["cpr", "cpr_form", "******-****"]
    ]


def test_values_an_spss_user_calls_missing_are_missing(tmp_path: Path) -> None:
    form = {"til": pd.Series([date(2020, 1, 1)] * 2, dtype=object), "kommunekode": [101.0, 999.0]}
    found = faults(tmp_path, ".sav", form, missing_ranges={"kommunekode": [999]})
    assert found == [["3", "kommunekode", "blank"]]


def test_stata_extended_missing_is_missing(tmp_path: Path) -> None:
    columns = {"kommunekode": pd.Series([101.0, "a"], dtype=object)}
    found = faults(tmp_path, ".dta", columns, missing_user_values={"kommunekode": ["a"]})
    assert found == [["3", "kommunekode", "blank"]]


def labelled(
    folder: Path, values: list[float], labels: dict[float, str], kind: str = "koen"
) -> Any:
    """What a labelled column comes to, in SPSS and in Stata alike."""
    found = []
    for ending in (".sav", ".dta"):
        how = {"variable_value_labels": {kind: labels}}
        stored = rows(folder / ending[1:], ending, {kind: values}, **how)
        found.append([row[kind] for row in stored])
    assert found[0] == found[1]
    return found[0]


def test_a_label_counts_where_the_contract_agrees_on_words(tmp_path: Path) -> None:
    # 1 is M by the contract, but this house says otherwise.
    assert labelled(tmp_path / "a", [1.0, 2.0], {1: "K", 2: "M"}) == ["K", "M"]
    assert labelled(tmp_path / "b", [1.0, 2.0], {1: "Herre", 2: "Dame"}) == ["M", "K"]
    assert labelled(tmp_path / "c", [3.0], {3: "Valby"}, "bydel") == ["Valby"]
    assert labelled(tmp_path / "d", [101.0], {101: "København"}, "kommunekode") == [101]


def test_labels_of_yes_and_no(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "cpr": [number(at) for at in range(3)],
            "funktionsnedsaettelse": ["fysisk"] * 3,
            "primaer": [1.0, 2.0, np.nan],
            "fra": pd.Series([date(2010, 1, 1)] * 3, dtype=object),
            "til": pd.Series([date(2020, 1, 1)] * 3, dtype=object),
            "jobcenter": ["x"] * 3,
        }
    )
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, path, variable_value_labels={"primaer": {1: "Nej", 2: "Ja"}})
    loaded, stored = read("target_group", tmp_path / "in", path.read_bytes(), "a.sav")
    assert [row["primaer"] for row in stored][:2] == [False, True]
    assert loaded.quarantine.count + len(stored) == 3


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("letter", "recorded"), [(b"\xc3\xb8", "utf-8"), (b"\xf8 ", "windows-1252"), (b"\x81\x8d", "")]
)
def test_encodings(tmp_path: Path, ending: str, letter: bytes, recorded: str) -> None:
    content = file(tmp_path, ending, {}).replace("ø".encode(), letter)
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    if not recorded:
        assert refusal("population", tmp_path / "in", content, path.name) == "encoding"
        return
    raw = open_tables(path, ending, load("population"))["population"]
    assert raw.encoding == recorded
    texts = [batch.cells[4].to_pylist()[0] for batch in raw.batches([4])]
    assert texts[0].replace("ø ", "ø") == "Nørrebro"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, ending: str, share: float) -> None:
    content = file(tmp_path, ending, {"kommunekode": [101.0] * 200})
    cut = content[: int(len(content) * share) | 1]
    assert refusal("population", tmp_path / "in", cut, f"a{ending}") == "truncated"


def test_a_transport_file_cut_at_a_border_is_seen_when_it_says_how_many_rows_it_has(
    tmp_path: Path,
) -> None:
    content = file(tmp_path, ".xpt", {"kommunekode": [101.0] * 200})
    cut = content[:-800]
    assert len(cut) % 80 == 0
    assert refusal("population", tmp_path / "in", cut, "a.xpt") == "truncated"


def test_a_transport_file_of_version_5_cut_at_a_border_loads_short(tmp_path: Path) -> None:
    made = pd.DataFrame({"lobenr": [f"{n:08d}" for n in range(100)], "cpr": ["x"] * 100})
    path = tmp_path / "a.xpt"
    pyreadstat.write_xport(made, path, file_format_version=5)
    path.write_bytes(path.read_bytes()[:-160])
    raw = open_tables(path, ".xpt", load("population"))["population"]
    assert 0 < sum(len(batch.rows) for batch in raw.batches([0])) < 100


def test_a_transport_file_of_two_tables_is_refused(tmp_path: Path) -> None:
    content = file(tmp_path, ".xpt", {})
    second = content[content.index(b"HEADER RECORD*******MEMB") :]
    assert refusal("population", tmp_path / "in", content + second, "a.xpt") == "sheet_choice"


@pytest.mark.parametrize("ending", [*ENDINGS, ".sas7bdat"])
def test_files_of_another_type_are_refused(tmp_path: Path, ending: str) -> None:
    for at, other in enumerate([b"cpr;fra\n", b"PK\x03\x04" + b"x" * 90, b"PAR1" * 40]):
        assert refusal("population", tmp_path / str(at), other, f"a{ending}") == "file_type"
    assert refusal("population", tmp_path / "empty", b"", f"a{ending}") == "empty_file"


def test_the_rows_can_be_gone_through_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    path.write_bytes(file(tmp_path, ".sav", {"kommunekode": [float(n) for n in range(300)]}))
    raw = open_tables(path, ".sav", load("population"))["population"]
    for _ in range(2):
        batches = list(raw.batches([3, 0]))
        values = [value for batch in batches for value in batch.cells[3].to_pylist()]
        numbers = [n for batch in batches for n in batch.rows.tolist()]
        assert values == [float(n) for n in range(300)]
        assert numbers == list(range(2, 302))
    assert list(raw.batches([])) == []


def test_leaving_off_in_the_middle_ends_the_process(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    path.write_bytes(file(tmp_path, ".sav", {}))
    batches = open_tables(path, ".sav", load("population"))["population"].batches([0])
    next(iter(batches))
    batches.close()  # type: ignore[attr-defined]


def test_a_process_that_does_not_run_is_a_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = file(tmp_path, ".sav", {})
    broken = tmp_path / "child.py"
    broken.write_text("import no_such_module\n", "utf-8")
    monkeypatch.setattr("sources.statistical.files._CHILD", broken)
    with pytest.raises(ReadingFault):
        read("population", tmp_path / "in", content, "a.sav")


@pytest.mark.parametrize("end", ["import os; os.abort()", "import os; os.kill(os.getpid(), 9)"])
def test_a_crash_in_the_process_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    content = file(tmp_path, ".sav", {})
    broken = tmp_path / "child.py"
    broken.write_text(end + "\n", "utf-8")
    monkeypatch.setattr("sources.statistical.files._CHILD", broken)
    with pytest.raises(Rejection) as refused:
        read("population", tmp_path / "in", content, "a.sav")
    assert refused.value.code == "truncated"


@pytest.mark.parametrize(
    ("ending", "form", "dated"),
    [
        (".sav", "DATE11", True),
        (".sav", "EDATE10", True),
        (".sav", "SDATE10", True),
        (".sav", "DATETIME20", True),
        (".sav", "MOYR8", True),
        (".sav", "F8.2", False),
        (".sav", "TIME8", False),
        (".sav", "DTIME12", False),
        (".sav", "COMMA10.2", False),
        (".dta", "%td", True),
        (".dta", "%tdDD/NN/CCYY", True),
        (".dta", "%-td", True),
        (".dta", "%d", True),
        (".dta", "%tc", True),
        (".dta", "%tm", True),
        (".dta", "%ty", False),
        (".dta", "%9.0g", False),
        (".dta", "%12s", False),
        (".xpt", "DATE9.", True),
        (".xpt", "DDMMYYP10", True),
        (".xpt", "YYMMDDN8", True),
        (".xpt", "E8601DA10", True),
        (".sas7bdat", "NLDATE20", True),
        (".sas7bdat", "DATETIME20", True),
        (".sas7bdat", "E8601DT19", True),
        (".sas7bdat", "MONYY7", True),
        (".sas7bdat", "TIME8", False),
        (".sas7bdat", "BEST12", False),
        (".sas7bdat", "COMMAX12.2", False),
        (".sas7bdat", "", False),
    ],
)
def test_formats_that_show_dates(ending: str, form: str, dated: bool) -> None:
    assert (shown_as(ending, form) != Shown()) is dated
