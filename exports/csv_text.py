"""CSV as a set holds it: the same bytes for the same rows, and nothing a spreadsheet would run.

Belongs here: quoting, line ends, and text that only looks like a formula. Not here: which columns a
file has (`tidy`, `open_data`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A spreadsheet that opens the file would take these first characters for a formula (CWE-1236).
_RISKY = re.compile(r"'*[=+\-@\t\r]")


def safe_text(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def plain_text(cell: str) -> str:
    """What `safe_text` was given."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with commas, a header and plain line ends; the rows in the order they are given."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")
