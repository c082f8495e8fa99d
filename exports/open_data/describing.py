"""The descriptions of a set's data written beside it.

Belongs here: which description files there are and where they lie. Not here: their forms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exports.open_data.about import About
from exports.open_data.catalogue_record import catalogue_record
from exports.open_data.csvw import csvw
from exports.open_data.datapackage import datapackage
from exports.open_data.files import FILES

_TITLES = {".xlsx": "Udvalgets regneark", ".html": "Sættet til læsning i en browser"}


def describe(folder: Path, about: About) -> None:
    """Write `datapackage.json`, `data/*.csv-metadata.json` and `catalog.ttl` for the files that are in the set's folder.

    Raises `ValueError` when a CSV of `data/` is not described in `files`.
    """
    known = {file.path: file for file in FILES}
    there = sorted(path.relative_to(folder).as_posix() for path in folder.glob("data/*.csv"))
    unknown = [path for path in there if path not in known]
    if unknown:
        raise ValueError(f"nothing describes {', '.join(unknown)}")
    contents = {path: (known[path], (folder / path).read_bytes()) for path in there}
    _write(folder / "datapackage.json", datapackage(about, contents))
    for path in there:
        _write(folder / f"{path}-metadata.json", csvw(about, known[path]))
    titles = {path: known[path].title for path in there}
    for file in sorted(folder.iterdir()):
        if file.suffix in _TITLES:
            titles[file.name] = _TITLES[file.suffix]
    files = {path: (title, (folder / path).stat().st_size) for path, title in titles.items()}
    (folder / "catalog.ttl").write_text(catalogue_record(about, files), "utf-8")


def _write(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", "utf-8")
