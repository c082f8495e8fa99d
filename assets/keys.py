"""The pseudonym key: where it may come from, and how one is made.

Belongs here: reading it from the environment or a file of mode 0600, making a new one. Not here: what it is used for
(`sources.cpr`). The key is never stored in the data home, in run config or in a log.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

VARIABLE = "MIDTVEJS_KEY"
FILE_VARIABLE = "MIDTVEJS_KEY_FILE"
HEX_DIGITS = 64


class KeyProblem(Exception):  # noqa: N818 - a question to the user, told in words
    """There is no usable key; the message says in one Danish sentence what to do."""


class NoKey(KeyProblem):
    """No key is named at all."""


def pseudonym_key() -> bytes:
    """The key of this process; raises KeyProblem when there is none or it is not private."""
    text = os.environ.get(VARIABLE)
    name = os.environ.get(FILE_VARIABLE)
    if text is None and name is None:
        raise NoKey(
            "Der mangler en nøgle til pseudonymer: lav en med 'midtvejs key new FIL' og sæt "
            f"{FILE_VARIABLE}=FIL."
        )
    if text is None:
        path = Path(str(name))
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            text = path.read_text("ascii")
        except (OSError, UnicodeDecodeError):
            raise KeyProblem(f"Nøglefilen i {FILE_VARIABLE} kan ikke læses.") from None
        if mode & 0o077:
            raise KeyProblem(f"Nøglefilen {path} skal kun kunne læses af ejeren (chmod 600).")
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) * 2 != HEX_DIGITS:
        raise KeyProblem(f"Nøglen skal være {HEX_DIGITS} hexadecimale tegn.")
    return key


def new_key(path: Path) -> None:
    """Write a new random key, mode 0600; raises FileExistsError rather than replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(HEX_DIGITS // 2) + "\n")
