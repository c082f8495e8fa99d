"""The handed-out workbook, and its parts as a stranger finds them in the archive.

Belongs here: plain XML, so that a test does not ask the library that wrote the file. Not here: tests.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from expectations.contract import load
from exports.workbook.template.book import write_template
from plans.loading import load_plan, plan_ids

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CONTRACT = load("registers")
PLANS = [load_plan(plan) for plan in plan_ids()]
ANSWERED = [
    (plan.id, part.id) for plan in PLANS for part in (*plan.activities(), *plan.objectives(), plan)
]
"""What stands in the register of activities: whether a revision is needed is answered for each."""


def handed_out(folder: Path) -> Path:
    """The workbook with the rows of all plans."""
    path = folder / "registre.xlsx"
    write_template(path, CONTRACT, PLANS, PLANS)
    return path


@dataclass(frozen=True)
class Rule:
    """A data validation as the file says it."""

    kind: str
    first: str
    second: str
    cells: str
    style: str
    prompt: str
    error: str


class Archive:
    """The parts of a workbook."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        book = self.xml("xl/workbook.xml")
        targets = {
            relation.get("Id"): str(relation.get("Target"))
            for relation in self.xml("xl/_rels/workbook.xml.rels")
        }
        self.sheets = {
            str(sheet.get("name")): "xl/" + targets[sheet.get(_RELATION)].removeprefix("/xl/")
            for sheet in book.iter(f"{MAIN}sheet")
        }
        self.states = [sheet.get("state", "visible") for sheet in book.iter(f"{MAIN}sheet")]

    def xml(self, part: str) -> ElementTree.Element:
        """A part as elements."""
        return ElementTree.fromstring(self.parts[part])

    def sheet(self, name: str) -> ElementTree.Element:
        """A sheet as elements."""
        return self.xml(self.sheets[name])

    def rules(self, name: str) -> dict[str, Rule]:
        """By column letter: the data validation of a sheet's column."""
        found = {}
        for node in self.sheet(name).iter(f"{MAIN}dataValidation"):
            cells = str(node.get("sqref"))
            found[cells.rstrip("0123456789").partition(":")[2].rstrip("0123456789")] = Rule(
                node.get("type", "none"),
                node.findtext(f"{MAIN}formula1", ""),
                node.findtext(f"{MAIN}formula2", ""),
                cells,
                node.get("errorStyle", "stop"),
                node.get("prompt", ""),
                node.get("error", ""),
            )
        return found

    def texts(self, name: str) -> dict[str, str]:
        """By cell: every text of a sheet."""
        return {
            str(cell.get("r")): "".join(cell.itertext())
            for cell in self.sheet(name).iter(f"{MAIN}c")
            if cell.get("t") == "inlineStr"
        }
