"""A night in a process of its own, begun cheaply: forked from a server that has imported the program once.

Belongs here: beginning a night with its environment, its words in a file, and the faults planted in it; waiting for it. Not
here: which nights (`history`), what is planted (`plants`).

A night that is to have another locale or hash seed is a whole new Python instead: those are read when it starts.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.cli import main
from tests.whole.faults.plants import PLANTS

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.whole.faults.imported"])


@dataclass(frozen=True)
class Begun:
    """A night that was begun, the head of a process group of its own. `poll`: its exit code (negative: the signal that
    killed it) within so many seconds, None when it is not done by then."""

    pid: int
    poll: Callable[[float], int | None]

    def wait(self, seconds: float) -> int:
        """Its exit code; raises TimeoutError when it is not done by then."""
        code = self.poll(seconds)
        if code is None:
            raise TimeoutError(f"the night was not done after {seconds} s")
        return code


def begin(
    plants: Sequence[str],
    arguments: Sequence[str],
    environment: Mapping[str, str],
    said: Path,
    umask: int = 0o022,
    memory: int = 0,
) -> Begun:
    """Begin a night; `memory`: the bytes of its own it may hold, 0 for as many as it likes."""
    given = (plants, arguments, dict(environment), said, umask, memory)
    process = SERVER.Process(target=_night, args=given)
    process.start()

    def poll(seconds: float) -> int | None:
        process.join(seconds)
        return process.exitcode

    assert process.pid is not None
    return Begun(process.pid, poll)


def begin_anew(
    plants: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str], said: Path
) -> Begun:
    """Begin a night in a Python of its own."""
    planted = ["-m", "tests.whole.faults.plants", ",".join(plants)]
    with said.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, *(planted if plants else ["-m", "pipelines"]), *arguments],
            stdout=stream,
            stderr=stream,
            env=dict(environment),
            start_new_session=True,
        )

    def poll(seconds: float) -> int | None:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    return Begun(process.pid, poll)


def _night(
    plants: Sequence[str],
    arguments: Sequence[str],
    environment: Mapping[str, str],
    said: Path,
    umask: int,
    memory: int,
) -> None:
    os.setsid()
    with said.open("ab") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None
    os.umask(umask)
    if memory:
        memory += _reserved()
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    for name in plants:
        PLANTS[name]()
    sys.exit(main(arguments))


def _reserved() -> int:
    """Bytes that libraries have set aside and not touched, which only the limit takes notice of: pyarrow's allocator begins
    with a gibibyte."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    told = dict(line.split(":", 1) for line in lines)
    set_aside, touched = (int(told[name].split()[0]) for name in ("VmData", "RssAnon"))
    return (set_aside - touched) * 1024
