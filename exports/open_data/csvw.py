"""`data/<name>.csv-metadata.json`: each CSV described as the W3C's CSV on the Web has it.

Belongs here: that form (https://www.w3.org/TR/tabular-metadata/). Not here: what the fields are (`files`).
"""

from __future__ import annotations

from typing import Any

from exports.open_data.about import About
from exports.open_data.fields import DataFile, Field

_TYPES: dict[str, Any] = {"month": "gYearMonth"}


def csvw(about: About, file: DataFile) -> dict[str, Any]:
    """The metadata of one CSV, as plain JSON."""
    required = {field.name for field in file.fields if field.required}
    # A key column of CSVW is never null, so a key with blank parts cannot be stated.
    key = {"primaryKey": list(file.key)} if set(file.key) <= required else {}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "da"}],
        "url": f"{file.name}.csv",
        "dc:title": file.title,
        "dc:description": file.description,
        "dc:publisher": about.publisher,
        "dc:date": {"@value": about.reference_date.isoformat(), "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {"columns": [_column(field) for field in file.fields], **key},
    }


def _column(field: Field) -> dict[str, Any]:
    datatype: Any = _TYPES.get(field.type, field.type)
    if field.one_of:
        datatype = {"base": "string", "format": "|".join(field.one_of)}
    return {
        "name": field.name,
        "titles": [field.name],
        "datatype": datatype,
        "required": field.required,
        "dc:title": field.title,
        "dc:description": field.description,
    }
