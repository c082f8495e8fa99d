"""The published sets as they lie: what each says of itself, which there are, and whether they are whole.

Belongs here: manifests, versions, the set another follows, verifying a set. Not here: making one (`publication`), the
chain of what happened (`ledger`).

    <home>/published/<plan>/<YYYY-MM>/v<NNN>/    a set and its manifest; `latest` points at the newest
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exports.ledger import Line, publications

MANIFEST = "manifest.json"
PUBLISHED = "published"
POINTER = "latest"
_VERSION = re.compile(r"v(\d{3,})")


@dataclass(frozen=True)
class Input:
    """One delivery the set was made from; `sha256` is of the delivered bytes."""

    source: str
    delivery_id: str
    sha256: str
    rows_in: int
    used: int
    quarantined: int


@dataclass(frozen=True)
class Origin:
    """What a set was made from and how: equal origins give equal sets.

    `settings` is plain JSON (municipality, age range, rules); nothing in it may change with the
    clock.
    """

    inputs: tuple[Input, ...]
    code_version: str
    settings: Mapping[str, Any]
    threshold: int


def origin_document(origin: Origin) -> dict[str, Any]:
    """An origin as plain JSON, as the manifest has it."""
    ordered = sorted(origin.inputs, key=lambda one: (one.source, one.delivery_id))
    document = {
        "inputs": [asdict(one) for one in ordered],
        "code_version": origin.code_version,
        "settings": dict(origin.settings),
        "threshold": origin.threshold,
    }
    return dict(json.loads(json.dumps(document, allow_nan=False)))


def versions(folder: Path) -> dict[int, Path]:
    """The versions in a month's folder by number, in order.

    A set is whole once its directory is there, also when a crash left the pointer at the one
    before.
    """
    if not folder.is_dir():
        return {}
    found = {
        int(match.group(1)): entry
        for entry in folder.iterdir()
        if entry.is_dir() and not entry.is_symlink() and (match := _VERSION.fullmatch(entry.name))
    }
    return dict(sorted(found.items()))


def newest_version(folder: Path) -> int:
    """The highest version number in a month's folder, 0 when there is none."""
    return max(versions(folder), default=0)


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a set; raises `OSError` or `ValueError` when it cannot be read."""
    return dict(json.loads((directory / MANIFEST).read_text("utf-8")))


def manifest_hash(directory: Path) -> str:
    """The SHA-256 of a set's manifest, as the ledger has it."""
    return hashlib.sha256((directory / MANIFEST).read_bytes()).hexdigest()


def told_of(home: Path, directory: Path) -> tuple[tuple[Line, bool], ...]:
    """The ledger's lines of a set's publication, and whether each names the manifest that is there; 0.1.0 named none."""
    plan, month, version = directory.parts[-3:]
    told = publications(home, plan, month, int(version.removeprefix("v")))
    digest = manifest_hash(directory)
    return tuple((line, line.facts.get("manifest", digest) == digest) for line in told)


def set_before(home: Path, plan: str, month: str, version: int) -> Path | None:
    """The published set that version `version` of a month is read after; None when there is none that is whole.

    The version before it, else the newest of the nearest earlier month. One that is published already names it in its
    manifest, so that writing it anew compares it with the same set whatever was published since.
    """
    tree = home / PUBLISHED / plan
    published = tree / month / version_name(version)
    if published.is_dir():
        stated = read_manifest(published).get("follows", "")
        return tree / stated if stated and (tree / stated).is_dir() else None
    months = sorted((path.name for path in tree.glob("*-*") if path.name <= month), reverse=True)
    for earlier in months:
        newest = version - 1 if earlier == month else newest_version(tree / earlier)
        for number in range(newest, 0, -1):
            found = tree / earlier / version_name(number)
            if found.is_dir() and is_whole(home, found):
                return found
    return None


def is_whole(home: Path, directory: Path) -> bool:
    """Whether a published set agrees with its manifest, and that with what the ledger says of it so far."""
    return not verify_set(directory) and all(agrees for _, agrees in told_of(home, directory))


def verify_set(directory: Path) -> tuple[str, ...]:
    """Check a published set against its manifest; returns what is wrong in Danish sentences."""
    try:
        stated: dict[str, str] = read_manifest(directory)["files"]
    except (OSError, ValueError, KeyError):
        return (f"{directory.name}: {MANIFEST} mangler eller kan ikke læses.",)
    found = hashes(directory)
    problems = [f"{name} mangler." for name in sorted(stated.keys() - found.keys())]
    problems += [f"{name} står ikke i {MANIFEST}." for name in sorted(found.keys() - stated.keys())]
    problems += [
        f"{name} er ændret, siden sættet blev offentliggjort."
        for name in sorted(stated.keys() & found.keys())
        if stated[name] != found[name]
    ]
    return tuple(problems)


def hashes(directory: Path) -> dict[str, str]:
    """The SHA-256 of every file of a set but the manifest, by its name in it."""
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path != directory / MANIFEST
    }


def version_name(version: int) -> str:
    """The name of a version's folder."""
    return f"v{version:03d}"
