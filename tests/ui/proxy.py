"""nginx with the configuration that is shipped, on loopback, before the pages of `midtvejs ui`.

Belongs here: starting and ending it, and asking through it. Not here: what must be refused (`test_proxy`).
"""

from __future__ import annotations

import base64
import http.client
import json
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.free_port import free_port

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"
HOST = "midtvejs.kommune.example"
EDITOR, VIEWER = ("Ann Editor", "let-me-in"), ("Vic Viewer", "let-me-look")
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/midtvejs.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """Status, headers in lower case, and body; status 0 when the connection was cut without an answer."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Proxy:
    """The running proxy."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._context = ssl.create_default_context()
        self._context.check_hostname, self._context.verify_mode = False, ssl.CERT_NONE

    def ask(
        self,
        method: str,
        path: str,
        user: tuple[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        host: str = HOST,
    ) -> Answer:
        """Ask as a browser signed in as `user` would; `headers` are added or changed."""
        sent = {"Host": host, **({"Content-Type": "application/json"} if body is not None else {})}
        if user is not None:
            sent["Authorization"] = _signed_in(user)
        sent |= headers or {}
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, timeout=60)
        # TLS is told the name too, as a browser tells it.
        connection.sock = self._context.wrap_socket(_connected(self._port), server_hostname=HOST)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, sent)
            got = connection.getresponse()
            shown = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, shown, got.read().decode("utf-8", "replace"))
        except (http.client.RemoteDisconnected, ConnectionResetError):
            return Answer(0, {}, "")
        finally:
            connection.close()

    def ask_at_once(self, times: int, user: tuple[str, str], address: str) -> list[int]:
        """Statuses of the same question many times over one connection, all sent before an answer is read.

        `address`: the address on loopback it comes from, to be counted apart from every other."""
        head = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: {_signed_in(user)}\r\n"
        asked = [f"{head}\r\n"] * (times - 1) + [f"{head}Connection: close\r\n\r\n"]
        plain = socket.create_connection(("127.0.0.1", self._port), 60, (address, 0))
        with self._context.wrap_socket(plain, server_hostname=HOST) as connection:
            connection.sendall("".join(asked).encode())
            told = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3})", told, re.MULTILINE)]


@contextmanager
def proxy(nginx: str, openssl: str, folder: Path, editors: str, viewers: str) -> Iterator[Proxy]:
    """The shipped configuration with the ports, the folder and the sign-in file of this test put in."""
    port = free_port()
    configuration = (SHIPPED / "midtvejs.conf").read_text("utf-8")
    changes = [
        ("/etc/nginx/midtvejs/", f"{folder}/", 4),
        ("listen 443", f"listen 127.0.0.1:{port}", 2),
        ("127.0.0.1:3000", editors.removeprefix("http://"), 1),
        ("127.0.0.1:3001", viewers.removeprefix("http://"), 1),
    ]
    configuration = "".join(configuration.partition("upstream")[1:])
    for shipped, ours, times in changes:
        assert configuration.count(shipped) == times, shipped
        configuration = configuration.replace(shipped, ours)
    (folder / "midtvejs.conf").write_text(configuration)
    sign_in = (SHIPPED / "sign-in-basic.conf").read_text("utf-8")
    (folder / "sign-in.conf").write_text(sign_in.replace("/etc/nginx/midtvejs/", f"{folder}/"))
    (folder / "editors.map").write_text(f'"{EDITOR[0]}" midtvejs_editors;\n')
    lines = [f"{name}:{_digest(openssl, password)}" for name, password in (EDITOR, VIEWER)]
    (folder / "users").write_text("\n".join(lines) + "\n")
    key, certificate = folder / "certificate.key", folder / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    _run(openssl, *made, "-keyout", str(key), "-out", str(certificate))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    for opened in (folder, *folder.iterdir()):
        opened.chmod(opened.stat().st_mode | (0o055 if opened.is_dir() else 0o044))
    running = subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait(port, running)
        yield Proxy(port)
    finally:
        running.terminate()
        running.wait(10)


def _signed_in(user: tuple[str, str]) -> str:
    return f"Basic {base64.b64encode(':'.join(user).encode()).decode()}"


def _connected(port: int) -> Any:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def _wait(port: int, running: subprocess.Popen[str]) -> None:
    for _ in range(100):
        if running.poll() is not None:
            raise AssertionError(running.stderr.read() if running.stderr else "nginx ended")
        with suppress(OSError):
            _connected(port).close()
            return
        time.sleep(0.1)
    raise AssertionError("nginx did not start")


def _digest(openssl: str, password: str) -> str:
    return _run(openssl, "passwd", "-apr1", password).strip()


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
