"""Where registers and figures are kept between steps, by version, and which version is in force.

Belongs here: folders below the home, and pointers that are swapped in one step. Not here: what is in the folders.

    <home>/registers/<thing>/<version>/          blocks of a register
    <home>/statistics/<area>/<version>/          figures of an area
    <home>/<kind>/<thing>/<name>.json            pointer: which version is in force
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sources.files import private_directory, write_json

FIGURES = "figures"


class NothingKept(Exception):  # noqa: N818 - an answer, told in words
    """There is nothing in force yet; the message is one Danish sentence."""


def point(folder: Path, name: str, pointer: dict[str, Any]) -> None:
    """Say what is in force under `name`."""
    write_json(folder / f"{name}.json", pointer)


def pointed(folder: Path, name: str) -> dict[str, Any]:
    """What is in force under `name`; raises NothingKept when nothing is."""
    try:
        return dict(json.loads((folder / f"{name}.json").read_text("utf-8")))
    except FileNotFoundError:
        raise NothingKept(f"{folder.name} er ikke dannet for {name}; kør hele natten.") from None


def keep_figures(folder: Path, version: str, figures: pd.DataFrame, **beside: pd.DataFrame) -> Path:
    """Store figures under their version, and other tables by name beside them, whole or not at all."""
    path = folder / version
    if not path.exists():
        draft = private_directory(folder) / f".{version}.partial"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        for name, rows in {FIGURES: figures, **beside}.items():
            table = pa.Table.from_pandas(rows, preserve_index=False)
            file = kept_file(draft, name)
            pq.write_table(table, file, write_page_checksum=True, compression="zstd")
            file.chmod(0o600)
        draft.rename(path)
    return path


def kept_file(version: Path, name: str = FIGURES) -> Path:
    """The file of one table in the folder of a version."""
    return version / f"{name}.parquet"


def kept_figures(folder: Path, version: str, name: str = FIGURES) -> pd.DataFrame:
    """The figures stored under a version, or the table `name` beside them; raises OSError when checksums do not hold."""
    table = pq.read_table(kept_file(folder / version, name), page_checksum_verification=True)
    # By way of categories, so that rows share their texts: each row's own would be four times the table.
    frame: pd.DataFrame = table.to_pandas(strings_to_categorical=True)
    texts = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(texts, object))
