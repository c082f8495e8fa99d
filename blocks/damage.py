"""What is said when a stored block does not hold what was written; apart, so that it can be named without loading Arrow."""

from __future__ import annotations


class DamagedBlockError(Exception):
    """A stored block or register cannot be read or is not what was written; the message is Danish, without values."""
