"""What one look in the inbox leaves for the next, and for whoever asks what is waiting.

Belongs here: one small file a source. Does not belong here: what is remembered means (`inbox`,
`intake`). It may be lost or deleted at any time: then files are looked at twice once more.

    <home>/status/inbox/<source>.json
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.arrivals import Look
from sources.files import write_json


@dataclass(frozen=True)
class Memory:
    """`since`: from when (ISO time) a file has looked as it does. `ignored`: the words already told
    on what is not read. `waiting`: deliveries not judged yet, as the record writes them.
    """

    since: dict[Look, str]
    ignored: tuple[str, ...] = ()
    waiting: tuple[dict[str, Any], ...] = ()


def remembered(home: Path, source: str) -> Memory:
    """What was left for `source`; nothing when there is no file, or one that cannot be read."""
    try:
        document = json.loads(_place(home, source).read_text("utf-8"))
        since = {(str(n), int(s), int(m)): str(t) for n, s, m, t in document["since"]}
        return Memory(since, tuple(document["ignored"]), tuple(document["waiting"]))
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return Memory({})


def remember(
    home: Path,
    source: str,
    since: dict[Look, str],
    ignored: Sequence[str],
    waiting: Sequence[dict[str, Any]],
) -> None:
    """Leave this for the next look; nothing is written when nothing changed."""
    memory = Memory(dict(since), tuple(ignored), tuple(waiting))
    if memory != remembered(home, source):
        document = {
            "since": [[*look, first] for look, first in sorted(since.items())],
            "ignored": list(ignored),
            "waiting": list(waiting),
        }
        write_json(_place(home, source), document)


def _place(home: Path, source: str) -> Path:
    return home / "status" / "inbox" / f"{source}.json"
