"""The sheet Afgang til job.

Belongs here: which figures of exits the committee sees, and in which order. Not here: how they are
computed (`indicators.exits`) or drawn.
"""

from __future__ import annotations

from exports.workbook.figures import Part
from exports.workbook.labels import DESTINATIONS, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure
from exports.workbook.theme import Kind

_WIDTHS = (33, 13, 13, 13, 13, 13, 17)

YEAR = Measure("Seneste 12 måneder (antal)", "count", "exits_job_12m", "narrow|12m")
_YEAR_RATE = Measure("Afgangsrate, 12 måneder (pct.)", "pct", "exit_rate_job", "narrow|12m")
_YEAR_WIDE = Measure("Bredt, 12 måneder (antal)", "count", "exits_job_12m", "wide|12m")
_YEAR_RATE_WIDE = Measure("Bredt, 12 mdr. rate (pct.)", "pct", "exit_rate_job", "wide|12m")
_HEADLINE = (
    Measure("I måneden (antal)", "count", "exits_job", "narrow"),
    Measure("Afgangsrate i måneden (pct.)", "pct", "exit_rate_job", "narrow"),
    YEAR,
    _YEAR_RATE,
    _YEAR_WIDE,
    _YEAR_RATE_WIDE,
)
_BY_DESTINATION = (
    Measure("I alt (antal)", "count", "exits", "narrow"),
    *(
        Measure(
            f"{label} (antal)", "count", "exits", "narrow", dimension="destination", category=code
        )
        for code, label in DESTINATIONS.items()
    ),
)
_BREAKDOWN = (YEAR, _YEAR_RATE, _YEAR_WIDE, _YEAR_RATE_WIDE)
_BROKEN_DOWN_BY = (
    "sex",
    "age_group",
    "impairment",
    "visibility",
    "benefit_group",
    "job_centre",
    "district",
)
_SUSTAINED = tuple(
    Measure(f"{months} mdr. efter, {label} (pct.)", "pct", f"sustained_{months}", f"narrow|{kind}")
    for months in (3, 6, 12)
    for kind, label in (("any", "ethvert job"), ("ordinary", "ordinært"))
)
_YOUNG = (
    Measure("Jobparate (antal)", "count", "exits_education_young", "narrow"),
    Measure("Bredt opgjort (antal)", "count", "exits_education_young", "wide"),
)
_STILL = (
    "I job efter afgang: andelen af de jobparate, der gik til job så mange måneder tidligere, og som har et job præcis 13, "
    "26 eller 52 uger efter."
)
_UNDER_30 = "Unge: 16–29 år, der går fra ledighed til uddannelse i måneden."
_LENGTH = "Længden af de forløb, der sluttede i de seneste tolv måneder; en fjerdedel var kortere end 25-pct.-fraktilen."
_EXIT = "Afgang til job: fire sammenhængende uger i ordinært job efter et ledighedsforløb."
_RATE = (
    "Afgangsrate: månedens afgange delt med de ledige ved den forrige måneds udgang; for 12 måneder delt med "
    "gennemsnittet af de tolv måneders ledige. Over et år kan raten overstige 100 pct."
)
_HOW_WIDE = "Bredt opgjort medregner aktivitetsparate, ledighedsydelse og integrationsydelse."
_LATE = "Afgang til selvforsørgelse kendes først 26 uger efter, at forløbet er slut."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Afgang til job",
        "Hvor mange ledige i målgruppen der kommer i job, og hvor de andre går hen",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I de tolv måneder til og med {month_name(content.month)} var antallet af jobparate lediges afgange til job "
        f"{content.spoken(YEAR)}. Afgangsraten var {content.spoken(_YEAR_RATE)}.",
        lead=True,
    )
    trend = content.trend(
        "Figur_Afgang_1",
        "Afgang til job, seneste 12 måneder",
        "Forløb (antal)",
        (YEAR, _YEAR_WIDE),
        names=("Jobparate", "Bredt opgjort"),
    )
    sheet.charts(trend)
    sheet.table(
        content.headline("Tabel_Afgang_1", "Afgang til job", _HEADLINE, _EXIT, _RATE, _HOW_WIDE)
    )
    sheet.table(
        content.headline("Tabel_Afgang_2", "Jobparates afgang efter mål", _BY_DESTINATION, _LATE)
    )
    by_age = content.bars(
        "Figur_Afgang_2",
        "Afgangsrate efter alder, 12 måneder",
        "Afgangsrate (pct.)",
        "age_group",
        (_YEAR_RATE,),
        names=("Jobparate",),
    )
    by_sex = content.bars(
        "Figur_Afgang_3",
        "Afgangsrate efter køn, 12 måneder",
        "Afgangsrate (pct.)",
        "sex",
        (_YEAR_RATE, _YEAR_RATE_WIDE),
        names=("Jobparate", "Bredt opgjort"),
    )
    sheet.charts(by_age, by_sex)
    for number, dimension in enumerate(_BROKEN_DOWN_BY, start=3):
        table = content.breakdown(
            f"Tabel_Afgang_{number}",
            "Afgang til job, seneste 12 måneder,",
            dimension,
            _BREAKDOWN,
            _EXIT,
            _RATE,
            _HOW_WIDE,
        )
        sheet.table(table)
    sheet.table(
        content.headline("Tabel_Varighed_1", "Stadig i job efter afgang", _SUSTAINED, _STILL)
    )
    sheet.table(content.headline("Tabel_Unge_1", "Unges afgang til uddannelse", _YOUNG, _UNDER_30))
    sheet.table(
        content.grid(
            "Tabel_Laengde_1",
            "Ledighedens længde ved afgang, 12 måneder",
            "Afgang til",
            [
                ("Alle afgange", _lengths("")),
                *((label, _lengths(code)) for code, label in DESTINATIONS.items()),
            ],
            _LENGTH,
            emphasis=1,
        )
    )
    return sheet


def _lengths(destination: str) -> tuple[Measure, ...]:
    def measure(header: str, kind: Kind, quantile: str, part: Part = "value") -> Measure:
        dimension = "destination" if destination else ""
        variant = f"narrow|{quantile}"
        return Measure(header, kind, "spell_length", variant, "T", part, dimension, destination)

    return (
        measure("Forløb (antal)", "count", "median", "denominator"),
        measure("25-pct.-fraktil (uger)", "weeks", "p25"),
        measure("Median (uger)", "weeks", "median"),
        measure("75-pct.-fraktil (uger)", "weeks", "p75"),
    )
