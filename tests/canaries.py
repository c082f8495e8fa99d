"""Numbers planted in test deliveries and searched for wherever they must not be.

Each has an ordinary birth date other than 1 January, century and sex digits that agree, and a serial that fails modulus 11,
so that it is nobody's.
"""

from __future__ import annotations

CANARIES = ("1204751235", "2509889013")
"""A man born in 1975 and a man born in 1988."""


def forms(number: str) -> tuple[bytes, ...]:
    """The ways a number may be written, in the encodings files are searched in."""
    written = (number, f"{number[:6]}-{number[6:]}")
    return tuple(text.encode(code) for text in written for code in ("utf-8", "utf-16-le"))
