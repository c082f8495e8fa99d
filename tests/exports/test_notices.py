"""Notices: one a fault, without personal data, tried again until a real mail server or webhook takes them."""

from __future__ import annotations

import email
import json
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from exports import notices
from exports.channels import Channels
from tests.canaries import CANARIES

NOW = datetime(2026, 3, 1, 5, tzinfo=UTC)


class MailServer:
    """A mail server on loopback that keeps what it is sent, or refuses it: as much of SMTP as a sender needs."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []
        self.refuses = False
        letterbox = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                receivers: list[str] = []
                self.wfile.write(b"220 here\r\n")
                for line in self.rfile:
                    word = line[:4].upper()
                    if word == b"RCPT":
                        receivers.append(line.split(b"<")[1].split(b">")[0].decode())
                    if word == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        self.wfile.write(letterbox.take(receivers, self._letter()))
                    elif word == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    else:
                        self.wfile.write(b"250 ok\r\n")

            def _letter(self) -> bytes:
                return b"".join(iter(self.rfile.readline, b".\r\n"))

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        port = self.server.server_address[1]
        self.channels = Channels(
            mail_to="vagt@example.invalid, drift@example.invalid", smtp_port=port
        )

    def take(self, receivers: list[str], letter: bytes) -> bytes:
        """Keep a letter; the answer to its sender."""
        if self.refuses:
            return b"451 try later\r\n"
        self.taken.append((receivers, letter))
        return b"250 ok\r\n"


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """A server at work in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server at work."""
    made = MailServer()
    with serving(made.server):
        yield made


@pytest.fixture
def hook() -> Iterator[tuple[Channels, list[dict[str, str]], list[int]]]:
    """A webhook on loopback: what it was posted, and the answers it still gives before 200."""
    posted: list[dict[str, str]] = []
    answers: list[int] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = answers.pop(0) if answers else 200
            if answer == 200:
                posted.append(json.loads(body))
            self.send_response(answer)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    with serving(server):
        yield Channels(webhook=f"http://127.0.0.1:{server.server_port}/"), posted, answers


def test_the_same_fault_is_kept_and_sent_once(tmp_path: Path, mail: MailServer) -> None:
    assert notices.keep(tmp_path, "fault", "Kørslen standsede", "Disken er fuld.", NOW)
    assert not notices.keep(tmp_path, "fault", "Kørslen standsede", "Disken er fuld.", NOW)
    for minute in range(3):
        assert notices.send(tmp_path, mail.channels, NOW + timedelta(minutes=minute)) == 0
    ((receivers, letter),) = mail.taken
    message = email.message_from_bytes(letter)
    assert receivers == ["vagt@example.invalid", "drift@example.invalid"]
    assert message.get_payload(decode=True).decode().strip() == "Disken er fuld."


def test_a_refused_notice_stays_and_is_tried_again_with_growing_pauses(
    tmp_path: Path, mail: MailServer
) -> None:
    notices.keep(tmp_path, "fault", "s", "t", NOW)
    mail.refuses = True
    tried = []
    for minute in range(10):
        notices.send(tmp_path, mail.channels, NOW + timedelta(minutes=minute))
        tried.append(notices.kept(tmp_path)[0].attempts)
    assert tried == [1, 2, 2, 3, 3, 3, 3, 4, 4, 4]
    assert notices.kept(tmp_path)[0].last_fault == "Mailserveren tog ikke imod (SMTPDataError)."
    mail.refuses = False
    assert notices.send(tmp_path, mail.channels, NOW + timedelta(hours=1)) == 0
    assert len(mail.taken) == 1


def test_no_mail_server_at_all_is_an_answer(tmp_path: Path) -> None:
    notices.keep(tmp_path, "fault", "s", "t", NOW)
    nobody = Channels(mail_to="vagt@example.invalid", smtp_port=1)
    assert notices.send(tmp_path, nobody, NOW) == 1
    assert "ConnectionRefusedError" in notices.kept(tmp_path)[0].last_fault


def test_without_an_address_nobody_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def called(*_: object, **__: object) -> None:
        raise AssertionError("no connection is to be made")

    monkeypatch.setattr(smtplib, "SMTP", called)
    monkeypatch.setattr("urllib.request.urlopen", called)
    notices.keep(tmp_path, "fault", "s", "t", NOW)
    assert notices.send(tmp_path, Channels(), NOW) == 0


@pytest.mark.parametrize("answer", [500, 403, 404])
def test_a_webhook_that_refuses_gets_it_again(
    tmp_path: Path, hook: tuple[Channels, list[dict[str, str]], list[int]], answer: int
) -> None:
    channels, posted, answers = hook
    answers.append(answer)
    notices.keep(tmp_path, "fault", "Kørslen standsede", "Disken er fuld.", NOW)
    assert notices.send(tmp_path, channels, NOW) == 1
    assert notices.send(tmp_path, channels, NOW + timedelta(minutes=2)) == 0
    assert [one["subject"] for one in posted] == ["Kørslen standsede"]


def test_what_one_channel_took_goes_only_to_the_other(
    tmp_path: Path, mail: MailServer, hook: tuple[Channels, list[dict[str, str]], list[int]]
) -> None:
    webhook, posted, answers = hook
    both = Channels(
        mail_to=mail.channels.mail_to,
        smtp_port=mail.channels.smtp_port,
        webhook=webhook.webhook,
    )
    answers.append(500)
    notices.keep(tmp_path, "fault", "s", "t", NOW)
    notices.send(tmp_path, both, NOW)
    notices.send(tmp_path, both, NOW + timedelta(minutes=2))
    assert (len(mail.taken), len(posted)) == (1, 1)


@pytest.mark.parametrize("number", CANARIES)
def test_a_number_like_a_cpr_number_is_masked(tmp_path: Path, number: str) -> None:
    notices.keep(tmp_path, "fault", f"fil {number}", f"{number[:6]}-{number[6:]} i række 3", NOW)
    kept = (tmp_path / "notices" / "fault.json").read_text()
    assert number not in kept
    assert number[6:] not in kept


def test_the_spool_is_bounded_in_number_and_size(tmp_path: Path) -> None:
    taken = [
        notices.keep(tmp_path, f"fault-{number}", "s" * 9_999, "t" * 99_999, NOW)
        for number in range(notices.MOST_WAITING + 5)
    ]
    assert sum(taken) == notices.MOST_WAITING
    assert max(path.stat().st_size for path in (tmp_path / "notices").iterdir()) < 4_000


def test_a_notice_nobody_took_for_a_week_is_given_up_and_later_forgotten(tmp_path: Path) -> None:
    channels = Channels(mail_to="vagt@example.invalid", smtp_port=1)
    notices.keep(tmp_path, "fault", "s", "t", NOW)
    late = NOW + timedelta(days=8)
    assert notices.waiting(tmp_path, channels, NOW)
    assert notices.waiting(tmp_path, channels, late) == []
    assert notices.forget(tmp_path, NOW) == 0
    assert notices.forget(tmp_path, late) == 1
    assert notices.kept(tmp_path) == []
