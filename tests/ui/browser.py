"""A headless Chromium driven through the DevTools protocol: open, wait, click, read, photograph.

Belongs here: what any page needs. Not here: anything of Dagster's pages (`test_ui`), starting servers (`conftest`).
"""

from __future__ import annotations

import base64
import itertools
import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

WIDTH, HEIGHT = 1500, 1000
PAUSE = 0.1
"""Seconds between two looks at a page that is not there yet."""
READABLE = "a,button,[role=button],[role=tab],[role=menuitem],label,div,span"
CENTRE = """
((text, within) => {
    const said = element => element.innerText.trim().replace(/\\s+/g, " ");
    const found = [...document.querySelectorAll(within)].filter(element =>
        element.offsetParent !== null && said(element) === text &&
        !element.disabled && !element.closest("[aria-disabled=true]"));
    if (!found.length) return null;
    const innermost = found.find(one => !found.some(other => one !== other && one.contains(other)));
    innermost.scrollIntoView({block: "center"});
    const box = innermost.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})(%s, %s)
"""
MIDDLE = """
(element => {
    if (!element) return null;
    element.scrollIntoView({block: "nearest"});
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})(%s)
"""


class NotSeen(AssertionError):  # noqa: N818 - an assertion about a page
    """What was waited for did not come; the message holds the page's text."""


class Browser:
    """One tab. Every method that waits raises NotSeen after `patience` seconds."""

    def __init__(self, socket: websocket.WebSocket, patience: float) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._patience = patience
        self.seen: list[str] = []
        """Source and text of every page as it was when it was left or photographed."""
        self._call("Page.enable")
        # Dagster's pages are told apart by width; a fixed one makes the photographs comparable.
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)

    def open(self, url: str) -> None:
        """Go to an address; what is on the page now is remembered first."""
        self.remember()
        answer = self._call("Page.navigate", url=url)
        if "errorText" in answer:
            raise NotSeen(f"{url}: {answer['errorText']}")

    def evaluate(self, script: str) -> Any:
        """The JSON value of a JavaScript expression; a promise is awaited."""
        answer = self._call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise NotSeen(f"{script[:200]}: {answer['exceptionDetails']['text']}")
        return answer["result"].get("value")

    def text(self) -> str:
        """The page's text, also what is scrolled out of the window."""
        return str(self.evaluate("document.body ? document.body.innerText : ''"))

    def wait_for_text(self, *texts: str, patience: float | None = None) -> str:
        """Wait until the page shows all the texts; returns the page's text."""

        def all_shown() -> str | None:
            shown = self.text()
            return shown if all(text in shown for text in texts) else None

        return str(self._wait(all_shown, " + ".join(texts), patience))

    def click(self, text: str, within: str = READABLE, patience: float | None = None) -> None:
        """Click, as a mouse does, the innermost visible element that says exactly `text`."""
        script = CENTRE % (json.dumps(text), json.dumps(within))
        x, y = self._wait(lambda: self.evaluate(script), f"<{within}> {text}", patience)
        self.press(x, y)

    def press(self, x: float, y: float) -> None:
        """Press and let go of the left button at a point of the window, in pixels."""
        at = {"x": x, "y": y}
        self._call("Input.dispatchMouseEvent", type="mouseMoved", **at)
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)

    def press_on(self, script: str, dx: float = 0, dy: float = 0) -> None:
        """Press at the middle of the element that a JavaScript expression gives, or `dx`, `dy` pixels from there."""
        box = MIDDLE % script
        x, y = self._wait(lambda: self.evaluate(box), script, None)
        self.press(x + dx, y + dy)

    def write(self, text: str) -> None:
        """Put text where the cursor is, in place of everything that stands there."""
        at = {"modifiers": 2, "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65}
        self._call("Input.dispatchKeyEvent", type="rawKeyDown", commands=["selectAll"], **at)
        self._call("Input.dispatchKeyEvent", type="keyUp", **at)
        self._call("Input.insertText", text=text)

    def fill(self, script: str, text: str) -> None:
        """Write text in the field that a JavaScript expression gives; again when the page still moved."""

        def filled() -> bool | None:
            self.press_on(script)
            self.write(text)
            return True if self.evaluate(f"{script}?.value") == text else None

        self._wait(filled, f"{text} in {script}", None)

    def enter(self) -> None:
        """Press the key Enter."""
        at = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self._call("Input.dispatchKeyEvent", type="keyDown", text="\r", **at)
        self._call("Input.dispatchKeyEvent", type="keyUp", **at)

    def screenshot(self, path: Path) -> None:
        """Write the window as PNG; the page is remembered too."""
        self.remember()
        path.write_bytes(
            base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"])
        )

    def wait_for(self, script: str, patience: float | None = None) -> Any:
        """Wait until a JavaScript expression is no longer null, and give its value."""
        return self._wait(lambda: self.evaluate(script), script, patience)

    def remember(self) -> None:
        """Keep the page's source and text in `seen`."""
        self.seen.append(str(self.evaluate("document.documentElement.outerHTML")) + self.text())

    def _wait(self, look: Callable[[], Any], what: str, patience: float | None) -> Any:
        until = time.monotonic() + (self._patience if patience is None else patience)
        while True:
            found = look()
            if found is not None:
                return found
            if time.monotonic() > until:
                raise NotSeen(f"{what} is not on the page:\n{self.text()[:3000]}")
            time.sleep(PAUSE)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                break
        if "error" in message:
            raise NotSeen(f"{method}: {message['error']['message']}")
        return dict(message["result"])


@contextmanager
def chromium(program: str, profile: Path, patience: float = 30.0) -> Iterator[Browser]:
    """A browser with a fresh profile in `profile`, listening on loopback; ended with the block."""
    arguments = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--disable-background-networking", "--no-first-run", "--no-default-browser-check"),
        *("--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0"),
        # Nothing but this machine: a page that reaches for the internet finds nobody there.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        *(f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={profile}", "about:blank"),
    ]
    nowhere = subprocess.DEVNULL
    running = subprocess.Popen([program, *arguments], stdout=nowhere, stderr=nowhere)
    try:
        port = _port(profile / "DevToolsActivePort", running, patience)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            tab = next(target for target in json.load(answer) if target["type"] == "page")
        address = tab["webSocketDebuggerUrl"]
        # Chromium turns away an Origin it was not told of; a program needs none.
        socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        try:
            yield Browser(socket, patience)
        finally:
            socket.close()
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _port(written: Path, running: subprocess.Popen[bytes], patience: float) -> int:
    """The port Chromium chose, which it writes in its profile; raises NotSeen when it ends or stays silent."""
    until = time.monotonic() + patience
    while running.poll() is None and time.monotonic() < until:
        lines = written.read_text().splitlines() if written.exists() else []
        if len(lines) >= 2:
            return int(lines[0])
        time.sleep(PAUSE)
    raise NotSeen(f"Chromium gave no port (exit code {running.poll()}).")
