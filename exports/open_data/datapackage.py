"""`datapackage.json`: the set's data as a Frictionless Data Package, version 2.

Belongs here: that form (https://datapackage.org/). Not here: what the fields are (`files`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from exports.open_data.about import About
from exports.open_data.fields import DataFile, Field

_PROFILE = "https://datapackage.org/profiles/2.0"
_TYPES = {"month": "yearmonth"}


def datapackage(about: About, files: Mapping[str, tuple[DataFile, bytes]]) -> dict[str, Any]:
    """The document, as plain JSON; `files` are the CSV files by path, with their bytes."""
    return {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": f"{about.version}.0.0",
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        "sources": [{"title": title} for title in about.sources],
        "resources": [
            _resource(path, file, content) for path, (file, content) in sorted(files.items())
        ],
    }


def _resource(path: str, file: DataFile, content: bytes) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": file.name,
        "type": "table",
        "path": path,
        "title": file.title,
        "description": file.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"$schema": f"{_PROFILE}/tabledialect.json", "delimiter": ",", "header": True},
        "schema": {
            "$schema": f"{_PROFILE}/tableschema.json",
            "fields": [_field(field) for field in file.fields],
            "missingValues": [""],
            **_key(file),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.one_of:
        constraints["enum"] = list(field.one_of)
    return {
        "name": field.name,
        "type": _TYPES.get(field.type, field.type),
        "title": field.title,
        "description": field.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _key(file: DataFile) -> dict[str, Any]:
    """A primary key is never blank; one with blank parts is a unique key."""
    required = {field.name for field in file.fields if field.required}
    if set(file.key) <= required:
        return {"primaryKey": list(file.key)}
    return {"uniqueKeys": [list(file.key)]}
