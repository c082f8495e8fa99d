"""What a fault of the machine is called in a step: the file or the home, what it was, and code 30."""

from __future__ import annotations

import errno
from pathlib import Path

import dagster as dg
import pytest

from assets.gate import EXIT_CODE, told_plainly


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.EACCES, "denied", "/a/file"), " (/a/file): Permission denied."),
        # As Arrow words it, and as Python does when a file is open already: no name.
        (
            OSError(errno.ENOSPC, "Error writing bytes. Detail"),
            " ({home}): No space left on device.",
        ),
        (OSError("Couldn't deserialize"), " ({home}): læsefejl."),
    ],
)
def test_a_fault_is_told_with_its_place(
    fault: OSError, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    with pytest.raises(dg.Failure) as failed, told_plainly():
        raise fault
    assert failed.value.description == f"Disken eller en fil svigtede{told.format(home=tmp_path)}"
    assert failed.value.metadata[EXIT_CODE].value == 30
