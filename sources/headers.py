"""Headers: which column of the file is which column of the contract.

Belongs here: comparing header names, and what to answer when they are doubled, missing, unknown
or show that the file holds more about people than agreed. Does not belong here: DREAM's weeks
and months (`dream.parser`), reading cells. A header is only quoted once other headers show that it is
one.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Table
from sources.cells import clean
from sources.files import shown_text
from sources.rejection import Rejection
from sources.values import fold, holds_cpr

_PERSONAL_NAME = re.compile(
    r"(.*_)?((for|efter|mellem|kalde|pige|person|borger|fulde|borgers|personens|klient|kontakt)_?)?"
    r"navne?"
    r"|(.*_)?(adresse|bopaelsadresse|vejnavn|telefon(nummer|nr)?|tlf|mobil(nummer)?|e_?mail|mail"
    r"|kontaktperson|paaroerende|sagsbehandler|(first|last|full|sur)_?name|name|address|phone)"
    r"|(.*_)?(cpr|cprnr|cpr_?nummer|personnummer|personnr|pnr|foedselsnummer)(_.*)?"
)
_LIKE_CPR = "[0-9]{6}.{0,3}[0-9]{4}"
_IMPERSONAL_NAME = re.compile(
    r"(kommune|by|bydels?|jobcenter|ordnings?|virksomheds?|firma|leverandoer|branche|forvaltnings?|"
    r"file?|tabel|kolonne)_?navn"
)


class HeaderMatch(NamedTuple):
    """Where the contract's columns stand in the file, and which columns are not in the contract."""

    columns: dict[str, int]
    extra: dict[int, str]


def fold_header(text: str) -> str:
    """A header as it is compared: case, accents, surrounding blanks and `_`/blank/`-` alike."""
    trimmed: str = clean(pa.array([text], pa.string()))[0].as_py()
    return re.sub(r"[\s_-]", "_", fold(trimmed))


def match(header: Sequence[str], table: Table) -> HeaderMatch:
    """Find the contract's columns among the file's headers, in any order.

    Rejection when there is no header, a header stands twice, a column is missing (with the
    likely match), or a header is the name of something personal that was not agreed.
    """
    folded = [fold_header(name) for name in header]
    places = {name: index for index, name in reversed(list(enumerate(folded)))}
    wanted = {column.name: fold_header(column.name) for column in table.columns}
    columns = {name: places[form] for name, form in wanted.items() if form in places}
    refuse_no_header(bool(columns))
    refuse_doubled(folded)
    taken = set(columns.values())
    extra = {index: name for index, name in enumerate(header) if index not in taken}
    extra = {index: name for index, name in extra.items() if folded[index]}
    missing = [c.name for c in table.columns if c.name not in columns and not c.optional]
    if missing:
        refuse_missing(missing, extra.values())
    refuse_personal(extra.values())
    return HeaderMatch(columns, extra)


def refuse_no_header(any_known: bool) -> None:
    """Reject a table whose first row holds none of the agreed names."""
    if not any_known:
        raise Rejection(
            "no_header",
            "Filens første række indeholder ingen af de aftalte kolonnenavne.",
            "Levér filen igen med kolonnenavne i første række.",
        )


def refuse_doubled(folded: Iterable[str]) -> None:
    """Reject a table where two headers are the same name."""
    doubled = sorted(name for name, count in Counter(folded).items() if name and count > 1)
    if doubled:
        raise Rejection(
            "duplicate_column",
            f"Kolonnenavnet {_quoted(doubled)} står mere end én gang.",
            "Levér filen igen med hver kolonne én gang.",
        )


def refuse_missing(missing: Sequence[str], others: Iterable[str]) -> None:
    """Reject a table without columns it must have, naming the unknown ones that are most alike."""
    unknown = {fold_header(name): name for name in others}
    likely = []
    for name in missing:
        close = difflib.get_close_matches(fold_header(name), sorted(unknown), n=1, cutoff=0.6)
        likely += [f"”{shown_text(unknown[form])}” kan være ”{name}”" for form in close]
    hint = f" ({'; '.join(likely)})" if likely else ""
    noun = "Kolonnen" if len(missing) == 1 else "Kolonnerne"
    raise Rejection(
        "missing_column",
        f"{noun} {_quoted(missing)} mangler{hint}.",
        "Levér filen igen med de aftalte kolonnenavne.",
    )


def refuse_personal(names: Iterable[str]) -> None:
    """Reject a table with an unagreed column named like personal data (minimisation)."""
    for name in names:
        form = fold_header(name)
        if _PERSONAL_NAME.fullmatch(form) and not _IMPERSONAL_NAME.fullmatch(form):
            raise _minimised(name)


def refuse_cpr_values(name: str, cells: pa.Array) -> None:
    """Reject a table with an unagreed column that holds personal numbers (minimisation).

    A hyphenated number anywhere is enough; plain ten digits must make up half of the filled
    cells, since other numbers of ten digits sometimes look alike.
    """
    values = cells.dictionary if pa.types.is_dictionary(cells.type) else cells.unique()
    if pa.types.is_struct(values.type):
        values = values.field("text")
    if not (pa.types.is_integer(values.type) or pa.types.is_string(values.type)):
        return
    texts = clean(values.cast(pa.string()).fill_null(""))
    digits = texts.filter(pc.match_substring_regex(texts, _LIKE_CPR)).to_pylist()
    filled = pc.sum(pc.not_equal(texts, "")).as_py() or 0
    if any(holds_cpr(text, bare=False) for text in digits) or (
        digits and 2 * sum(holds_cpr(text, bare=True) for text in digits) >= filled
    ):
        raise _minimised(name)


def _minimised(name: str) -> Rejection:
    return Rejection(
        "personal_column",
        f"Filen har en kolonne (”{shown_text(name)}”) med personoplysninger, der ikke er aftalt.",
        "Levér filen igen uden kolonnen; den indlæses ikke.",
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"”{shown_text(name)}”" for name in names)
