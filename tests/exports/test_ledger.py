"""The hash chain: what is appended verifies, and whatever is changed afterwards is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports.ledger import LedgerDamaged, append, ledger_path, lines, verify

AT = datetime(2020, 7, 6, 4, 30, tzinfo=UTC)


def _three(home: Path) -> list[str]:
    return [
        append(home, "delivery", {"source": source, "rows": 9}, AT)
        for source in ("dream", "income", "staff")
    ]


def test_lines_are_chained_and_verify(tmp_path: Path) -> None:
    hashes = _three(tmp_path)
    lines = [json.loads(line) for line in ledger_path(tmp_path).read_text().splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert [line["hash"] for line in lines] == hashes
    assert [line["previous"] for line in lines[1:]] == hashes[:2]
    assert verify(tmp_path).problems == ()
    assert verify(tmp_path).lines == 3


def test_no_ledger_is_no_problem(tmp_path: Path) -> None:
    assert verify(tmp_path) == verify(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: [lines[0].replace('"rows":9', '"rows":8'), *lines[1:]], "linje 1 er ændret"),
        (lambda lines: [lines[0], lines[2]], "linje 2 følger ikke"),
        (lambda lines: [lines[1], lines[0], lines[2]], "linje 1 følger ikke"),
        (lambda lines: [*lines[:2], lines[1], lines[2]], "linje 3 følger ikke"),
        (lambda lines: [lines[0], lines[1].replace(":", " : ", 1), lines[2]], "linje 2 er ændret"),
        (lambda lines: [lines[0], "sludder", lines[2]], "linje 2 kan ikke læses"),
    ],
)
def test_a_changed_ledger_is_found(
    tmp_path: Path, change: Callable[[list[str]], list[str]], named: str
) -> None:
    _three(tmp_path)
    path = ledger_path(tmp_path)
    path.write_text("\n".join(change(path.read_text().splitlines())) + "\n")
    problems = verify(tmp_path).problems
    assert len(problems) == 1
    assert named in problems[0]


@pytest.mark.parametrize("line", ["sludder", '{"at":"2020-07-06"}', "[]"])
def test_whoever_reads_a_line_that_cannot_be_read_is_told_which(tmp_path: Path, line: str) -> None:
    _three(tmp_path)
    path = ledger_path(tmp_path)
    first, _, last = path.read_text().splitlines()
    path.write_text(f"{first}\n{line}\n{last}\n")
    with pytest.raises(LedgerDamaged, match="linje 2 kan ikke læses"):
        lines(tmp_path)


def test_a_torn_last_line_is_named_and_dropped_by_the_next_append(tmp_path: Path) -> None:
    _three(tmp_path)
    with ledger_path(tmp_path).open("a") as stream:
        stream.write('{"number":4,"at"')
    assert verify(tmp_path).problems == ("Hovedbogens sidste linje er ikke skrevet færdig.",)
    append(tmp_path, "decision", {}, AT)
    assert verify(tmp_path).problems == ()
    assert verify(tmp_path).lines == 4


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: append(tmp_path, "decision", {"n": number}, AT), range(40)))
    assert verify(tmp_path).problems == ()
    assert verify(tmp_path).lines == 40


def test_a_cpr_number_in_the_facts_is_masked(tmp_path: Path) -> None:
    append(tmp_path, "delivery", {"file": "udtraek 3112999990.csv"}, AT)
    assert "3112999990" not in ledger_path(tmp_path).read_text()
    assert verify(tmp_path).problems == ()
