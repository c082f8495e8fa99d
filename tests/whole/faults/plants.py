"""A night in which something is planted: `python -m tests.whole.faults.plants NAME run …`.

Belongs here: the faults that cannot be made from outside the process, each a function that changes one thing before the
night begins. Not here: the nights (`history`), what must hold (`invariants`).
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from pipelines.cli import main


def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def killed_before_the_rename() -> None:
    """The set is written and the directory has not got its name."""
    import exports.publication as room

    room._promote = _die


def killed_before_the_pointer() -> None:
    """The directory has its name, and the pointer still leads to the one before."""
    import exports.publication as room

    room._point = _die


def killed_before_the_ledger() -> None:
    """A delivery is recorded, and the ledger does not say so yet."""
    import assets.ledger_lines as room

    room.append = _die


def its_turn_is_lost() -> None:
    """The lock that keeps other runs waiting does not hold, as on a file system that forgets locks."""
    import assets.resources as room

    held = room.working

    @contextmanager
    def lost(home: Path, wait: float) -> Iterator[int]:
        with held(home, wait) as turn:
            pass
        yield turn

    room.working = lost


def stopped_before_publication() -> None:
    """The process stands still, once, before it publishes, until it is told to go on."""
    import assets.publishing as room

    publish: Callable[..., Any] = room.publish

    def late(*given: Any, **named: Any) -> Any:
        room.publish = publish
        os.kill(os.getpid(), signal.SIGSTOP)
        return publish(*given, **named)

    room.publish = late


def file_is_gone_once_copied() -> None:
    """Whoever delivered a file takes it away while it is being judged."""
    _once_copied(lambda path: path.unlink(missing_ok=True))


def file_grows_once_copied() -> None:
    """Whoever delivered a file goes on writing it while it is being judged."""

    def grow(path: Path) -> None:
        with path.open("ab") as stream:
            stream.write(b"still writing")

    _once_copied(grow)


def _once_copied(spoil: Callable[[Path], None]) -> None:
    import sources.intake as room

    copy_whole: Callable[..., Any] = room.copy_whole

    def copied(arrival: Any, place: Path) -> Any:
        found = copy_whole(arrival, place)
        for piece in arrival.pieces:
            spoil(piece.path)
        return found

    room.copy_whole = copied


def disk_is_full_before_publication() -> None:
    """Somebody else fills the disk of the home just before a set is written."""
    import assets.publishing as room

    publish: Callable[..., Any] = room.publish

    def filled(home: Path, *given: Any, **named: Any) -> Any:
        with (home / "tmp" / "filling").open("ab") as stream, suppress(OSError):
            while True:
                stream.write(bytes(1 << 16))
                stream.flush()
        return publish(home, *given, **named)

    room.publish = filled


def great_expectations_raises() -> None:
    """The library fails inside an expectation."""
    from great_expectations.validator.validator import Validator

    def broken(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("planted")

    Validator.graph_validate = broken  # type: ignore[method-assign]


def nothing_is_hidden() -> None:
    """Suppression is switched off in code, which is then another version of it."""
    import assets.publishing as room
    from disclosure.table import Summary

    room.code_version = lambda *_: "planted"

    room.protect_table = lambda table, threshold, *_, **__: (table, Summary(threshold, 0, 0, {}))


def no_network() -> None:
    """Every connection somebody tries to make, but on loopback, is written down and refused."""
    seen = Path(os.environ["TMPDIR"]) / "connections.txt"

    def listen(event: str, given: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo"):
            place = str(given[1] if event == "socket.connect" else given[0])
            if (
                not any(own in place for own in ("127.0.0.1", "::1", "localhost"))
                and "/" not in place
            ):
                with seen.open("a") as stream:
                    stream.write(f"{event} {place}\n")
                raise OSError("planted: no network")

    sys.addaudithook(listen)


def calls_out() -> None:
    """The program asks for an address while it runs."""
    import pipelines.night as room

    require_room = room.require_room

    def curious(home: Path, floor_mb: int) -> None:
        require_room(home, floor_mb)
        socket.getaddrinfo("example.invalid", 443)

    room.require_room = curious


def listings_are_shuffled() -> None:
    """Directories list their files in another order."""
    listdir, scandir = os.listdir, os.scandir

    def turned(*given: Any) -> list[str]:
        return sorted(listdir(*given), key=lambda name: str(name)[::-1], reverse=True)

    class Turned:
        def __init__(self, *given: Any) -> None:
            with scandir(*given) as entries:
                self._entries = sorted(
                    entries, key=lambda entry: str(entry.name)[::-1], reverse=True
                )

        def __enter__(self) -> Turned:
            return self

        def __exit__(self, *_: object) -> None:
            self._entries = []

        def __iter__(self) -> Any:
            return iter(self._entries)

        def __next__(self) -> Any:
            if not self._entries:
                raise StopIteration
            return self._entries.pop(0)

        def close(self) -> None:
            self._entries = []

    os.listdir, os.scandir = turned, Turned  # type: ignore[assignment,misc]


PLANTS = {
    plant.__name__: plant
    for plant in (
        killed_before_the_rename,
        killed_before_the_pointer,
        killed_before_the_ledger,
        its_turn_is_lost,
        stopped_before_publication,
        file_is_gone_once_copied,
        file_grows_once_copied,
        disk_is_full_before_publication,
        great_expectations_raises,
        nothing_is_hidden,
        no_network,
        calls_out,
        listings_are_shuffled,
    )
}

if __name__ == "__main__":
    for name in sys.argv[1].split(","):
        PLANTS[name]()
    sys.exit(main(sys.argv[2:]))
