"""docs/reliability.md and docs/security.md name a test in every row, every test they name is there, and none of the fault
suite is left out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = {
    "reliability.md": ("Faults", "Where numbers are looked for"),
    "security.md": ("Doors", "Threats"),
}
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`( ●)?")


def rows(page: str, section: str) -> list[str]:
    """The rows of the table of a section, without its head."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    part = re.split(r"^## ", text, flags=re.MULTILINE)
    (body,) = (one for one in part if one.startswith(f"{section}\n"))
    return [line for line in body.splitlines() if line.startswith("| ")][1:]


ROWS = [
    (page, row) for page, sections in PAGES.items() for one in sections for row in rows(page, one)
]


def of_file(path: Path) -> dict[str, bool]:
    """The tests of a file, and whether each is `long`."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.name: any("mark.long" in ast.unparse(one) for one in node.decorator_list)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize(("page", "row"), ROWS, ids=[row[2:50] for _, row in ROWS])
def test_every_row_names_tests_that_are_there(page: str, row: str) -> None:
    named = NAMED.findall(row)
    assert named, f"no test in this row of {page}"
    for path, name, dot in named:
        there = of_file(ROOT / path)
        assert name in there, f"{path} has no {name}"
        assert there[name] == bool(dot), f"{name} is long in one place and not in the other"


def test_every_fault_that_is_tried_stands_on_the_page() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    tried = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
        for name in of_file(path)
    }
    assert {name for name in tried if name not in text} == {"test_the_ban_on_connections_is_one"}
