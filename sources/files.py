"""Writing files that appear whole: private modes, synced, renamed into place.

Belongs here: the few file operations every stored thing goes through. Does not belong here: what is
written. Directories are 0700 and files 0600, whatever the umask.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

_CHUNK = 1 << 20
# Blanks, signs that cannot be seen, and letters stand between the halves of a number, too.
_NUMBER_LIKE_CPR = re.compile(r"\d{6}\D{0,3}\d{4}")
_LONGEST_NAME = 120


def private_directory(path: Path) -> Path:
    """Make `path` with its parents, each new one 0700, and return it."""
    if not path.is_dir():
        private_directory(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` so that a reader sees the old file or the new one, never a part."""
    private_directory(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync_directory(path.parent)


def write_json(path: Path, document: Any) -> None:
    """Write `document` as indented UTF-8 JSON with sorted keys, whole."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(path, (text + "\n").encode("utf-8"))


def sync_directory(path: Path) -> None:
    """Make a rename inside `path` survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Flush a file another library wrote, and make it private."""
    path.chmod(0o600)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def shown_text(text: str, longest: int = _LONGEST_NAME) -> str:
    """Text fit for the record: no control characters, no number like a CPR, at most `longest`."""
    plain = "".join(
        "?" if unicodedata.category(char).startswith("C") else char
        for char in unicodedata.normalize("NFC", text)
    )
    masked = _NUMBER_LIKE_CPR.sub("******-****", plain)
    return masked if len(masked) <= longest else masked[: longest - 1] + "…"
