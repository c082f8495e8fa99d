"""Writing HTML: elements with escaped text and attributes.

Belongs here: the only place where a text becomes markup. Not here: which elements a page has.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from exports.workbook.cells import clean


def text(words: str) -> str:
    """A text from anywhere as it stands between tags: no control characters, no CPR, nothing that is markup."""
    return escape(clean(words))


def element(tag: str, *content: str, **attributes: str | None) -> str:
    """An element around content that is markup already; `class_` and `data_x` are written `class` and `data-x`, and an
    attribute that is None is left out."""
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(clean(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def empty(tag: str, **attributes: str | None) -> str:
    """An element without content, as SVG has many."""
    return element(tag, **attributes)
