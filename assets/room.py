"""Whether there is room on the disk for a run.

Belongs here: asking before anything is begun. Not here: a disk that fills up on the way (`gate`).
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

MEGABYTE = 1 << 20


def free_mb(home: Path) -> int:
    """The megabytes that can still be written where the home lies."""
    return shutil.disk_usage(home).free // MEGABYTE


def require_room(home: Path, floor_mb: int) -> None:
    """Raise OSError, naming the home and the need, when fewer than `floor_mb` megabytes are free."""
    free = free_mb(home)
    if free < floor_mb:
        needed, left = (f"{number:,}".replace(",", ".") for number in (floor_mb, free))
        words = f"der er {left} MB ledige, og en kørsel skal have {needed} MB (indstillingen disk_floor_mb)"
        raise OSError(errno.ENOSPC, words, str(home))
