"""The command line: wrong use is told in one sentence and ends with 2."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import tracing
from pipelines.cli import READER_GONE, main, parser
from pipelines.outcome import OUT_OF_MEMORY


def test_a_key_is_made_private_and_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "key"
    assert main(["key", "new", str(path)]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = path.read_text()
    assert len(bytes.fromhex(first.strip())) == 32
    assert main(["key", "new", str(path)]) == 2
    assert path.read_text() == first
    assert "findes allerede" in capsys.readouterr().err


@pytest.mark.parametrize("key", [None, "zz", "5a" * 31])
def test_run_without_a_usable_key_says_how_to_make_one(
    key: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("MIDTVEJS_KEY_FILE", raising=False)
    if key is None:
        monkeypatch.delenv("MIDTVEJS_KEY", raising=False)
    else:
        monkeypatch.setenv("MIDTVEJS_KEY", key)
    (tmp_path / "inbox").mkdir()
    asked = ["run", "--home", str(tmp_path / "home"), "--inbox", str(tmp_path / "inbox")]
    assert main([*asked, "--month", "2020-06"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_key_file_others_can_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "key"
    main(["key", "new", str(path)])
    path.chmod(0o644)
    monkeypatch.delenv("MIDTVEJS_KEY", raising=False)
    monkeypatch.setenv("MIDTVEJS_KEY_FILE", str(path))
    (tmp_path / "inbox").mkdir()
    asked = ["run", "--home", str(tmp_path / "home"), "--inbox", str(tmp_path / "inbox")]
    assert main([*asked, "--month", "2020-06"]) == 2
    assert "chmod 600" in capsys.readouterr().err


def test_a_reader_who_leaves_is_not_success_and_not_a_fault() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    asked = [sys.executable, "-m", "pipelines", "trace"]
    with os.fdopen(theirs, "w") as gone:
        ended = subprocess.run(asked, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (READER_GONE, "")


def test_another_pipe_that_breaks_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def breaks(_: object) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(tracing, "trace", breaks)
    assert main(["trace"]) == 30
    assert "Broken pipe" in capfd.readouterr().err


def test_too_little_memory_is_a_fault_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def takes_too_much(_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(tracing, "trace", takes_too_much)
    assert main(["trace"]) == 30
    assert capfd.readouterr().err == f"{OUT_OF_MEMORY}\n"


@pytest.mark.parametrize("port", ["65536", "-1"])
def test_a_port_that_is_none_is_wrong_use(
    port: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["ui", "--home", str(tmp_path), f"--port={port}"]) == 2
    assert port in capfd.readouterr().err


@pytest.mark.parametrize("month", ["2020-13", "202006", "juni", ""])
def test_a_month_that_is_none_is_wrong_use(month: str) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["run", "--home", "h", "--month", month])
    assert ended.value.code == 2


@pytest.mark.parametrize("month", ["2008-12", "2199-01"])
def test_a_month_that_is_not_over_is_wrong_use(
    month: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    assert main(["run", "--home", str(tmp_path), "--month", month]) == 2
    told = capsys.readouterr().err
    assert f"{month} kan ikke beregnes; månederne er 2009-01 til" in told


def test_an_inbox_that_is_not_there_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    asked = [
        "run",
        "--home",
        str(tmp_path),
        "--inbox",
        str(tmp_path / "none"),
        "--month",
        "2020-06",
    ]
    assert main(asked) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a home away")
@pytest.mark.parametrize("command", ["doctor", "prune", "ui", "run"])
def test_root_is_turned_away_from_the_home_of_another(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What root writes there the daemon cannot change afterwards."""
    monkeypatch.setenv("MIDTVEJS_KEY", "5a" * 32)
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 65534, -1)
    month = ["--month", "2020-06"] if command == "run" else []
    assert main([command, "--home", str(home), *month]) == 2
    assert "runuser -u" in capsys.readouterr().err
    assert not list(home.iterdir())
