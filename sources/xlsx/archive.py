"""What an .xlsx file must be before anything in it is used: a whole, harmless archive.

Belongs here: telling a workbook from what is merely named like one, the limits on members, size
and ratio, the parts that are refused unseen (macros, links, embedded files), and the guarded way
into a part. Does not belong here: sheets and cells. Nothing is ever unpacked to disk or evaluated.
"""

from __future__ import annotations

import errno
import mmap
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from sources.rejection import Rejection
from sources.xlsx.answers import (
    MOST_MEMBERS,
    damaged,
    locked,
    nested,
    refuse_part,
    too_many,
    unreadable,
    wrong_type,
)

_LARGEST_UNPACKED = 4 << 30
_LARGEST_RATIO = 100
_SMALL_MEMBER = 4 << 20
_LARGEST_DIRECTORY = 1 << 20
_CHUNK = 256 << 10
_MOST_UNPARSED = 4 << 20

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, struct.error)
"""What the standard library raises for an archive whose bytes have changed."""
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = b"PK\x05\x06"
_FULL = 0xFFFF
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_XML_ENDINGS = (".xml", ".rels", ".vml")
_ARCHIVE_ENDINGS = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".gz", ".7z", ".rar")


class Archive:
    """A checked archive; its parts are read as streams of bytes or through the guarded parser."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with zipfile.ZipFile(path) as packed:
            self.names: frozenset[str] = frozenset(packed.namelist())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part in pieces; Rejection when it is damaged or missing."""
        try:
            with zipfile.ZipFile(self._path) as packed, packed.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except (KeyError, NotImplementedError, *_DAMAGE):
            raise damaged() from None
        except OSError as error:
            _raise_unless_misplaced(error)
            raise damaged() from None

    def parse(
        self,
        name: str,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Go through a part; hands back control after each piece, so that the caller can stop."""
        parser = guarded_parser()
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        fed = 0
        for chunk in self.chunks(name):
            feed(parser, chunk, final=False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _MOST_UNPARSED:
                raise unreadable()
            yield
        feed(parser, b"", final=True)
        yield


def guarded_parser() -> Any:
    """An expat parser that defusedxml guards: no document type, no entities, nothing from outside.

    Element names come as `namespace}name`. Taking the expat parser out of defusedxml's keeps its
    guards and saves a Python object for each of the millions of cells.
    """
    parser = DefusedXMLParser(forbid_dtd=True, forbid_entities=True, forbid_external=True).parser
    parser.ordered_attributes = False
    # These build a tree, which nobody reads.
    parser.StartElementHandler = parser.EndElementHandler = None
    parser.CharacterDataHandler = parser.DefaultHandlerExpand = None
    return parser


def feed(parser: Any, data: bytes, *, final: bool) -> None:
    """Give the parser more; Rejection when the part is no XML or declares what is forbidden."""
    forbidden = False
    try:
        parser.Parse(data, final)
        return
    except DefusedXmlException:
        forbidden = True
    except (ExpatError, ValueError, LookupError):
        pass
    if forbidden:
        raise Rejection(
            "xml_entity",
            "Filen indeholder en dokumenttype eller entiteter, som ikke hører til i et regneark.",
            "Gem arket igen som .xlsx fra Excel, og levér det.",
        )
    raise unreadable()


def open_archive(path: Path) -> Archive:
    """Open and check an .xlsx file; Rejection when it is not whole, too much, or not harmless."""
    _refuse_other_types(path)
    _refuse_many_members(path)
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            _refuse_packings(members)
            _refuse_sizes(members, path.stat().st_size)
            _refuse_names(members)
            _refuse_damage(packed, members)
    except _DAMAGE:
        raise damaged() from None
    except OSError as error:
        _raise_unless_misplaced(error)
        raise damaged() from None
    except NotImplementedError:
        raise unreadable() from None
    archive = Archive(path)
    _refuse_declared(archive)
    return archive


def _raise_unless_misplaced(error: OSError) -> None:
    """A directory that points before the file's start is damage; any other fault is the disk's."""
    if error.errno != errno.EINVAL:
        raise error


def _refuse_other_types(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise Rejection("empty_file", "Filen er tom (0 byte).", "Levér filen igen.")
    if start.startswith(_OLE_MAGIC):
        if _holds(path, _ENCRYPTED_PACKAGE):
            raise locked()
        raise Rejection(
            "file_type",
            "Filen hedder .xlsx, men er en gammel .xls-fil.",
            "Gem arket som .xlsx (Excel-projektmappe), og levér det.",
        )
    if not start.startswith(_ZIP_MAGIC):
        raise wrong_type()


def _holds(path: Path, wanted: bytes) -> bool:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        return all_.find(wanted) >= 0


def _refuse_many_members(path: Path) -> None:
    """Count members by the archive's last record, before a directory of any size is read."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise damaged()
    members = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if members > MOST_MEMBERS or directory > _LARGEST_DIRECTORY:
        raise too_many()


def _refuse_packings(members: list[zipfile.ZipInfo]) -> None:
    """Refuse members packed as no spreadsheet program packs them; some give a failing disk's errors."""
    if any(member.compress_type not in _PACKINGS for member in members):
        raise unreadable()


def _refuse_sizes(members: list[zipfile.ZipInfo], packed_size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise too_many()
    whole = sum(member.file_size for member in members)
    stretched = any(
        member.file_size > max(_SMALL_MEMBER, _LARGEST_RATIO * member.compress_size)
        for member in members
    )
    if stretched or whole > min(_LARGEST_RATIO * packed_size, _LARGEST_UNPACKED):
        raise Rejection(
            "archive_bomb",
            "Filen pakker ud til over 100 gange sin størrelse eller over grænsen.",
            "Levér tabellen som .csv.",
        )


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        odd = name.startswith("/") or "\\" in name or ":" in name or "\x00" in member.orig_filename
        if odd or ".." in name.split("/") or name.casefold() in seen:
            raise Rejection(
                "archive_names",
                "Filen er et arkiv med navne, der ikke hører til i et regneark.",
                "Gem arket igen som .xlsx fra Excel, og levér det.",
            )
        seen.add(name.casefold())
        if member.flag_bits & 1:
            raise locked()
        refuse_part(name)
        if name.casefold().endswith(_ARCHIVE_ENDINGS):
            raise nested()


def _refuse_damage(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Read every member to its end, which checks its checksum, and the start of each XML part."""
    for member in members:
        with packed.open(member) as part:
            first = part.read(_CHUNK)
            if first.startswith(_ZIP_MAGIC):
                raise nested()
            if first.startswith(_OLE_MAGIC):
                refuse_part("embeddings/")
            if member.filename.casefold().endswith(_XML_ENDINGS):
                _refuse_prolog(first)
            while part.read(_CHUNK):
                pass


def _refuse_prolog(first: bytes) -> None:
    """A document type stands before the root element, so the start of a part is enough."""
    parser = guarded_parser()
    reached: list[str] = []

    def root(name: str, _: Mapping[str, str]) -> None:
        reached.append(name)
        parser.StartElementHandler = None

    parser.StartElementHandler = root
    try:
        feed(parser, first, final=False)
    except Rejection as answer:
        # What follows the root is judged when the part is used.
        if answer.code == "xml_entity" or not reached:
            raise


def _refuse_declared(archive: Archive) -> None:
    """Hold content types and relationships against what is refused; the main part decides type."""
    if "mimetype" in archive.names or "xl/workbook.bin" in archive.names:
        raise wrong_type()
    if "[Content_Types].xml" not in archive.names:
        raise wrong_type()
    types: list[str] = []

    def content_type(name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith(("}Override", "}Default")):
            types.append(attributes.get("ContentType", ""))

    for _ in archive.parse("[Content_Types].xml", content_type):
        pass
    for declared in types:
        refuse_part(declared)
    if not any("spreadsheetml" in declared for declared in types):
        raise wrong_type()

    def relationship(name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith("}Relationship"):
            kind = attributes.get("Type", "")
            refuse_part(kind)
            outside = attributes.get("TargetMode", "").casefold() == "external"
            if outside and not kind.endswith("/hyperlink"):
                refuse_part("externalLink/")

    for name in sorted(archive.names):
        if name.casefold().endswith(".rels"):
            for _ in archive.parse(name, relationship):
                pass
