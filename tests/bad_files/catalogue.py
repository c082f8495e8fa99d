"""All bad files, and how one is laid in an inbox."""

from __future__ import annotations

from pathlib import Path

from sources.inbox import Rest
from sources.intake import Installation
from tests.bad_files import (
    archive_cases,
    column_cases,
    cpr_cases,
    date_cases,
    delivery_cases,
    name_cases,
    number_cases,
    text_cases,
    xlsx_cases,
)
from tests.bad_files.case import Case

CASES: tuple[Case, ...] = (
    *text_cases.CASES,
    *column_cases.CASES,
    *number_cases.CASES,
    *date_cases.CASES,
    *cpr_cases.CASES,
    *delivery_cases.CASES,
    *name_cases.CASES,
    *archive_cases.CASES,
    *xlsx_cases.CASES,
)
HOUSE = Installation(Rest(0), municipality=101)


def put(case: Case, folder: Path) -> None:
    """Lay the case's files in the inbox."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in case.files.items():
        path = folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)
        if case.done:
            path.with_name(f"{name}.done").touch()
