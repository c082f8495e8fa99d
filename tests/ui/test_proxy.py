"""What nginx refuses before Dagster is asked, and that the name it signed in stands on the run.

Belongs here: the doors. Not here: how nginx is started (`proxy`), the pages themselves (`test_ui`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.free_port import free_port
from tests.ui.conftest import ROOT, Demo, end, wait_for
from tests.ui.proxy import EDITOR, HOST, VIEWER, Answer, Proxy, proxy

pytestmark = [pytest.mark.program("nginx"), pytest.mark.program("openssl")]

BURST = 200
"""How many may be asked at once, as nginx is told."""
VERSION = {"query": "{ version }"}
LAUNCH = """
mutation Launch($selection: [AssetKeyInput!]) {
  launchRun(executionParams: {
    selector: {
      repositoryName: "__repository__", repositoryLocationName: "pipelines.definitions",
      jobName: "__ASSET_JOB", assetSelection: $selection
    }
    mode: "default", runConfigData: {}
  }) {
    __typename
    ... on LaunchRunSuccess { run { runId tags { key value } } }
    ... on PythonError { message }
    ... on UnauthorizedError { message }
  }
}
"""
LAUNCH_STAFF = {"query": LAUNCH, "variables": {"selection": [{"path": ["delivered_staff"]}]}}
RUN = "query Run($id: ID!) { runOrError(runId: $id) { ... on Run { status tags { key value } } } }"


@pytest.fixture(scope="module")
def viewer_address(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The read-only server, as it is shipped."""
    port = free_port()
    environment = {**demo.environment, "DAGSTER_HOME": str(demo.dagster)}
    command = [
        *(sys.executable, "-m", "dagster_webserver", "-m", "pipelines.definitions"),
        *("-h", "127.0.0.1", "-p", str(port), "--read-only"),
    ]
    log_path = tmp_path_factory.mktemp("viewer") / "log"
    with log_path.open("wb") as log:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/server_info", running, log_path)
        yield url
    finally:
        end(running)


@pytest.fixture(scope="module")
def door(
    address: str,
    viewer_address: str,
    program: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Proxy]:
    """The proxy before both servers."""
    folder = tmp_path_factory.mktemp("nginx")
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and str(above).startswith("/tmp/"):
            above.chmod(above.stat().st_mode | 0o011)
    with proxy(program("nginx"), program("openssl"), folder, address, viewer_address) as started:
        yield started


REFUSED: list[
    tuple[str, tuple[str, str] | None, str, str, Any, Mapping[str, str], str, set[int]]
] = [
    ("nobody signed in", None, "GET", "/", None, {}, HOST, {401}),
    ("a wrong password", (EDITOR[0], "guess"), "GET", "/", None, {}, HOST, {401}),
    ("nobody asks", None, "POST", "/graphql", VERSION, {}, HOST, {401}),
    (
        "a page of another site",
        *(EDITOR, "POST", "/graphql", VERSION, {"Origin": "https://evil.example"}, HOST, {403}),
    ),
    (
        "a sandboxed page",
        *(EDITOR, "POST", "/graphql", VERSION, {"Origin": "null"}, HOST, {403}),
    ),
    (
        "the name over plain http",
        *(EDITOR, "POST", "/graphql", VERSION, {"Origin": f"http://{HOST}"}, HOST, {403}),
    ),
    (
        "a page of another site without Origin",
        *(EDITOR, "POST", "/graphql", VERSION, {"Sec-Fetch-Site": "cross-site"}, HOST, {403}),
    ),
    (
        "a websocket of another site",
        *(EDITOR, "GET", "/graphql", None),
        *(
            {"Origin": "https://evil.example", "Upgrade": "websocket", "Connection": "Upgrade"},
            HOST,
            {403},
        ),
    ),
    (
        "a mutation by GET",
        *(
            EDITOR,
            "GET",
            "/graphql?query=mutation%7BdeletePipelineRun(runId:%22x%22)%7B__typename%7D%7D",
        ),
        *(None, {}, HOST, {405}),
    ),
    (
        "a form that posts text",
        *(
            EDITOR,
            "POST",
            "/graphql?query=%7Bversion%7D",
            "x",
            {"Content-Type": "text/plain"},
            HOST,
            {405},
        ),
    ),
    (
        "a body called GraphQL",
        *(EDITOR, "POST", "/graphql", "x", {"Content-Type": "application/graphql"}, HOST, {405}),
    ),
    ("GraphiQL", EDITOR, "GET", "/graphql", None, {"Accept": "text/html"}, HOST, {405}),
    (
        "a forged check report",
        *(
            EDITOR,
            "POST",
            "/report_asset_check/delivered_dream",
            {"check_name": "x", "passed": True},
        ),
        *({}, HOST, {403}),
    ),
    (
        "a forged check report with two slashes",
        *(
            EDITOR,
            "POST",
            "//report_asset_check/delivered_dream",
            {"passed": True},
            {},
            HOST,
            {403},
        ),
    ),
    (
        "a forged check report, written otherwise",
        *(
            EDITOR,
            "POST",
            "/%72eport_asset_check/delivered_dream",
            {"passed": True},
            {},
            HOST,
            {403},
        ),
    ),
    (
        "a forged materialization",
        *(EDITOR, "POST", "/report_asset_materialization/report_indicators", {}, {}, HOST, {403}),
    ),
    ("the whole of a run", EDITOR, "GET", "/download_debug/some-run", None, {}, HOST, {403}),
    ("another method", EDITOR, "DELETE", "/", None, {}, HOST, {405}),
    ("a foreign host", EDITOR, "GET", "/", None, {}, "evil.example", {0}),
    ("the address as host", EDITOR, "GET", "/", None, {}, "127.0.0.1", {0}),
]


