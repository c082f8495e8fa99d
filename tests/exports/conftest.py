"""One written workbook for all tests of the archive: writing it is quick, making its report is not."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from exports.report import Report
from exports.workbook.book import write_workbook


def _builder() -> ModuleType:
    path = Path(__file__).parent / "builder.py"
    spec = importlib.util.spec_from_file_location("exports_builder", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["exports_builder"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    """The module that makes reports."""
    return _builder()


@pytest.fixture(scope="session")
def report(builder: ModuleType) -> Report:
    """The report of June 2020."""
    made = builder.report()
    assert isinstance(made, Report)
    return made


@pytest.fixture(scope="session")
def workbook(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report's workbook, written."""
    path = tmp_path_factory.mktemp("set") / "midtvejsstatus.xlsx"
    write_workbook(report, path)
    return path


@pytest.fixture(scope="session")
def parts(workbook: Path) -> dict[str, str]:
    """The archive's parts as text."""
    with zipfile.ZipFile(workbook) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
