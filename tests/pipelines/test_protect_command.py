"""`midtvejs protect`: a table in, the same table with hidden counts out, and what was done told in Danish."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.cli import main
from tests.canaries import CANARIES

TABLE = """område;køn;antal
I alt;I alt;150
I alt;M;62
I alt;K;88
Nord;I alt;40
Nord;M;2
Nord;K;38
Syd;I alt;110
Syd;M;60
Syd;K;50
"""


def protect(folder: Path, table: str, *more: str) -> int:
    (folder / "in.csv").write_text(table, "utf-8")
    asked = [
        "protect",
        "--table",
        str(folder / "in.csv"),
        "--dims",
        "område,køn",
        "--count",
        "antal",
    ]
    return main([*asked, "--out", str(folder / "out.csv"), *more])


def test_a_small_count_and_what_gives_it_away_are_blank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert protect(tmp_path, TABLE) == 0
    written = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert written[0] == "område;køn;antal;status"
    assert [line for line in written if line.endswith("skjult")] == [
        *("Nord;M;;skjult", "Nord;K;;skjult", "Syd;M;;skjult", "Syd;K;;skjult")
    ]
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        "9 celler, heraf skjult 4.",
        "1 er skjult, fordi antallet er under 5 (primær).",
    ]
    assert told[-2:] == ["område: summen er »I alt«.", "køn: summen er »I alt«."]


def test_a_share_does_not_stay_beside_its_hidden_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = TABLE.splitlines()
    counts = [line.rpartition(";")[2] for line in lines[1:]]
    more = ["andel;kode;status", *(f"{int(n) / 150};0{n};" for n in counts)]
    table = "\n".join(f"{line};{of}" for line, of in zip(lines, more, strict=True))
    assert protect(tmp_path, table) == 0
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("område;køn;antal;status\n")
    assert "Udeladt: andel, kode, status. " in capsys.readouterr().out
    assert protect(tmp_path, table, "--keep", "kode") == 0
    assert "Nord;M;;02;skjult" in (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert protect(tmp_path, table, "--keep", "status") == 2
    assert protect(tmp_path, table, "--round", "5") == 0
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("område;køn;antal;status\n")


def test_places_that_look_like_numbers_stay_as_they_are(tmp_path: Path) -> None:
    assert protect(tmp_path, TABLE.replace("Nord", "0301").replace("Syd", "0302")) == 0
    assert "0302;I alt;110;" in (tmp_path / "out.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "ikke en tabel"),
        ("område,køn,antal\n", "ingen rækker"),
        ("område,køn,antal\na,b,9\na,b,9,9\n", "ikke en tabel"),
        ("område,køn,antal\na,b,9,1\na,c,9,1\n", "ikke en tabel"),
    ],
)
def test_what_is_no_table_is_said_in_words(
    tmp_path: Path, table: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert protect(tmp_path, table) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Total", "i alt", "Begge køn", "9", ""])
def test_a_sum_is_known_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    """Taken for one more part it would give away the 2: 40 less 38."""
    table = TABLE.replace(";I alt;", f";{name};").replace("I alt;", "Hele byen;")
    assert protect(tmp_path, table) == 0
    written = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert sorted(line for line in written if line.endswith("skjult")) == [
        *("Nord;K;;skjult", "Nord;M;;skjult", "Syd;K;;skjult", "Syd;M;;skjult")
    ]


TWINS = "område;antal\nNord;3\nSyd;3\n"


def test_what_could_be_several_sums_is_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["protect", "--table", str(tmp_path / "in.csv"), "--dims", "område", "--count", "antal"]
    asked += ["--out", str(tmp_path / "out.csv")]
    (tmp_path / "in.csv").write_text(TWINS, "utf-8")
    assert main(asked) == 2
    assert "kan summen være flere: Nord, Syd" in capsys.readouterr().err
    assert main([*asked, "--no-totals"]) == 0
    assert "ingen række er summen" in capsys.readouterr().out


@pytest.mark.parametrize("adds_up", [True, False])
def test_a_label_like_a_personal_number_is_neither_said_nor_handed_out(
    tmp_path: Path, adds_up: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taken for the sum, or as the place where the parts do not give it."""
    table = TABLE.replace("I alt", CANARIES[0]).replace("150", "150" if adds_up else "151")
    ended = protect(tmp_path, table, *(() if adds_up else ("--total", CANARIES[0])))
    told = capsys.readouterr()
    assert ended == (40 if adds_up else 2)
    assert not (tmp_path / "out.csv").exists(), "a table that names people is handed out"
    assert "******-****" in told.out + told.err
    assert CANARIES[0] not in told.out + told.err


