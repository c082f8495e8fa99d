"""What a set is, in the words every description of it uses.

Belongs here: title, publisher, sources and dates of a set. Not here: the forms they are written in
(`datapackage`, `csvw`, `catalogue_record`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exports.report import Report
from exports.workbook.labels import long_date


@dataclass(frozen=True)
class About:
    """One set, described. `first` and `last` are the months its figures span (`YYYY-MM`)."""

    name: str
    title: str
    description: str
    publisher: str
    version: int
    reference_date: date
    first: str
    last: str
    sources: tuple[str, ...]
    workbook: str


def about(report: Report, workbook: str) -> About:
    """The set of a report whose workbook file is named `workbook`."""
    periods = report.table["period"].tolist() or [report.month]
    return About(
        name=f"midtvejsstatus-{report.plan.id}-{report.month}",
        title=f"Midtvejsstatus: {report.plan.title}, {long_date(report.reference_date)}",
        description=(
            f"Tallene bag {report.municipality}s midtvejsstatus på {report.plan.title}, beskyttet, så færre "
            f"end {report.threshold} personer aldrig kan genkendes."
        ),
        publisher=report.municipality,
        version=report.version,
        reference_date=report.reference_date,
        first=min(periods),
        last=max(periods),
        sources=tuple(source.title for source in report.sources if source.delivery_id),
        workbook=workbook,
    )
