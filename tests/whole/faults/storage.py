"""What befalls stored things: a database others hold, a byte that turns.

Belongs here: doing it, and undoing it. Not here: what a night makes of it (the tests).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.whole.faults.history import House


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Hold every database of Dagster's against all writers."""
    databases = sorted((house.home / "dagster").rglob("*.db"))
    assert databases
    connections = [sqlite3.connect(path, timeout=30, isolation_level=None) for path in databases]
    try:
        for connection in connections:
            connection.execute("begin immediate")
        yield
    finally:
        for connection in connections:
            connection.close()


def turn(path: Path) -> None:
    """Turn one bit in the middle of a file, whatever its mode; once more turns it back."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    mode = path.stat().st_mode
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(mode & 0o777)


@contextmanager
def turned(path: Path) -> Iterator[None]:
    """A bit of a file is turned; afterwards it is turned back, unless somebody has made the file anew."""
    turn(path)
    spoiled = path.read_bytes()
    yield
    if path.exists() and path.read_bytes() == spoiled:
        turn(path)
