"""Personal numbers: every class and century, nine digits, masking, and pseudonyms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.cpr import Pseudonyms, holds_one_of, mask, parse_cprs, pseudonyms
from sources.faults import CODES
from sources.file_form import FileForm, Seen
from tests.canaries import CANARIES

from .making import INCOME, KEY, POPULATION, lines, number, quarantined, read, resident

FIRST, _, WITH_ZERO = CANARIES


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("0702900100", date(1990, 2, 7)),
        ("070290-0100", date(1990, 2, 7)),
        (" 0702900100\u00a0", date(1990, 2, 7)),
        (702900100, date(1990, 2, 7)),
        (702900100.0, date(1990, 2, 7)),
        ("0702364100", date(2036, 2, 7)),
        ("0702374100", date(1937, 2, 7)),
        ("0702575100", date(2057, 2, 7)),
        ("0702585100", date(1858, 2, 7)),
        ("0702588100", date(1858, 2, 7)),
        ("0702369100", date(2036, 2, 7)),
        ("0702379100", date(1937, 2, 7)),
        ("0702993100", date(1999, 2, 7)),
        ("2902004100", date(2000, 2, 29)),
        ("2902000100", "cpr_date"),  # 1900 had no 29 February
        ("3102900100", "cpr_date"),
        ("0713900100", "cpr_date"),
        ("0000000000", "cpr_date"),
        ("9202900100", "cpr_date"),
        ("6702900100", date(1990, 2, 7)),  # a replacement number keeps its date
        ("070290 0100", "cpr_form"),
        ("07029-00100", "cpr_form"),
        ("0702900100.0", "cpr_form"),
        ("07029001000", "cpr_form"),
        ("07029A0100", "cpr_form"),
        ("\uff10702900100", "cpr_form"),
        ("", "blank"),
        (None, "blank"),
    ],
)
def test_a_number_is_read_or_its_fault_named(text: Any, born: date | str) -> None:
    found = parse_cprs(pa.array([text]), FileForm(cpr_number_column=False), Seen())
    fault = CODES[found.fault[0]]
    assert (fault or found.birth[0].astype(object)) == born


def test_classes_are_told_apart() -> None:
    passing = next(
        text
        for text in (f"070290{serial:04d}" for serial in range(100, 4000))
        if sum(w * int(d) for w, d in zip((4, 3, 2, 7, 6, 5, 4, 3, 2, 1), text, strict=True)) % 11
        == 0
    )
    found = parse_cprs(pa.array([passing, number(0), "6702900100"]), FileForm(), Seen())
    assert found.modulus_failed.tolist() == [False, True, False]
    assert found.replacement.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("other", "used"),
    [
        (number(1, "110290"), 2),  # no value starts with 0: a number column that lost its zeros
        (number(1, "070290"), 1),  # zeros are kept, so nine digits are a fault
    ],
)
def test_nine_digits_are_padded_only_in_a_number_column(
    tmp_path: Path, other: str, used: int
) -> None:
    birth = f"19{other[4:6]}-{other[2:4]}-{other[:2]}"
    text = lines(
        POPULATION,
        [resident(0, cpr=number(0)[1:]), resident(0, cpr=other, foedselsdato=birth)],
    )
    loaded, rows = read("population", tmp_path, text)
    assert loaded.used == used
    assert loaded.counts["cpr_padded"] == (1 if used == 2 else 0)
    if used == 2:
        assert rows[0]["person"] == pseudonyms([number(0)], KEY, "population")[0]


def test_a_column_stored_as_numbers_is_padded(tmp_path: Path) -> None:
    table = pa.table({name: pa.array(["2020-01-01"]) for name in POPULATION.split(";")})
    table = table.set_column(0, "cpr", pa.array([int(number(0))]))
    table = table.set_column(1, "foedselsdato", pa.array([date(1990, 2, 7)]))
    table = table.set_column(2, "koen", pa.array([2]))
    table = table.set_column(3, "kommunekode", pa.array([101]))
    table = table.set_column(4, "bydel", pa.array(["Valby"]))
    path = tmp_path / "made.parquet"
    pq.write_table(table, path)
    loaded, rows = read("population", tmp_path / "in", path.read_bytes(), "delivery.parquet")
    assert loaded.counts["cpr_padded"] == 1
    assert rows[0]["person"] == pseudonyms([number(0)], KEY, "population")[0]


def test_a_pseudonym_depends_on_number_and_key_alone() -> None:
    first = pseudonyms([number(0), number(1)], KEY, "population")
    assert first.dtype == np.uint64
    assert first.tolist() == pseudonyms([number(0), number(1)], KEY, "income").tolist()
    assert not set(first.tolist()) & set(pseudonyms([number(0)], b"other", "population").tolist())
    assert len(set(first.tolist())) == 2


def test_a_replacement_number_never_meets_another_source() -> None:
    there = pseudonyms(["6702900100"], KEY, "population")
    assert there.tolist() != pseudonyms(["6702900100"], KEY, "income").tolist()


def test_batches_of_one_delivery_share_their_pseudonyms() -> None:
    made = Pseudonyms(KEY, "income")
    numbers = np.array([702900100, 1102900100, 702900100])
    first = made.of(numbers)
    assert made.of(numbers[::-1]).tolist() == first[::-1].tolist()
    made.verify()


def test_a_faulty_number_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValueError, match="not a personal number") as error:
        pseudonyms(["3102900100"], KEY, "income")
    assert "310290" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0101900123", "010190-****"), ("010190-0123", "010190-****"), ("abc", "******-****")],
)
def test_a_number_is_masked(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST, True),
        (f"{FIRST[:6]}-{FIRST[6:]}", True),
        (f"{FIRST[:6]} {FIRST[6:]}", True),
        (f"{FIRST}.0", True),
        (f"{FIRST},00", True),
        (WITH_ZERO, True),
        (WITH_ZERO[1:], True),
        (f"{FIRST}0", False),
        (f"A{FIRST}", False),
        (CANARIES[1], False),  # nobody's in this batch: a case number may well be ten digits
        ("0000000000", False),
        ("", False),
    ],
)
def test_a_text_that_is_the_number_of_somebody_here(text: str, expected: bool) -> None:
    numbers = np.array([int(FIRST), 0, int(WITH_ZERO)])
    assert holds_one_of(pa.array([text, "plain"]), numbers).tolist() == [expected, False]


def test_a_person_s_number_in_another_column_puts_the_row_in_quarantine(tmp_path: Path) -> None:
    rows = [f"{number(at)};2020-06;10000001;100,50;20000,25;ordinær" for at in range(12)]
    rows[3] = f"{number(3)};2020-06;10000001;100,50;{number(4)};ordinær"
    loaded, _ = read("income", tmp_path, lines(INCOME, rows))
    assert quarantined(loaded, tmp_path) == [["5", "loen_kr", "text_cpr", "9999999999"]]
