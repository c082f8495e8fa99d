"""A standalone Spark cluster on loopback, from the pyspark package: a master and workers of one core each.

Belongs here: starting, losing and ending its processes. Not here: what it is asked.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
DEPLOY = "org.apache.spark.deploy"


class StandaloneCluster:
    """A master, and workers that can be added and lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        found = find_spec("pyspark")
        assert found is not None
        assert found.origin is not None
        home = Path(found.origin).parent
        self._program = home / "bin" / "spark-class"
        self._environment = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith("MIDTVEJS")
            },
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(folder),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": f"-Djava.io.tmpdir={folder} -Dspark.master.rest.enabled=false",
            # The functions of the tests themselves; the program's own code is sent along.
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }
        self.url = self._start("Master", ["--port", "0"], r"Starting Spark master at (spark://\S+)")

    def add_worker(self) -> None:
        """A worker of one core, registered."""
        size = ["-c", "1", "-m", "1g", "-d", str(self._folder), self.url]
        self._start("Worker", size, r"Successfully registered with (master)")
        self.workers.append(self._started[-1])

    def lose_worker(self) -> None:
        """Kill a worker and all it has started, without warning."""
        kill_tree(self.workers.pop().pid)

    def end(self) -> None:
        """Kill whatever is left."""
        for process in reversed(self._started):
            kill_tree(process.pid)
            process.wait()

    def _start(self, kind: str, arguments: list[str], ready: str) -> str:
        log = self._folder / f"{len(self._started)}-{kind}.log"
        order = [self._program, f"{DEPLOY}.{kind.lower()}.{kind}", "--host", "127.0.0.1"]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*order, "--webui-port", "0", *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        self._started.append(process)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            if said := re.search(ready, log.read_text("utf-8", "replace")):
                return said[1]
            time.sleep(0.1)
        raise AssertionError(f"{kind} did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def kill_tree(pid: int) -> None:
    """SIGKILL a process and its descendants, which are looked up first: orphans cannot be."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    tree, at = [pid], 0
    while at < len(tree):
        tree += children.get(tree[at], [])
        at += 1
    for one in tree:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
