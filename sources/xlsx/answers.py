"""The answers to an .xlsx file that is no whole, harmless workbook.

Belongs here: the sentences, and the names that give macros, links and embedded files away. Does
not belong here: looking into the archive (`xlsx.archive`).
"""

from __future__ import annotations

import re

from sources.rejection import Rejection

MOST_MEMBERS = 2_000

_MACRO = re.compile(r"vbaproject|macrosheets?/|macroenabled|xlmacrosheet|intlmacrosheet", re.I)
_LINK = re.compile(
    r"externallinks?(/|\b|\+)|externallinkpath|connections(\.xml|\+xml|$)|querytables?(/|\+|$)"
    r"|xl/model/",
    re.I,
)
_EMBEDDED = re.compile(r"embeddings/|oleobject|activex|relationships/(control|package)$", re.I)


def damaged() -> Rejection:
    """The answer to an archive that is cut short or whose bytes have changed."""
    return Rejection(
        "truncated",
        "Excel-filen er ødelagt eller kun halvt overført.",
        "Levér hele filen igen.",
    )


def unreadable() -> Rejection:
    """The answer to an archive whose parts are not those of a workbook."""
    return Rejection(
        "unreadable",
        "Filen kan ikke læses som et regneark.",
        "Gem arket igen som .xlsx fra Excel, og levér det.",
    )


def refuse_part(what: str) -> None:
    """Refuse what a part's name, content type or relationship says it is."""
    if _MACRO.search(what):
        raise Rejection(
            "macro",
            "Regnearket indeholder makroer.",
            "Gem arket som .xlsx uden makroer, og levér det.",
        )
    if _LINK.search(what):
        raise Rejection(
            "external_link",
            "Regnearket henter data fra andre filer eller en database.",
            "Kopiér tabellen som værdier til et nyt ark, og levér det.",
        )
    if _EMBEDDED.search(what):
        raise Rejection(
            "embedded_object",
            "Regnearket indeholder indlejrede filer eller objekter.",
            "Kopiér tabellen som værdier til et nyt ark, og levér det.",
        )


def locked() -> Rejection:
    """The answer to an archive that asks for a password."""
    return Rejection(
        "password_protected",
        "Filen er beskyttet med en adgangskode.",
        "Fjern adgangskoden, og levér filen igen.",
    )


def too_many() -> Rejection:
    """The answer to an archive of more parts than any workbook has."""
    return Rejection(
        "archive_members",
        f"Filen er et arkiv med over {MOST_MEMBERS} dele.",
        "Gem arket igen som .xlsx fra Excel, og levér det.",
    )


def nested() -> Rejection:
    """The answer to an archive within the archive."""
    return Rejection(
        "archive_nested",
        "Filen indeholder et arkiv i arkivet.",
        "Gem arket igen som .xlsx fra Excel, og levér det.",
    )


def wrong_type() -> Rejection:
    """The answer to a file that only has a workbook's name."""
    return Rejection(
        "file_type",
        "Filen hedder .xlsx, men er ikke et Excel-regneark.",
        "Gem tabellen som .xlsx, eller levér den under den type, den er.",
    )
