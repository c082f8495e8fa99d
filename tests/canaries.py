"""Numbers planted in test deliveries and searched for wherever they must not be.

Each has an ordinary birth date other than 1 January, century and sex digits that agree, and a serial that fails modulus 11,
so that it is nobody's.
"""

from __future__ import annotations

CANARIES = ("1204751235", "2509889013", "0703652146")
"""A man born in 1975, a man born in 1988, and a woman born in 1965 whose number loses its zero in a number column."""

NAME = "Idalou Kanarisholm"
"""A name of nobody, delivered where none was agreed."""
NAME_FORMS = (NAME.encode(), NAME.encode("utf-16-le"))
"""The ways it is searched for."""


def forms(number: str) -> tuple[bytes, ...]:
    """The ways a number may be written, in the encodings files are searched in: with hyphen and without, in
    UTF-16 of either order, without its leading zero, as an integer of 64 bits.
    """
    written = {number, f"{number[:6]}-{number[6:]}", number.lstrip("0")}
    texts = sorted(text.encode() for text in written)
    # Without the last zero byte it is part of the text in either byte order.
    wide = sorted(text.encode("utf-16-le")[:-1] for text in written)
    return (*texts, *wide, int(number).to_bytes(8, "little"))