def test_a_table_in_windows_letters_is_read(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(TABLE.replace("Nord", "Østre").encode("cp1252"))
    files = ["--table", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    assert main(["protect", *files, "--dims", "område,køn", "--count", "antal"]) == 0
    assert "Østre;M;;skjult" in (tmp_path / "out.csv").read_text("utf-8")


def test_files_that_will_not_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "in.csv"
    table.write_text(TABLE, "utf-8")
    for source, out, said in (
        (tmp_path / "none.csv", tmp_path / "out.csv", "ingen tabel"),
        (table, tmp_path / "none" / "out.csv", "ingen mappe"),
        (table, table, "vælg et andet navn"),
    ):
        files = ["--table", str(source), "--out", str(out)]
        assert main(["protect", *files, "--dims", "område,køn", "--count", "antal"]) == 2
        assert said in capsys.readouterr().err
    assert table.read_text("utf-8") == TABLE


@pytest.mark.parametrize("dims", [["område,køn"], ["område", "køn"], ["område,", "køn"]])
def test_columns_are_told_with_a_comma_or_a_blank_between(tmp_path: Path, dims: list[str]) -> None:
    (tmp_path / "in.csv").write_text(TABLE, "utf-8")
    files = ["--table", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]
    assert main(["protect", *files, "--dims", *dims, "--count", "antal"]) == 0


def test_a_rounded_table_still_adds_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert protect(tmp_path, TABLE, "--round", "5") == 0
    rows = [line.split(";") for line in (tmp_path / "out.csv").read_text("utf-8").splitlines()]
    assert {row[3] for row in rows[1:]} == {"afrundet"}
    count = {(row[0], row[1]): int(row[2]) for row in rows[1:]}
    assert all(number % 5 == 0 for number in count.values())
    assert count["Nord", "M"] + count["Nord", "K"] == count["Nord", "I alt"]
    assert count["Nord", "M"] + count["Syd", "M"] == count["I alt", "M"]
    assert capsys.readouterr().out.startswith("9 celler afrundet, til hele multipla af 5")


def test_only_small_counts_rounded(tmp_path: Path) -> None:
    assert protect(tmp_path, TABLE, "--round", "5", "--only-small") == 0
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()[1:]
    counts = [int(line.split(";")[2]) for line in lines]
    assert not any(0 < count < 5 for count in counts)
    assert 62 in counts or 60 in counts, "large ones are left alone where they can be"


def test_a_trait_all_of_a_group_have_is_hidden(tmp_path: Path) -> None:
    """All seven in the north work; without the option nothing is small."""
    table = "område;arbejder;antal\nI alt;I alt;87\nI alt;ja;47\nI alt;nej;40\nNord;I alt;7\nNord;ja;7\nNord;nej;0\n"
    table += "Syd;I alt;80\nSyd;ja;40\nSyd;nej;40\n"
    asked = ["protect", "--table", str(tmp_path / "in.csv"), "--dims", "område,arbejder"]
    (tmp_path / "in.csv").write_text(table, "utf-8")
    end = ["--count", "antal", "--out", str(tmp_path / "out.csv")]
    assert main([*asked, *end]) == 0
    assert "skjult" not in (tmp_path / "out.csv").read_text("utf-8")
    assert main([*asked, *end, "--trait", "arbejder"]) == 0
    hidden = [
        line for line in (tmp_path / "out.csv").read_text("utf-8").splitlines() if "skjult" in line
    ]
    assert "Nord;nej;;skjult" in hidden
    assert len(hidden) >= 2


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        (TABLE.replace("150", "151"), (), "delene giver ikke summen"),
        (TABLE.replace("køn", "kon", 1), (), "kolonnen findes ikke: køn"),
        (TABLE.replace("38", "mange"), (), "antal"),
        (TABLE, ("--threshold", "0"), "Tærsklen"),
        (TABLE, ("--round", "3"), "Grundtallet"),
        (TABLE, ("--round", "5", "--zeros-hidden"), "--round"),
        (TABLE, ("--only-small",), "--round"),
        (TABLE, ("--trait", "alder"), "alder"),
        (TABLE, ("--total", "Samtlige"), "Samtlige står ikke i nogen"),
        (TABLE, ("--total", "I alt", "--no-totals"), "hver sit"),
        (TABLE.replace("150", "151"), ("--round", "5"), "delene giver ikke summen"),
    ],
)
def test_what_cannot_be_protected_is_refused(
    table: str, more: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert protect(tmp_path, table, *more) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
