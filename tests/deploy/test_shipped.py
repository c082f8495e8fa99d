"""The files of `deploy/` fit each other and the program: names, ports, classes, variables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster._core.instance.config import dagster_instance_config

from pipelines.coordinator import NamedRunCoordinator
from pipelines.environments import EVENTS_A_BATCH, INSTANCE_SETTINGS
from pipelines.event_log import LocalStorage
from pipelines.server_storage import ServerStorage

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def test_the_shipped_instance_differs_from_the_local_one_in_storage_alone() -> None:
    shipped = yaml.safe_load((DEPLOY / "dagster" / "dagster.yaml").read_text("utf-8"))
    storage = shipped.pop("storage")["custom"]
    assert storage["class"] == ServerStorage.__name__
    assert storage["config"]["postgres_db"]["password"] == {"env": "MIDTVEJS_PG_PASSWORD"}
    local = yaml.safe_load(INSTANCE_SETTINGS)
    assert local.pop("storage")["custom"]["class"] == LocalStorage.__name__
    assert shipped == local


def test_dagster_takes_the_local_instance(tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text(INSTANCE_SETTINGS)
    stated, _ = dagster_instance_config(str(tmp_path))
    coordinator = stated["run_coordinator"]
    assert (coordinator["module"], coordinator["class"]) == (
        NamedRunCoordinator.__module__,
        NamedRunCoordinator.__name__,
    )
    assert stated["telemetry"] == {"enabled": False}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_nobody_in_particular_and_writes_the_home_alone(unit: Path) -> None:
    text = unit.read_text("utf-8")
    for line in (
        *("User=midtvejs", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0027"),
        *("ReadWritePaths=/srv/midtvejs", "EnvironmentFile=/etc/midtvejs/environment"),
    ):
        assert f"\n{line}\n" in text, line


@pytest.mark.program("systemd-analyze")
def test_systemd_understands_every_line_of_the_units(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    installed = f"{Path(sys.executable).parent}/"
    shutil.copy(DEPLOY / "systemd" / "midtvejs-prune.timer", tmp_path)
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/midtvejs/venv/bin/", installed)
        (tmp_path / unit.name).write_text(text, "utf-8")
    told = subprocess.run(
        [program("systemd-analyze"), "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
    )
    # It also tells of units that others installed on this machine.
    ours = [line for line in told.stderr.splitlines() if "midtvejs" in line]
    assert (ours, told.returncode) == ([], 0)


def test_the_chart_is_told_what_the_shipped_instance_says() -> None:
    shipped = yaml.safe_load((DEPLOY / "dagster" / "dagster.yaml").read_text("utf-8"))
    values = yaml.safe_load((DEPLOY / "helm" / "values.yaml").read_text("utf-8"))
    daemon, pages = values["dagsterDaemon"], values["dagsterWebserver"]
    coordinator = daemon["runCoordinator"]["config"]["customRunCoordinator"]
    # The chart turns each of these on by a word of its own, and asks for what Dagster has a default for.
    assert values["concurrency"].pop("enabled") is values["retention"].pop("enabled") is True
    del coordinator["config"], values["retention"]["sensor"]["purgeAfterDays"]["started"]
    asked = {
        "run_coordinator": coordinator,
        "run_monitoring": daemon["runMonitoring"],
        "run_retries": daemon["runRetries"],
        "concurrency": values["concurrency"],
        "retention": values["retention"],
        "telemetry": values["telemetry"],
        **values["additionalInstanceConfig"],
    }
    del shipped["storage"]
    assert _as_dagster_writes(asked) == shipped
    assert pages["enableReadOnly"] is True


def _as_dagster_writes(value: Any) -> Any:
    """The chart's `maxConcurrentRuns` as Dagster's own `max_concurrent_runs`, all the way down."""
    if not isinstance(value, dict):
        return value
    return {
        re.sub("([A-Z])", lambda match: f"_{match[1].lower()}", name): _as_dagster_writes(one)
        for name, one in value.items()
    }


def test_servers_listen_on_loopback_at_the_ports_that_nginx_asks() -> None:
    asked = set(
        re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOY / "nginx" / "midtvejs.conf").read_text())
    )
    served = {
        match[1]: "--read-only" in match[0]
        for unit in UNITS
        for match in re.finditer(r"-h 127\.0\.0\.1 -p (\d+).*", unit.read_text())
    }
    assert served == {"3000": False, "3001": True}
    assert asked == set(served)


@pytest.mark.parametrize("file", ["systemd/environment", "compose/Containerfile"])
def test_the_daemon_stores_events_as_the_command_line_does(file: str) -> None:
    assert f"DAGSTER_EVENT_BATCH_SIZE={EVENTS_A_BATCH}" in (DEPLOY / file).read_text("utf-8")


def test_no_secret_stands_in_a_shipped_file() -> None:
    for path in (path for path in DEPLOY.rglob("*") if path.is_file()):
        for name, value in re.findall(
            r"(\w*(?:PASSWORD|SECRET|KEY))[ \t]*[:=][ \t]*(\S+)", path.read_text()
        ):
            assert value.startswith(("/", "*", "{", "...")), f"{path}: {name}={value}"


def test_compose_opens_ports_to_the_machine_itself_alone() -> None:
    services = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_only_what_the_lock_holds_is_installed() -> None:
    """Every package by its hash, and the program itself without any of its packages."""
    for told in (
        ROOT / "Makefile",
        ROOT / "docs" / "operations.md",
        *DEPLOY.rglob("Containerfile"),
    ):
        installed = re.findall(r"pip install (.+)", told.read_text("utf-8"))
        assert installed, f"{told} installs nothing"
        for words in installed:
            own = "--no-deps" in words and "-r " not in words
            assert own or "--require-hashes" in words, f"{told}: {words}"
    for lock in ROOT.glob("requirements*.lock"):
        pinned = re.split(r"^(?=\S)", lock.read_text("utf-8"), flags=re.MULTILINE)[1:]
        assert [one for one in pinned if "==" not in one or "--hash=sha256:" not in one] == []
