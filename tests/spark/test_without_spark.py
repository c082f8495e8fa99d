"""What is settled before Spark is started: whether it is there, its address, what workers are sent and what they may say."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assets.settings import Settings, SettingsError
from blocks import spark_session
from blocks.damage import DamagedBlockError
from blocks.faults import BlockFailedError
from blocks.shipping import zipped
from blocks.spark_engine import told
from pipelines.cli import main

SECRET = "1234567890123456789"


def _run(home: Path, monkeypatch: pytest.MonkeyPatch, *engine: str) -> int:
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    return main(["run", "--home", str(home), "--month", "2020-06", *engine])


def test_without_pyspark_the_night_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find = importlib.util.find_spec
    absent = lambda name: None if name == "pyspark" else find(name)  # noqa: E731
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", absent)
    assert _run(tmp_path / "home", monkeypatch, "--engine", "spark") == 2
    assert "make spark" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_without_java_the_night_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(spark_session.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("MIDTVEJS_ENGINE", "spark")
    assert _run(tmp_path / "home", monkeypatch) == 2
    assert "Java 17" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "master",
    ["local", "local[4]", "local[*]", "spark://a:7077,b:7077", "k8s://https://a:6443", "yarn"],
)
def test_an_address_as_spark_writes_it(master: str) -> None:
    assert Settings(spark_master=master).spark_master == master


@pytest.mark.parametrize("master", ["", "a:7077", "spark://a", "http://a:7077", "local[", "yarn2"])
def test_an_address_that_is_none_is_wrong_use(master: str) -> None:
    with pytest.raises(SettingsError, match="spark_master"):
        Settings(spark_master=master)


def test_an_engine_that_is_none_is_wrong_use() -> None:
    with pytest.raises(SettingsError, match="local, spark"):
        Settings(engine="dask")


def test_workers_can_import_all_they_are_sent(tmp_path: Path) -> None:
    archive = zipped(("blocks", "indicators"), tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    assert zipped(("blocks", "indicators"), again).read_bytes() == archive.read_bytes()
    assert zipped(("blocks",), again).name != archive.name
    # In a folder of its own and without the editable install, so that only the archive can be what is imported.
    program = (
        "import sys; sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in repr(f)];"
        f"sys.path.insert(0, {str(archive)!r});"
        "from indicators import catalogue, codes, passes; import blocks.spark_engine;"
        "assert catalogue.catalogue();"
        "assert all('midtvejs-' in sys.modules[m].__file__ for m in ('indicators.passes', 'blocks.spark_engine'));"
        "print(len(codes.states()) > 3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=again, env={}
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_what_a_worker_says_quotes_nothing() -> None:
    def stumbling(block: int) -> None:
        raise KeyError(SECRET)

    said = told(stumbling, 3)
    assert isinstance(said, BlockFailedError)
    assert "blok 3" in str(said)
    assert "KeyError i test_without_spark.py linje" in str(said)
    assert SECRET not in repr(said)
    assert said.__cause__ is None


def test_a_block_that_a_worker_cannot_see_is_told_from_one_that_is_damaged() -> None:
    def damaged(block: int) -> None:
        raise DamagedBlockError("blokken er beskadiget") from OSError()

    def unseen(block: int) -> None:
        raise DamagedBlockError("blokken er beskadiget") from FileNotFoundError()

    assert str(told(damaged, 0)) == "blokken er beskadiget"
    assert "fælles lager" in str(told(unseen, 0))


def test_folders_of_killed_runs_are_cleared_away_and_those_of_others_kept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    own_number = f"spark-{os.getpid()}"
    for left in (f"spark-{gone.pid}", own_number, "spark-1"):
        (tmp_path / left).mkdir()
        (tmp_path / left / "left").touch()
    own = spark_session._folder(tmp_path)
    assert own.name == own_number
    assert list(own.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["spark-1", own.name])
