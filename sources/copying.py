"""The private copy every judgement is made on.

Belongs here: copying the files of a delivery while hashing them, never through a link, and
noticing that one changed meanwhile. Does not belong here: where a delivery comes from (`inbox`),
what is in it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sources.arrivals import Arrival, Candidate
from sources.files import sync_directory, sync_file
from sources.opening import extension
from sources.rejection import Rejection

_CHUNK = 256 << 10
"""Bytes that stay in the processor's cache from being read to being hashed."""

_LONGEST_ENDING = 10
_GONE = frozenset({errno.ENOENT, errno.ELOOP, errno.ENXIO, errno.ENOTDIR})


class NotYet(Rejection):
    """A delivery cannot be judged now, and may be later."""


class Copied(NamedTuple):
    """A file of a delivery, its private copy at `path` and the SHA-256 of its bytes."""

    candidate: Candidate
    path: Path
    digest: str


def copy_whole(arrival: Arrival, folder: Path) -> list[Copied]:
    """Copy the files of a delivery into `folder`, each named by its hash; NotYet when one of them
    changes, is gone, or may not be read.
    """
    copied = []
    for piece in arrival.pieces:
        arriving = folder / ".arriving"
        try:
            digest = _copy(piece, arriving)
        except NotYet:
            arriving.unlink(missing_ok=True)
            raise
        stored = folder / f"{digest}{_plain_ending(piece.path.name)}"
        if stored.exists():
            # It belongs to an earlier delivery, which is never to lie on the disk by half.
            sync_file(arriving)
        arriving.replace(stored)
        copied.append(Copied(piece, stored, digest))
    return copied


@contextmanager
def brought_to_disk(copied: Sequence[Copied]) -> Iterator[None]:
    """Copies are on the disk when this is left, however the power goes; what is done with them
    meanwhile need not wait for it. OSError when the disk fails.
    """
    with ThreadPoolExecutor(1) as syncing:
        files = [syncing.submit(sync_file, item.path) for item in copied]
        folders = [syncing.submit(sync_directory, item.path.parent) for item in copied[:1]]
        yield
        for done in (*files, *folders):
            done.result()


def digest_of(copied: Sequence[Copied]) -> str:
    """The hash of a delivery that was copied."""
    return joined_digest([(item.candidate, item.digest) for item in copied])


def joined_digest(hashed: Sequence[tuple[Candidate, str]]) -> str:
    """The hash of a delivery: of its bytes, or for parts of their places and hashes in order."""
    first, digest = hashed[0]
    if first.part is None:
        return digest
    lines = []
    for item, digest in hashed:
        part = item.part
        assert part is not None
        lines.append(f"{part.number}of{part.total} {digest}\n")
    return hashlib.sha256("".join(lines).encode("ascii")).hexdigest()


def _copy(candidate: Candidate, target: Path) -> str:
    digest = hashlib.sha256()
    left = candidate.size
    with os.fdopen(_open(candidate.path), "rb") as reading:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        # Hashing takes as long as copying, and is done meanwhile, one chunk behind.
        with os.fdopen(descriptor, "wb") as writing, ThreadPoolExecutor(1) as hashing:
            hashed = hashing.submit(digest.update, b"")
            while left >= 0 and (chunk := reading.read(_CHUNK)):
                hashed.result()
                hashed = hashing.submit(digest.update, chunk)
                writing.write(chunk)
                left -= len(chunk)
            hashed.result()
        after = os.fstat(reading.fileno())
    if left or (after.st_size, after.st_mtime_ns) != (candidate.size, candidate.modified_ns):
        raise still_arriving()
    return digest.hexdigest()


def _open(path: Path) -> int:
    try:
        descriptor = _open_file(path)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise still_arriving()
    except PermissionError:
        pass
    except OSError as error:
        if error.errno not in _GONE:
            raise
        raise still_arriving() from None
    raise NotYet(
        "not_readable",
        "Filen må ikke læses af programmet.",
        "Giv programmet læseadgang til filen.",
    )


def _open_file(path: Path) -> int:
    """A file as a descriptor: not through a link, and not waiting for the other end of a pipe."""
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)


def still_arriving() -> NotYet:
    """The answer to a file that is not at rest."""
    return NotYet(
        "not_at_rest",
        "Filen ændrer sig stadig og er ikke færdig med at ankomme.",
        "Den læses, når den har ligget stille, eller når der ligger en .done-fil ved siden af.",
    )


def _plain_ending(name: str) -> str:
    """The ending of a raw copy: as delivered when it is plain, otherwise none."""
    ending = extension(name)
    plain = ending.replace(".", "")
    return ending if plain.isascii() and plain.isalnum() and len(ending) <= _LONGEST_ENDING else ""
