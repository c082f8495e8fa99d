"""Letters broken by being encoded twice, or read in another encoding: `Ã¸` where `ø` was meant.

Belongs here: telling such text from text that is meant. Does not belong here: choosing a file's
encoding (`text.form`). Stored as it stands, a broken name would never be found again, so the
delivery is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from sources.rejection import Rejection

_BROKEN = re.compile(
    # æ, ø, å, é, ö, ä, ü and Ø taken for Windows-1252, or Æ, Ø, Å for Latin-1: no language writes
    # Ã before any of these signs. Ãƒ is text encoded three times.
    "Ã[¦¸¥©¶¤¼\u02dcƒ\x86\x98\x85]"
    # Æ and Å give a dagger and dots, which may well follow a Portuguese word: only at the start of
    # a word are they letters.
    "|(?<![^\\W\\d_])Ã[†…](?=[^\\W\\d_])"
    # A byte order mark, and the ring and dots of decomposed letters.
    "|ï»¿|[aA]ÌŠ|[oOaAuU]Ì\u02c6"
)


def refuse_garbled(texts: Iterable[str] | pa.Array) -> None:
    """Reject a delivery with such text; an Arrow array holds the distinct values of a column."""
    if isinstance(texts, pa.Array):
        doubtful = texts.filter(pc.match_substring_regex(texts, "[ÃÌï]"))
        texts = doubtful.to_pylist()
    if any(_BROKEN.search(text) for text in texts):
        raise Rejection(
            "double_encoded",
            "Filens æ, ø og å er ødelagt: teksten er kodet to gange som UTF-8 eller blander tegnsæt.",
            "Levér filen igen, udtrukket direkte som UTF-8 eller Windows-1252.",
        )
