"""The files: same bytes, every source's rules, and rows that agree across sources."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import synthetic
from synthetic.cases import IMPAIRMENTS, JOB_CENTRES, SCHEMES
from synthetic.generator import SOURCES, generate
from synthetic.work import FORMS
from tests.synthetic.conftest import Delivery, read
from tests.synthetic.reference import covers, parse

CODES = Path(synthetic.__file__).parents[1] / "indicators" / "dream_codes.csv"
SMALL = 1_500


def _bytes(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _make(folder: Path, seed: int, formats: Sequence[str]) -> dict[str, bytes]:
    generate(folder, SMALL, "2020-03", "2020-12", seed, formats)
    return _bytes(folder)


@pytest.mark.parametrize("formats", [("csv",), ("parquet",)])
def test_same_arguments_give_the_same_bytes(tmp_path: Path, formats: Sequence[str]) -> None:
    first = _make(tmp_path / "a", 1, formats)
    assert first == _make(tmp_path / "b", 1, formats)
    other = _make(tmp_path / "c", 2, formats)
    assert first.keys() == other.keys()
    written = [name for name in first if not name.endswith(".done")]
    assert len(written) == len(SOURCES)
    assert all(first[name] != other[name] for name in written)


def test_names_and_companions(tmp_path: Path) -> None:
    files = _make(tmp_path, 1, ("csv", "parquet"))
    kinds = {source: "csv" if turn % 2 == 0 else "parquet" for turn, source in enumerate(SOURCES)}
    names = {f"{source}/{source}_202012.{kind}" for source, kind in kinds.items()}
    assert files.keys() == names | {f"{name}.done" for name in names}
    assert all(files[f"{name}.done"] == b"" for name in names)


def test_parquet_and_csv_tell_the_same(tmp_path: Path) -> None:
    as_csv = generate(tmp_path / "c", SMALL, "2020-03", "2020-12", 1, ("csv",))
    as_parquet = generate(tmp_path / "p", SMALL, "2020-03", "2020-12", 1, ("parquet",))
    assert as_csv.rows == as_parquet.rows
    for source in SOURCES:
        text = read(as_csv.files[source])
        table = pq.read_table(as_parquet.files[source])
        assert table.column_names == list(text[0])
        assert table.num_rows == len(text) == as_csv.rows[source]
        for name in ("loentimer", "timer_pr_uge", "til", "grad_2020_05", "y_2010", "afgoerelse"):
            if name in table.column_names:
                values = table[name].to_pylist()
                assert [_same(row[name]) for row in text] == values


def _same(text: str) -> object:
    if text == "":
        return None
    if "-" in text:
        return parse(text)
    if "," in text:
        return float(text.replace(",", "."))
    return int(text) if text.isdigit() else text


@pytest.mark.parametrize(
    ("persons", "first", "last", "formats"),
    [
        (-1, "2020-01", "2020-06", ("csv",)),
        (10**8, "2020-01", "2020-06", ("csv",)),
        (1, "2020-07", "2020-06", ("csv",)),
        (1, "1992-01", "2020-06", ("csv",)),
        (1, "2020-01", "2058-06", ("csv",)),
        (1, "2020-01", "2020-06", ()),
        (1, "2020-01", "2020-06", ("xlsx",)),
    ],
)
def test_what_cannot_be_served_is_refused(
    tmp_path: Path, persons: int, first: str, last: str, formats: Sequence[str]
) -> None:
    with pytest.raises(ValueError, match=r"must|after|before"):
        generate(tmp_path, persons, first, last, 1, formats)
    assert not list(tmp_path.iterdir())


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    generate(tmp_path, 10, "2020-06", "2020-06", 1, progress=told.append)
    assert told == ["1 of 1 parts written"]


def test_weeks_are_consecutive_with_week_53(delivery: Delivery) -> None:
    names = [f"y_{m.isocalendar()[0] % 100:02d}{m.isocalendar()[1]:02d}" for m in delivery.mondays]
    assert delivery.weeks == names
    assert "y_2053" in names
    assert "y_1953" not in names
    before = [m for m in delivery.mondays if m + timedelta(days=3) < date(2019, 1, 1)]
    assert len(before) >= 53
    last_sunday = delivery.mondays[-1] + timedelta(days=6)
    assert date(2021, 2, 4) < last_sunday <= date(2021, 2, 11)


def test_every_code_is_in_the_table(delivery: Delivery) -> None:
    with CODES.open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    seen = {row[week] for row in delivery.rows["dream"] for week in delivery.weeks}
    assert seen - known == {"", "555"}
    assert len(seen) > 60


def test_months_of_work_agree(delivery: Delivery) -> None:
    pay: dict[tuple[str, str], set[str]] = {}
    for row in delivery.rows["income"]:
        pay.setdefault((row["cpr"], row["maaned"]), set()).add(row["ansaettelsesform"])
    months = [name[5:] for name in delivery.rows["dream"][0] if name.startswith("grad_")]
    for row in delivery.rows["dream"]:
        for month in months:
            degree = row[f"grad_{month}"]
            assert (degree != "") == (row[f"branche_{month}"] != "")
            assert (degree != "") == ((row["PNR"], month.replace("_", "-")) in pay)
            assert degree == "" or 1 <= int(degree) <= 100


def test_income_rules(delivery: Delivery) -> None:
    keys = set()
    for row in delivery.rows["income"]:
        keys.add((row["cpr"], row["maaned"], row["cvr"], row["ansaettelsesform"]))
        assert row["ansaettelsesform"] in FORMS
        assert 0 < float(row["loentimer"].replace(",", ".")) <= 160.33
        assert int(row["loen_kr"]) > 0
    assert len(keys) == len(delivery.rows["income"])
    for cvr in {row["cvr"] for row in delivery.rows["income"]}:
        assert len(cvr) == 8
        assert sum(int(d) * w for d, w in zip(cvr, (2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11


def test_compensation_rules(delivery: Delivery) -> None:
    rows = delivery.rows["compensation"]
    assert len({row["sag_id"] for row in rows}) == len(rows)
    assert {row["afgoerelse"] for row in rows} == {"bevilget", "afslag", "frafaldet", ""}
    for row in rows:
        applied, decided = parse(row["ansoegt"]), parse(row["afgjort"])
        since, until = parse(row["bevilget_fra"]), parse(row["bevilget_til"])
        assert applied is not None
        assert row["ordning"] in SCHEMES
        assert row["lovgrundlag"]
        assert (decided is None) == (row["afgoerelse"] == "")
        assert decided is None or applied <= decided
        assert (since is not None) == (row["afgoerelse"] == "bevilget")
        assert until is None or (since is not None and since <= until)
        if row["timer_pr_uge"]:
            assert row["ordning"] in ("personlig assistance", "mentor")
            assert 0 < float(row["timer_pr_uge"].replace(",", ".")) <= 37


def test_fleksjob_rules(delivery: Delivery) -> None:
    rows = delivery.rows["fleksjob"]
    assert len({row["sag_id"] for row in rows}) == len(rows)
    kinds = {row["afgoerelse"] for row in rows}
    assert kinds == {"fleksjob", "førtidspension", "ressourceforløb", "afslag"}
    for row in rows:
        decided, since, until = (
            parse(row[name]) for name in ("afgjort", "visiteret_fra", "visiteret_til")
        )
        hired, stopped = parse(row["ansat_fra"]), parse(row["ansat_til"])
        assert decided is not None
        assert (since is not None) == (row["afgoerelse"] == "fleksjob")
        assert until is None or (since is not None and since <= until)
        assert stopped is None or (hired is not None and hired <= stopped)
        assert (hired is None) == (row["cvr"] == "") == (row["via_klausul"] == "")
        assert hired is None or (since is not None and since <= hired) or row["sag_id"] < "F001"


def test_fleksjob_weeks_are_employments(delivery: Delivery) -> None:
    week, day = delivery.weeks[-8], delivery.mondays[-8]
    in_fleksjob = {row["PNR"] for row in delivery.rows["dream"] if row[week] in ("771", "774")}
    employed = {
        row["cpr"]
        for row in delivery.rows["fleksjob"]
        if covers(row["ansat_fra"], row["ansat_til"], day)
    }
    assert len(in_fleksjob) > 20
    assert in_fleksjob <= employed


def test_everybody_in_a_case_is_in_the_population(delivery: Delivery) -> None:
    known = {row["cpr"] for row in delivery.rows["population"]}
    for source in ("income", "target_group", "compensation", "fleksjob"):
        assert {row["cpr"] for row in delivery.rows[source]} <= known
    assert known - {row["PNR"] for row in delivery.rows["dream"]} == {
        delivery.truth.cpr["not-in-dream"]
    }


def test_target_group_rules(delivery: Delivery) -> None:
    primary: dict[str, int] = {}
    for row in delivery.rows["target_group"]:
        assert row["funktionsnedsaettelse"] in IMPAIRMENTS
        assert row["jobcenter"] in JOB_CENTRES
        assert row["synlig"] in ("ja", "nej", "")
        since, until = parse(row["fra"]), parse(row["til"])
        assert since is not None
        assert until is None or since <= until
        primary[row["cpr"]] = primary.get(row["cpr"], 0) + (row["primaer"] == "ja")
    planted = delivery.truth.cpr["none-primary"]
    assert primary.pop(planted) == 0
    assert set(primary.values()) == {1}
