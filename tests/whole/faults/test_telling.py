"""A fault is told once, and whoever cannot be told does not hold up the night."""

from __future__ import annotations

import signal
from datetime import UTC, datetime

from exports.notices import kept
from tests.whole.faults.history import History
from tests.whole.faults.invariants import Tried

NOBODY_LISTENS = {
    "MIDTVEJS_NOTICES_MAIL_TO": "vagt@example.invalid",
    "MIDTVEJS_NOTICES_SMTP_PORT": "1",
}


def test_the_mail_server_refuses(house: Tried, history: History) -> None:
    """The night after a killed one tells of it, in vain, and publishes all the same."""
    house.notices = (1,)
    assert house.night("killed_before_the_ledger").code == -signal.SIGKILL
    ended = house.night(more=NOBODY_LISTENS)
    assert ended.code == 0, ended.said
    assert house.published() == history.second.published()
    (notice,) = kept(house.home)
    assert (notice.sent, notice.attempts) == ({}, 1)
    assert not notice.is_due(datetime.now(UTC))
    assert "Mailserveren tog ikke imod" in notice.last_fault
    assert notice.subject in (house.home / "status" / "status.html").read_text("utf-8")


def test_the_same_fault_twice_is_told_once(house: Tried) -> None:
    house.notices = (1,)
    for _ in range(2):
        assert house.night("killed_before_the_ledger").code == -signal.SIGKILL
