"""What the process that runs pyreadstat answers, called here without the process."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from sources.statistical import child


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A small SPSS file."""
    made = tmp_path / "a.sav"
    frame = pd.DataFrame({"a": [float(n) for n in range(10)], "b": [f"t{n}" for n in range(10)]})
    pyreadstat.write_sav(frame, made, variable_value_labels={"a": {1: "et"}})
    return str(made)


def test_rows_come_in_pieces(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_CELLS_A_BATCH", 6)
    batches = list(child.batches(path, ".sav", "", ["b", "a"], ["string", "double"]))
    assert [batch.num_rows for batch in batches] == [3, 3, 3, 1]
    assert pa.Table.from_batches(batches).to_pydict() == {
        "b": [f"t{n}" for n in range(10)],
        "a": [float(n) for n in range(10)],
    }


def test_a_file_is_described(path: str) -> None:
    told = child.describe(path, ".sav", ["", "WINDOWS-1252"])
    assert told["names"] == ["a", "b"]
    assert told["kinds"] == ["double", "string"]
    assert told["labels"] == {"a": [[1.0, "et"]]}
    assert (told["rows"], told["declared_rows"], told["chosen"]) == (10, 10, "")
    with pytest.raises(UnicodeError):
        child.describe(path, ".sav", [])


def test_the_limits_are_set_and_a_bad_file_ends_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    limits: list[int] = []
    monkeypatch.setattr(child.resource, "setrlimit", lambda what, _: limits.append(what))
    bad = tmp_path / "a.sav"
    bad.write_bytes(b"$FL2 0702900100")
    asked = {"path": str(bad), "ending": ".sav", "encodings": [""]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(asked)))
    assert child._main() == child.UNREADABLE
    assert {child.resource.RLIMIT_AS, child.resource.RLIMIT_CPU} <= set(limits)
    assert capfd.readouterr() == ("", "")
