"""A Spark session for as long as one question takes: the only module that imports pyspark.

Belongs here: whether Spark is there, starting it without outward traffic, waiting for workers no longer than agreed, and
clearing up after it. Not here: what is asked (`spark_engine`), what our code is sent as (`shipping`).

A session that is open already (Databricks opens one before our code runs) is used as it is and left open.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blocks.faults import EngineMissingError, EngineUnavailableError
from blocks.shipping import zipped

LOOPBACK = "127.0.0.1"
PROBE_SECONDS = 5.0
LOG = "spark.log"
FOLDER = "spark-"
TELLING = re.compile(
    r"ModuleNotFoundError: No module named '[\w.]+'|PYTHON_VERSION_MISMATCH|maxResultSize|OutOfMemoryError"
)
"""What may be quoted of an error of Spark's; the rest of its text may hold anything a worker wrote."""

# The library says so at every import and every question; what is used of it here is held against the local engine in tests.
PANDAS_WARNING = "PySpark does not yet fully support pandas"

LOG_SETTINGS = """\
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss} %p %c{1}: %m%n
"""


@dataclass(frozen=True)
class Cluster:
    """Where Spark is and how long to wait for it.

    `master`: as Spark writes it. `scratch`: a folder of this machine for work in progress. `driver_host`: the address at
    which workers find this process. `patience`: seconds without a single worker before giving up.
    """

    master: str
    scratch: Path
    driver_host: str = LOOPBACK
    patience: float = 120.0

    @property
    def has_workers(self) -> bool:
        """Whether the work is done by other processes than the driver's own."""
        return not self.master.startswith("local")


def required() -> None:
    """Raise EngineMissingError when pyspark or Java is not on this machine."""
    if importlib.util.find_spec("pyspark") is None:
        raise EngineMissingError(
            "Spark er ikke installeret her; installér det med 'make spark', eller vælg motoren local."
        )
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EngineMissingError(
            "Spark kræver Java 17 eller nyere, som ikke er her; installér det, eller vælg motoren local."
        )


@contextmanager
def opened(cluster: Cluster, packages: Sequence[str]) -> Iterator[Any]:
    """A session whose workers have our `packages`; what goes wrong in Spark becomes EngineUnavailableError."""
    folder = _folder(cluster.scratch)
    lonely = threading.Event()
    log = cluster.scratch / LOG
    log.unlink(missing_ok=True)
    fault = ""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=PANDAS_WARNING, category=FutureWarning)
            with _session(cluster, folder, lonely) as session:
                try:
                    _send(session, packages, folder)
                    yield session
                except Exception as error:
                    # Now, because the text is fetched from Java, which is about to end.
                    fault = _named(error)
    except EngineUnavailableError:
        raise
    except Exception as error:
        fault = fault or _named(error)
    finally:
        if fault:
            with suppress(OSError):
                (folder / LOG).replace(log)
        shutil.rmtree(folder, ignore_errors=True)
    if not fault:
        return
    if lonely.is_set():
        fault = f"ingen arbejder i {cluster.patience:.0f} sekunder"
    seen = f"se {log}, og kør igen" if log.exists() else "kør igen"
    raise EngineUnavailableError(f"Spark på {cluster.master} gav op ({fault}); {seen}.")


def _named(error: Exception) -> str:
    """What may be said of an error of Spark's."""
    told = ""
    with suppress(Exception):
        told = str(error)
    named = TELLING.search(told)
    return named.group() if named else type(error).__name__


@contextmanager
def _session(cluster: Cluster, folder: Path, lonely: threading.Event) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    theirs = SparkSession.getActiveSession()
    if theirs is not None:
        yield theirs
        return
    _probe(cluster.master)
    with (
        _environment(cluster),
        _started(cluster, folder) as session,
        _watched(session, cluster, lonely),
    ):
        yield session


@contextmanager
def _started(cluster: Cluster, folder: Path) -> Iterator[Any]:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setAll(list(_settings(cluster, folder).items()))
    interrupted = signal.getsignal(signal.SIGINT)
    with (folder / LOG).open("wb") as log:
        gateway = launch_gateway(conf, popen_kwargs={"stdout": log, "stderr": log})
    try:
        SparkContext(conf=conf, gateway=gateway)
        session = SparkSession.builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()
    finally:
        # Otherwise the next session would be given this one's Java, with folders that are gone.
        SparkContext._gateway = SparkContext._jvm = None
        gateway.shutdown()
        _end(gateway.proc)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupted)


def _settings(cluster: Cluster, folder: Path) -> Mapping[str, str]:
    """What is said to Spark over `spark-defaults.conf`: nothing about size and security, which is the cluster's own."""
    logging = folder / "log4j2.properties"
    logging.write_text(LOG_SETTINGS, "utf-8")
    java = [f"-Djava.io.tmpdir={folder}", f"-Dlog4j2.configurationFile={logging}"]
    return {
        "spark.master": cluster.master,
        "spark.app.name": "midtvejsstatus",
        "spark.driver.host": cluster.driver_host,
        "spark.driver.bindAddress": cluster.driver_host,
        "spark.driver.defaultJavaOptions": " ".join(
            [*(f'"{option}"' for option in java), "-XX:-UsePerfData"]
        ),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


@contextmanager
def _environment(cluster: Cluster) -> Iterator[None]:
    """What Spark reads from the environment; what is said there already goes before."""
    said = {"SPARK_LOCAL_IP": cluster.driver_host, "PYSPARK_PYTHON": sys.executable}
    added = {name: value for name, value in said.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _watched(session: Any, cluster: Cluster, lonely: threading.Event) -> Iterator[None]:
    """Cancel the work when no worker has been there for as long as agreed; Spark itself would wait for ever."""
    context = session.sparkContext
    over = threading.Event()

    def watch() -> None:
        seen = time.monotonic()
        while not over.wait(1.0):
            with suppress(Exception):
                # The driver counts as one.
                if context._jsc.sc().getExecutorMemoryStatus().size() > 1:
                    seen = time.monotonic()
                if time.monotonic() - seen > cluster.patience:
                    lonely.set()
                    context.cancelAllJobs()

    if not cluster.has_workers:
        yield
        return
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _probe(master: str) -> None:
    """Raise EngineUnavailableError at once when nothing answers where the master should be."""
    places = re.findall(r"([\w.-]+):(\d+)", master) if "://" in master else []
    for host, port in places:
        with suppress(OSError):
            socket.create_connection((host, int(port)), PROBE_SECONDS).close()
            return
    if places:
        raise EngineUnavailableError(
            f"Spark på {master} svarer ikke; se, om klyngen kører, eller vælg motoren local."
        )


def _send(session: Any, packages: Sequence[str], folder: Path) -> None:
    before = list(sys.path)
    session.addArtifacts(str(zipped(packages, folder)), pyfile=True)
    # It is put on this process's path as well, which has the packages already.
    sys.path[:] = before


def _folder(scratch: Path) -> Path:
    """A private folder for this process; those of processes that were killed are cleared away."""
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in scratch.glob(f"{FOLDER}[0-9]*"):
        number = int(left.name.removeprefix(FOLDER))
        # In a container a killed run had the number of this one.
        if number == os.getpid() or not _runs(number):
            shutil.rmtree(left, ignore_errors=True)
    folder = scratch.resolve() / f"{FOLDER}{os.getpid()}"
    folder.mkdir(mode=0o700)
    return folder


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have a Java process end: it does when its input closes, and is killed when it does not."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(10.0)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
