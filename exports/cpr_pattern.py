"""What a CPR number looks like in a text about to leave, and how it is masked.

Belongs here: recognising by form alone. Not here: reading and judging delivered numbers
(`sources`).
"""

from __future__ import annotations

import re
import unicodedata

# A decimal fraction, a longer number and a hexadecimal checksum are no CPR numbers; a comma before
# one is a delimiter.
_SHAPE = re.compile(r"(?<!\w)(?<!\d\.)(\d{2})(\d{2})(\d{2})[-\u2013 ]?(\d{4})(?!\w)")


def contains_cpr(text: str) -> bool:
    """Whether the text holds ten digits (or six and four) that begin with a day and a month.

    Replacement numbers (day 61-91) count too. Digits of other scripts are read as digits.
    """
    return any(_plausible(match) for match in _SHAPE.finditer(unicodedata.normalize("NFKC", text)))


def mask_cpr(text: str) -> str:
    """The text with the whole number of each CPR-like figure replaced by `******-****`."""
    if not contains_cpr(text):
        return text
    return _SHAPE.sub(
        lambda match: "******-****" if _plausible(match) else match.group(),
        unicodedata.normalize("NFKC", text),
    )


def _plausible(match: re.Match[str]) -> bool:
    day, month = int(match.group(1)), int(match.group(2))
    return (1 <= day <= 31 or 61 <= day <= 91) and 1 <= month <= 12
