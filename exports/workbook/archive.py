"""The last pass over the workbook's archive: the same bytes for the same content, and what openpyxl
cannot write.

Belongs here: fixed times, sorted parts, the report's date, language, alternative texts of charts
and tables. Nothing may save the workbook after this: openpyxl would drop the alternative texts and
stamp the time.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr, unescape

Alternatives = Mapping[str, Sequence[tuple[str, str]]]
"""By sheet title: (name, alternative text) of each chart in the order they stand."""

_STAMP = (2000, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_SHEET = re.compile(r"<sheet [^>]*?name=\"([^\"]*)\"[^>]*?r:id=\"([^\"]*)\"")
_RELATION = re.compile(r"<Relationship [^>]*>")
_FRAME = re.compile(r"<(\w+:)?cNvPr id=\"(\d+)\" name=\"[^\"]*\"\s*/>")
_FONT = re.compile(r"(<font>)(.*?)(</font>)", re.DOTALL)
_FONT_PARTS = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "scheme")
_TABLE_ALT = (
    '<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    "<x14:table altText=%s altTextSummary=%s/></ext></extLst></table>"
)


def finish_archive(draft: Path, target: Path, modified: date, alternatives: Alternatives) -> None:
    """Write the archive at `draft` anew to `target`, with times, order and texts settled.

    Raises `ValueError` when a sheet has not as many charts as alternative texts.
    """
    with zipfile.ZipFile(draft) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for title, texts in alternatives.items():
        if texts:
            drawing = _drawing_of(parts, title)
            parts[drawing] = _with_texts(parts[drawing].decode("utf-8"), texts).encode("utf-8")
    for name in list(parts):
        if name.startswith("xl/charts/chart"):
            parts[name] = _with_language(parts[name].decode("utf-8")).encode("utf-8")
        elif name.startswith("xl/tables/"):
            parts[name] = _with_description(parts[name].decode("utf-8")).encode("utf-8")
    styles = parts["xl/styles.xml"].decode("utf-8")
    parts["xl/styles.xml"] = _FONT.sub(_in_order, styles).encode("utf-8")
    core = parts["docProps/core.xml"].decode("utf-8")
    parts["docProps/core.xml"] = re.sub(
        r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{modified}T00:00:00Z", core
    ).encode("utf-8")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts, key=lambda part: (part != _FIRST, part)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o640 << 16
            archive.writestr(entry, parts[name])


def _drawing_of(parts: Mapping[str, bytes], title: str) -> str:
    book = parts["xl/workbook.xml"].decode("utf-8")
    ids = {unescape(name): relation for name, relation in _SHEET.findall(book)}
    relations = _relations(parts, "xl/workbook.xml")
    sheet = next(target for key, _, target in relations if key == ids[title])
    return next(t for _, kind, t in _relations(parts, sheet) if kind.endswith("/drawing"))


def _relations(parts: Mapping[str, bytes], part: str) -> list[tuple[str, str, str]]:
    """(id, type, part) of each relation of a part."""
    folder, name = posixpath.split(part)
    text = parts[f"{folder}/_rels/{name}.rels"].decode("utf-8")
    found = []
    for tag in _RELATION.findall(text):
        attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", tag))
        target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
        found.append((attributes["Id"], attributes["Type"], target.lstrip("/")))
    return found


def _with_texts(drawing: str, texts: Sequence[tuple[str, str]]) -> str:
    frames = _FRAME.findall(drawing)
    if len(frames) != len(texts):
        raise ValueError("a sheet has not as many charts as alternative texts")
    waiting = iter(texts)

    def described(match: re.Match[str]) -> str:
        name, text = next(waiting)
        prefix = match.group(1) or ""
        return (
            f'<{prefix}cNvPr id="{match.group(2)}" name={quoteattr(name)} descr={quoteattr(text)}/>'
        )

    return _FRAME.sub(described, drawing)


def _with_language(chart: str) -> str:
    """`lang` stands first in a chart space, after `date1904`, which openpyxl does not write."""
    space = re.search(r"<(\w+:)?chartSpace[^>]*>", chart)
    assert space is not None, "a chart part is a chart space"
    prefix = space.group(1) or ""
    return f'{chart[: space.end()]}<{prefix}lang val="da-DK"/>{chart[space.end() :]}'


def _with_description(table: str) -> str:
    comment = re.search(r" comment=(\"[^\"]*\")", table)
    summary = comment.group(1) if comment else '""'
    return table.replace("</table>", _TABLE_ALT % (summary, summary))


def _in_order(font: re.Match[str]) -> str:
    """A font's properties in the order of the schema, which openpyxl does not keep."""
    properties = re.findall(r"<(\w+)[^>]*/>", font.group(2))
    tags = re.findall(r"<\w+[^>]*/>", font.group(2))
    ordered = sorted(zip(properties, tags, strict=True), key=lambda one: _FONT_PARTS.index(one[0]))
    return font.group(1) + "".join(tag for _, tag in ordered) + font.group(3)
