"""The answer to a delivery that cannot be used: a stable code and Danish words.

Belongs here: the exception that carries it and the shape of the sentence. Does not belong here:
the rules that lead to it. No message ever holds the value of a cell.
"""

from __future__ import annotations


class Rejection(Exception):  # noqa: N818 - an answer, not an error
    """A delivery is refused whole. `code` is stable; `cause` and `action` are Danish sentences."""

    def __init__(self, code: str, cause: str, action: str) -> None:
        super().__init__(code)
        self.code = code
        self.cause = cause
        self.action = action


class ReadingFault(Exception):  # noqa: N818 - named as the house names faults
    """The program failed while reading a delivery: place and kind, never the value."""


def sentence(cause: str, action: str, supplier: str) -> str:
    """Cause, what to do, and whom to ask, as one Danish text."""
    return f"{cause} {action} Spørg {supplier}."
