"""Publishing a set: a directory that appears whole or not at all, and one pointer to the newest.

Belongs here: staging, writing the manifest, fencing, the rename. Not here: sets that are out (`published_sets`), what is in
the files (`workbook`, `tidy`) and whether they may leave (`release_gate`, which every set passes here).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.locks import exclusive
from exports.published_sets import (
    MANIFEST,
    POINTER,
    PUBLISHED,
    Origin,
    hashes,
    is_whole,
    newest_version,
    origin_document,
    read_manifest,
    set_before,
    version_name,
)
from exports.release_gate import require_releasable

if TYPE_CHECKING:
    from exports.stranger.inspection import Known

_PLAN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_STAGE = "publish-"
_ADDED = ".pdf"


class Superseded(RuntimeError):  # noqa: N818
    """A run whose turn came later has already published; this one may not promote."""


@dataclass(frozen=True)
class Publication:
    """Where the set in force lies, its version, and whether this call made it."""

    path: Path
    version: int
    new: bool


def publish(
    home: Path,
    plan: str,
    month: str,
    origin: Origin,
    fill: Callable[[Path, int], None],
    run_sequence: int,
    timeout: float = 600.0,
    add: Callable[[Path], Sequence[str]] = lambda _: (),
    known: Callable[[], Known] | None = None,
) -> Publication:
    """Publish a set to `<home>/published/<plan>/<month>/v<NNN>/` and point `latest` at it.

    `fill(directory, version)` writes the files of the set into an empty directory on the same file
    system. Where the newest version has the same origin, the set is written once more under that
    version's number; if every byte agrees nothing new appears and the existing path is returned.
    `add(directory)` adds to a new version the PDF that another program makes of those files, and returns in Danish
    sentences what it left out, which the manifest then tells; neither is compared, for the program may be another.
    `known` gives the gate what the house knows of the set; it is asked only where there is something new to publish.
    `run_sequence` is the number of the run's turn on the home; one that is lower than the last to publish raises
    `Superseded`. Raises `ReleaseRefused` when the gate refuses, `LockBusy` when another writer
    holds the lock for `timeout` seconds, and `OSError` when the disk refuses; the published tree is
    then as before.
    """
    if not _PLAN.fullmatch(plan) or not _MONTH.fullmatch(month):
        raise ValueError("plan or month does not make a folder name")
    folder = home / PUBLISHED / plan / month
    with exclusive(home / "locks" / "publish.lock", timeout):
        _refuse_older(home, plan, month, run_sequence)
        _clear_stages(home)
        stage = home / "tmp" / f"{_STAGE}{plan}-{month}"
        newest = newest_version(folder)
        try:
            if newest and _stands_with(home, folder / version_name(newest), origin):
                follows = set_before(home, plan, month, newest)
                manifest = _stage_set(stage, plan, month, newest, origin, fill, follows)
                if _compared(manifest) == _compared(read_manifest(folder / version_name(newest))):
                    shutil.rmtree(stage)
                    _record_sequence(home, plan, month, run_sequence)
                    _point(home, folder, version_name(newest))
                    return Publication(folder / version_name(newest), newest, new=False)
                shutil.rmtree(stage)
            version = newest + 1
            follows = set_before(home, plan, month, version)
            _stage_set(stage, plan, month, version, origin, fill, follows, add)
            require_releasable(stage, origin.threshold, known() if known else None)
            _settle(stage)
            _record_sequence(home, plan, month, run_sequence)
            _promote(home, stage, folder, version_name(version))
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        return Publication(folder / version_name(version), version, new=True)


def stands(home: Path, plan: str, month: str, origin: Origin) -> bool:
    """Whether the newest set of a plan's month is whole, of this origin, and the one `latest` points at."""
    folder = home / PUBLISHED / plan / month
    newest = newest_version(folder)
    if not newest:
        return False
    pointer = folder / POINTER
    points_at_it = pointer.is_symlink() and pointer.readlink() == Path(version_name(newest))
    return points_at_it and _stands_with(home, folder / version_name(newest), origin)


def _stage_set(
    stage: Path,
    plan: str,
    month: str,
    version: int,
    origin: Origin,
    fill: Callable[[Path, int], None],
    follows: Path | None,
    add: Callable[[Path], Sequence[str]] = lambda _: (),
) -> dict[str, Any]:
    stage.mkdir(parents=True, mode=0o750)
    fill(stage, version)
    left_out = list(add(stage))
    manifest = {
        "plan": plan,
        "month": month,
        "version": version,
        "follows": "" if follows is None else f"{follows.parent.name}/{follows.name}",
        **origin_document(origin),
        "left_out": left_out,
        "files": hashes(stage),
    }
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)
    (stage / MANIFEST).write_text(text + "\n", "utf-8")
    return read_manifest(stage)


def _compared(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What of a manifest has to agree for two sets to be the same: all but what another program makes."""
    ours = {name: digest for name, digest in manifest["files"].items() if not name.endswith(_ADDED)}
    return {**manifest, "files": ours, "left_out": []}


def _stands_with(home: Path, directory: Path, origin: Origin) -> bool:
    """Whether a published set is whole and of the origin; a damaged one is never taken for the newest word."""
    if not is_whole(home, directory):
        return False
    manifest, document = read_manifest(directory), origin_document(origin)
    return {key: manifest.get(key) for key in document} == document


def _sequence_path(home: Path, plan: str, month: str) -> Path:
    return home / "sequences" / f"{plan}-{month}"


def _refuse_older(home: Path, plan: str, month: str, run_sequence: int) -> None:
    path = _sequence_path(home, plan, month)
    if path.exists() and int(path.read_text("ascii")) > run_sequence:
        raise Superseded("En nyere kørsel har allerede offentliggjort denne måned.")


def _record_sequence(home: Path, plan: str, month: str, run_sequence: int) -> None:
    path = _sequence_path(home, plan, month)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = home / "tmp" / f"{_STAGE}sequence"
    draft.write_text(f"{run_sequence}\n", "ascii")
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _clear_stages(home: Path) -> None:
    """Remove what a killed run left; the lock is ours, so nobody is writing there."""
    (home / "tmp").mkdir(parents=True, exist_ok=True, mode=0o750)
    for left in (home / "tmp").glob(f"{_STAGE}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _settle(stage: Path) -> None:
    """Give every file and directory its mode and bring it to the disk before it gets its name."""
    for path in sorted(stage.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o640)
        _sync(path)
    stage.chmod(0o750)
    _sync(stage)


def _promote(home: Path, stage: Path, folder: Path, name: str) -> None:
    for parent in (folder.parent.parent, folder.parent, folder):
        if not parent.exists():
            parent.mkdir(parents=True, mode=0o750)
            parent.chmod(0o750)
    stage.rename(folder / name)
    _sync(folder)
    _point(home, folder, name)


def _point(home: Path, folder: Path, name: str) -> None:
    """Swap the pointer in one step; it is made outside the published tree, so no half one is ever
    seen there.
    """
    pointer = folder / POINTER
    if pointer.is_symlink() and pointer.readlink() == Path(name):
        return
    draft = home / "tmp" / f"{_STAGE}pointer"
    draft.unlink(missing_ok=True)
    draft.symlink_to(name)
    draft.replace(pointer)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
