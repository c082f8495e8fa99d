"""Notices of faults: kept first, sent afterwards, one a fault.

Belongs here: the spool and when a notice is tried again. Not here: what is a fault (`pipelines.aftermath`), mail and webhook
(`channels`).

    <home>/notices/<key>.json      one notice, what became of it at each channel

The key names the fault, so the same fault is kept once, whoever sees it first. A notice holds no personal data: a number
that looks like a CPR number is masked and the text is cut. Whoever keeps or sends sees to it that nobody
else does meanwhile.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from exports.channels import Channels, NotTaken
from exports.cpr_pattern import mask_cpr
from sources.files import private_directory, write_json

LONGEST_SUBJECT, LONGEST_TEXT = 150, 2_000
MOST_WAITING = 100
"""More faults than this at once are one fault; what does not fit is not kept."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVEN_UP = timedelta(days=7)


@dataclass(frozen=True)
class Notice:
    """One notice. `sent`: when each channel took it (ISO time). `attempts`, `last_fault`: of the channels that did not."""

    key: str
    subject: str
    text: str
    created_at: str
    sent: dict[str, str] = field(default_factory=dict)
    attempts: int = 0
    tried_at: str = ""
    last_fault: str = ""

    def waits_for(self, channels: Channels, now: datetime) -> list[str]:
        """The channels it has still to go to; none once it is given up."""
        if self.is_given_up(now):
            return []
        return [name for name in channels.names() if name not in self.sent]

    def is_given_up(self, now: datetime) -> bool:
        """Whether it is too old to be tried again."""
        return now - datetime.fromisoformat(self.created_at) > GIVEN_UP

    def is_due(self, now: datetime) -> bool:
        """Whether the pause after the last attempt is over; each pause is twice the one before."""
        if not self.attempts:
            return True
        pause = min(FIRST_PAUSE * (1 << min(self.attempts - 1, 16)), LONGEST_PAUSE)
        return datetime.fromisoformat(self.tried_at) + pause <= now


def keep(home: Path, key: str, subject: str, text: str, now: datetime) -> bool:
    """Keep a notice unless its fault has one; returns whether it is new. Raises OSError."""
    path = _folder(home) / f"{key}.json"
    young = [one for one in kept(home) if not one.sent and not one.is_given_up(now)]
    if path.exists() or len(young) >= MOST_WAITING:
        return False
    words = mask_cpr(subject)[:LONGEST_SUBJECT], mask_cpr(text)[:LONGEST_TEXT]
    write_json(path, asdict(Notice(key, *words, now.isoformat())))
    return True


def kept(home: Path) -> list[Notice]:
    """Every notice, the oldest first; one whose file is damaged is left out."""
    found = []
    for path in (home / "notices").glob("*.json"):
        try:
            found.append(Notice(**json.loads(path.read_text("utf-8"))))
        except (ValueError, TypeError):
            continue
    return sorted(found, key=lambda notice: (notice.created_at, notice.key))


def waiting(home: Path, channels: Channels, now: datetime) -> list[Notice]:
    """The notices that a channel has not taken yet."""
    return [notice for notice in kept(home) if notice.waits_for(channels, now)]


def send(home: Path, channels: Channels, now: datetime) -> int:
    """Try every notice that is due, once; returns how many still wait. A receiver that refuses is no error: the notice
    stays."""
    for notice in waiting(home, channels, now):
        if notice.is_due(now):
            write_json(_folder(home) / f"{notice.key}.json", asdict(_tried(notice, channels, now)))
    return len(waiting(home, channels, now))


def forget(home: Path, before: datetime) -> int:
    """Remove the notices kept before a moment; returns how many."""
    old = [one for one in kept(home) if datetime.fromisoformat(one.created_at) < before]
    for notice in old:
        (_folder(home) / f"{notice.key}.json").unlink(missing_ok=True)
    return len(old)


def _tried(notice: Notice, channels: Channels, now: datetime) -> Notice:
    sent, fault = dict(notice.sent), ""
    for channel in notice.waits_for(channels, now):
        try:
            channels.hand_over(channel, notice.key, notice.subject, notice.text)
            sent[channel] = now.isoformat()
        except NotTaken as refusal:
            fault = str(refusal)
    attempts = notice.attempts + 1
    return replace(notice, sent=sent, attempts=attempts, tried_at=now.isoformat(), last_fault=fault)


def _folder(home: Path) -> Path:
    return private_directory(home / "notices")
