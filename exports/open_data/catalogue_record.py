"""`catalog.ttl`: the set as a record of the Danish profile DCAT-AP-DK 2.0.2, in Turtle.

Belongs here: that form. Addresses are relative to the file, so that the record holds wherever the set
is put. Not here: what the files are (`files`), validation (tests, against the profile's own shapes).
"""

from __future__ import annotations

from collections.abc import Mapping

from exports.open_data.about import About

_PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcatdk: <https://data.gov.dk/model/core/dcat-dk/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_EU = "http://publications.europa.eu/resource"
_MEDIA = "https://www.iana.org/assignments/media-types"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {
    ".csv": ("text/csv", "CSV"),
    ".xlsx": (_XLSX, "XLSX"),
    ".html": ("text/html", "HTML"),
}
_LANGUAGE = f"<{_EU}/dataset/language/DAN>"


def catalogue_record(about: About, files: Mapping[str, tuple[str, int]]) -> str:
    """The record in Turtle; `files` are (title, bytes) of each distributed file by its path in the set.

    No checksum stands here: the profile knows SHA-1 alone; SHA-256 is in the manifest and the data package.
    """
    issued = f'"{about.reference_date.isoformat()}"^^xsd:date'
    blocks = [
        _node(
            "<>",
            "dcat:Catalog",
            f"dct:title {_text(about.title)}",
            f"dct:description {_text(about.description)}",
            "dct:publisher <#publisher>",
            f"dct:language {_LANGUAGE}",
            f"dct:modified {issued}",
            "dcat:dataset <#dataset>",
        ),
        _node(
            "<#publisher>",
            "foaf:Agent",
            f"foaf:name {_text(about.publisher)}",
            "dct:type <http://purl.org/adms/publishertype/LocalAuthority>",
        ),
        _node(
            "<#dataset>",
            "dcat:Dataset",
            f"dct:title {_text(about.title)}",
            f"dct:description {_text(about.description)}",
            "dct:publisher <#publisher>",
            f"dct:identifier {_plain(about.name)}",
            f"dct:issued {issued}",
            f"dct:language {_LANGUAGE}",
            f"dct:accrualPeriodicity <{_EU}/authority/frequency/MONTHLY>",
            "dct:temporal <#period>",
            f"dct:spatial <{_EU}/authority/country/DNK>",
            *(f"dcat:distribution <#file-{number}>" for number in range(1, len(files) + 1)),
        ),
        _node(
            "<#period>",
            "dct:PeriodOfTime",
            f'dcat:startDate "{about.first}"^^xsd:gYearMonth',
            f'dcat:endDate "{about.last}"^^xsd:gYearMonth',
        ),
        _node(f"<{_EU}/authority/country/DNK>", "dct:Location"),
    ]
    for number, (path, (title, size)) in enumerate(sorted(files.items()), start=1):
        media, kind = _KINDS[path[path.rindex(".") :]]
        blocks.append(
            _node(
                f"<#file-{number}>",
                "dcat:Distribution",
                f"dct:title {_text(title)}",
                f"dcat:accessURL <{path}>",
                f"dcat:downloadURL <{path}>",
                f"dcat:mediaType <{_MEDIA}/{media}>",
                f"dct:format <{_EU}/authority/file-type/{kind}>",
                f"dct:language {_LANGUAGE}",
                f'dcat:byteSize "{size}"^^xsd:decimal',
            )
        )
    return "\n".join([_PREFIXES, *blocks])


def _node(subject: str, kind: str, *properties: str) -> str:
    return " ;\n    ".join([f"{subject} a {kind}", *properties]) + " .\n"


def _plain(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for raw, written in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        escaped = escaped.replace(raw, written)
    return f'"{escaped}"'


def _text(text: str) -> str:
    return f"{_plain(text)}@da"
