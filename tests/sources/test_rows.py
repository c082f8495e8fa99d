"""Rules across columns, keys in several rows, and what the list of rows in quarantine shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sources.duplicates import find
from sources.rules import overlapping_spells

from .making import INCOME, POPULATION, lines, number, quarantined, read, resident

COMPENSATION = (
    "sag_id;cpr;ordning;type;ansoegt;afgjort;afgoerelse;bevilget_fra;bevilget_til;timer_pr_uge;"
    "beloeb_kr;jobcenter;forsoergelse;selvstaendig;lovgrundlag"
)


def case(
    ordning: str = "mentor",
    ansoegt: str = "2020-01-01",
    afgjort: str = "2020-02-01",
    afgoerelse: str = "bevilget",
    fra: str = "",
    til: str = "",
    timer: str = "",
) -> str:
    """A compensation case."""
    return f"A1;{number(0)};{ordning};;{ansoegt};{afgjort};{afgoerelse};{fra};{til};{timer};;;;nej;"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (case(), ""),
        (case(afgjort="2020-01-01"), ""),
        (case(afgjort="2019-12-31"), "afgjort_not_before_ansoegt"),
        (case(afgjort="", afgoerelse=""), ""),
        (case(fra="2020-03-01", til="2020-03-01"), ""),
        (case(fra="2020-03-01", til="2020-02-28"), "bevilget_til_not_before_bevilget_fra"),
        (case(fra="2020-03-01", afgoerelse="afslag"), "bevilget_only_when_granted"),
        (case(til="2020-03-01", afgoerelse=""), "bevilget_only_when_granted"),
        (case(timer="37"), ""),
        (case(timer="37", ordning="Personlig Assistance"), ""),
        (case(timer="5", ordning="hjælpemidler"), "timer_only_with_assistance"),
        (case(timer="0"), "out_of_range"),
        (case(timer="37,5"), "out_of_range"),
        (case(ordning="andet"), "code_unknown"),
        (case(ordning=""), "blank"),
    ],
)
def test_compensation_rules(tmp_path: Path, row: str, rule: str) -> None:
    loaded, _ = read("compensation", tmp_path, lines(COMPENSATION, [row]))
    listed = quarantined(loaded, tmp_path)
    assert [entry[2] for entry in listed] == ([rule] if rule else [])


def test_identical_rows_are_kept_once_and_conflicting_ones_not_at_all(tmp_path: Path) -> None:
    rows = [
        resident(0),
        resident(1),
        resident(0, fra="01-01-2010"),  # the same row written another way
        resident(1, bydel="Vanløse"),
        resident(2),
        resident(1),
    ]
    loaded, stored = read("population", tmp_path, lines(POPULATION, rows))
    assert (loaded.rows_in, loaded.used, loaded.duplicates, loaded.conflicts) == (6, 2, 1, 3)
    assert loaded.quarantine.count == 3
    listed = quarantined(loaded, tmp_path)
    assert [entry[0] for entry in listed] == ["3", "5", "7"]
    assert {entry[2] for entry in listed} == {"key_conflict"}
    assert len({row["person"] for row in stored}) == 2


def test_income_keys_hold_four_columns(tmp_path: Path) -> None:
    rows = [
        f"{number(0)};2020-06;10000001;1;2;ordinær",
        f"{number(0)};2020-06;10000001;1;2;fleksjob",
        f"{number(0)};2020-06;10000002;1;2;ordinær",
        f"{number(0)};2020-07;10000001;1;2;ordinær",
        f"{number(1)};2020-06;10000001;1;2;ordinær",
    ]
    loaded, stored = read("income", tmp_path, lines(INCOME, rows))
    assert (loaded.used, loaded.duplicates, loaded.conflicts) == (5, 0, 0)
    assert len(stored) == 5


def test_found_duplicates_agree_with_a_slow_count() -> None:
    random = np.random.default_rng(3)
    keys = random.integers(0, 300, 1000).astype(np.uint64)
    contents = random.integers(0, 2, 1000).astype(np.uint64)
    extra, conflicting = find(keys, contents)
    groups: dict[int, list[int]] = {}
    for place, key in enumerate(keys.tolist()):
        groups.setdefault(key, []).append(place)
    slow_extra, slow_conflicting = [], []
    for places in groups.values():
        if len({contents[place] for place in places}) > 1:
            slow_conflicting += places
        else:
            slow_extra += places[1:]
    assert extra.tolist() == sorted(slow_extra)
    assert conflicting.tolist() == sorted(slow_conflicting)


@pytest.mark.parametrize(
    ("spells", "count"),
    [
        ([(1, 0, 10), (1, 11, 20)], 0),
        ([(1, 0, 10), (1, 10, 20)], 0),  # moves out and in on one day
        ([(1, 0, 10), (1, 9, 20)], 1),
        ([(1, 9, 20), (1, 0, 10)], 1),
        ([(1, 0, 10), (2, 5, 20)], 0),
        ([], 0),
    ],
)
def test_overlapping_spells(spells: list[tuple[int, int, int]], count: int) -> None:
    columns = np.array(spells, dtype=np.int64).reshape(-1, 3)
    assert (
        overlapping_spells(columns[:, 0].astype(np.uint64), columns[:, 1], columns[:, 2]) == count
    )


@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        ({"cpr": "310290-0100"}, ["cpr", "cpr_date", "310290-****"]),
        ({"cpr": "Canary Jensen"}, ["cpr", "cpr_form", "******-****"]),
        ({"foedselsdato": "31-02-1990"}, ["foedselsdato", "date_form", "***"]),
        ({"fra": "31-02-1990"}, ["fra", "date_form", "31-02-1990"]),
        ({"fra": "0702900100"}, ["fra", "date_form", "9999999999"]),
        ({"bydel": "Canary Jensen"}, ["bydel", "code_unknown", "xxxxxx xxxxxx"]),
        ({"koen": "X"}, ["koen", "code_unknown", "***"]),
        ({"til": "2009-12-31"}, ["til", "til_not_before_fra", "2009-12-31"]),
    ],
)
def test_what_the_list_shows(tmp_path: Path, cells: dict[str, str], listed: list[str]) -> None:
    # A row that keeps nine zeros-first numbers apart from number columns comes along.
    text = lines(POPULATION, [resident(0, **cells), resident(1)])
    loaded, _ = read("population", tmp_path, text)
    assert [entry[1:] for entry in quarantined(loaded, tmp_path)] == [listed]


def test_birth_date_and_sex_against_the_number_are_counted_only(tmp_path: Path) -> None:
    rows = [
        resident(0, foedselsdato="1990-02-08"),
        resident(1, koen="K" if int(number(1)[-1]) % 2 else "M"),
        resident(2),
        resident(3, cpr="6702900100", foedselsdato="1990-02-08", koen="M"),
    ]
    loaded, _ = read("population", tmp_path, lines(POPULATION, rows))
    assert loaded.used == 4
    assert (loaded.counts["birth_date_differs"], loaded.counts["sex_differs"]) == (1, 1)
    assert loaded.counts["cpr_replacement"] == 1