@pytest.mark.parametrize(
    ("user", "method", "path", "body", "headers", "host", "statuses"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_refused_at_the_door(
    door: Proxy,
    user: tuple[str, str] | None,
    method: str,
    path: str,
    body: Any,
    headers: Mapping[str, str],
    host: str,
    statuses: set[int],
) -> None:
    assert door.ask(method, path, user, body, headers, host).status in statuses


def test_the_same_questions_asked_rightly_are_answered(door: Proxy) -> None:
    same_site = {"Origin": f"https://{HOST}", "Sec-Fetch-Site": "same-origin"}
    for user in (EDITOR, VIEWER):
        page = door.ask("GET", "/", user)
        assert page.status == 200
        assert page.headers["x-frame-options"] == "DENY"
        assert "max-age" in page.headers["strict-transport-security"]
        answer = door.ask("POST", "/graphql", user, VERSION, same_site)
        assert (answer.status, "version" in answer.json()["data"]) == (200, True)


def test_whoever_asks_too_often_waits(door: Proxy) -> None:
    """Guessing passwords, too: three hundred at once are not all looked at. Others are not held up."""
    told = Counter(door.ask_at_once(300, (EDITOR[0], "guess"), "127.0.0.2"))
    assert told.keys() == {401, 429}
    assert told[401] >= BURST
    assert door.ask("GET", "/", (EDITOR[0], "guess")).status == 401


def test_the_signed_in_name_stands_on_the_run_whatever_the_browser_says(
    door: Proxy, address: str
) -> None:
    forged = {"X-Midtvejs-User": "Somebody Else"}
    started = door.ask("POST", "/graphql", EDITOR, LAUNCH_STAFF, forged)
    launched = started.json()["data"]["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    run = _run(door, launched["run"]["runId"])
    assert {"key": "bruger", "value": EDITOR[0]} in run["tags"]
    assert "Somebody Else" not in str(run)
    # The run's own work is not the matter here, but it must have begun from the queue.
    until = time.monotonic() + 90
    while (status := _run(door, launched["run"]["runId"])["status"]) not in ("SUCCESS", "FAILURE"):
        assert time.monotonic() < until, status
        time.sleep(0.5)
    assert status == "SUCCESS"


def test_a_viewer_starts_nothing(door: Proxy) -> None:
    answer = door.ask("POST", "/graphql", VIEWER, LAUNCH_STAFF)
    assert answer.json()["data"]["launchRun"]["__typename"] == "UnauthorizedError"


def _run(door: Proxy, run_id: str) -> Any:
    answer: Answer = door.ask(
        "POST", "/graphql", EDITOR, {"query": RUN, "variables": {"id": run_id}}
    )
    return answer.json()["data"]["runOrError"]
