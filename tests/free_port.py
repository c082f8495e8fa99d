"""A port of loopback that nobody listens on, for a program that must be told one."""

from __future__ import annotations

import socket


def free_port() -> int:
    """The port; it was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
