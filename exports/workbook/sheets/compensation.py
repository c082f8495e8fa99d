"""The sheet Kompenserende ordninger, with case-handling time on it.

Belongs here: which figures of the compensation Act the committee sees, and in which order. Not
here: how they are computed (`indicators.compensation`) or drawn.
"""

from __future__ import annotations

from exports.workbook.figures import months_before
from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure, sources
from exports.workbook.table import Column, Table, Value
from indicators.categories import SCHEMES

_WIDTHS = (28, 13, 14, 15, 15, 13, 13, 16)

ALL = "all"
PERSONS = Measure("I alt (antal)", "count", "comp_persons", ALL, "P")
UPTAKE = Measure("Pr. 1.000 i målgruppen", "per_1000", "comp_uptake", ALL)
MEDIAN = Measure("Median (dage)", "days", "comp_case_days", f"{ALL}|median", "")
_P90 = Measure("90-pct.-fraktil (dage)", "days", "comp_case_days", f"{ALL}|p90", "")
_MEAN = Measure("Gennemsnit (dage)", "days", "comp_case_days", f"{ALL}|mean", "")
_IN_TIME = Measure(
    "Inden for fristen (pct.)", "pct", "comp_case_days", f"{ALL}|within_deadline", ""
)
_DECIDED = Measure(
    "Afgjorte sager (antal)", "count", "comp_case_days", f"{ALL}|median", "", "denominator"
)
_CASES = (_DECIDED, MEDIAN, _MEAN, _P90, _IN_TIME)
_BY_PERSON = ("sex", "age_group", "impairment", "visibility", "benefit_group", "district")

_ONCE = "En person med flere ordninger tæller én gang i alt, så ordningerne lægges ikke sammen til I alt."
_TWELVE = "Sager afgjort i de seneste tolv måneder, bevilling og afslag; frafaldne ansøgninger er ikke med."
_DEADLINE = "Andel inden for fristen opgøres først, når forvaltningen har oplyst fristerne."
_ADULTS = "Personer med bopæl i kommunen og en bevilling, der gælder på månedens sidste dag."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Kompenserende ordninger",
        "Gældende bevillinger, brug i målgruppen og sagsbehandlingstid",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I {month_name(content.month)} var antallet af personer med en gældende bevilling {content.spoken(PERSONS)}. "
        f"I målgruppen var brugen {content.spoken(UPTAKE)}. "
        f"Den mediane sagsbehandlingstid var {content.spoken(MEDIAN)}.",
        lead=True,
    )
    large = (PERSONS, *(_of_scheme(scheme) for scheme in SCHEMES[:2]))
    persons = content.trend(
        "Figur_Ordninger_1",
        "Personer med gældende bevilling",
        "Personer (antal)",
        large,
        names=("Alle ordninger", *(category("scheme", scheme) for scheme in SCHEMES[:2])),
    )
    days = content.trend(
        "Figur_Ordninger_2",
        "Sagsbehandlingstid, alle ordninger",
        "Kalenderdage",
        (MEDIAN, _P90),
        names=("Median", "90-pct.-fraktil"),
    )
    sheet.charts(persons)
    columns = (PERSONS, *(_of_scheme(scheme) for scheme in SCHEMES))
    sheet.table(
        content.headline(
            "Tabel_Ordninger_1", "Personer med gældende bevilling", columns, _ONCE, _ADULTS
        )
    )
    sheet.table(_by_scheme(content))
    sheet.charts(days)
    sheet.table(
        content.headline("Tabel_Sagstid_1", "Sagsbehandlingstid", _CASES, _TWELVE, _DEADLINE)
    )
    sheet.table(_days_by_scheme(content))
    by_centre = content.breakdown(
        "Tabel_Sagstid_3", "Sagsbehandlingstid", "job_centre", _CASES, _TWELVE, _DEADLINE
    )
    sheet.table(by_centre)
    for number, dimension in enumerate(_BY_PERSON, start=3):
        measures = (
            Measure("Alle i alderen (antal)", "count", "comp_persons", ALL, "P"),
            Measure("Målgruppen (antal)", "count", "comp_uptake", ALL, "T", "numerator"),
            UPTAKE,
            Measure("Usikkerhed fra", "per_1000", "comp_uptake", ALL, "T", "low"),
            Measure("Usikkerhed til", "per_1000", "comp_uptake", ALL, "T", "high"),
        )
        table = content.breakdown(
            f"Tabel_Ordninger_{number}",
            "Gældende bevillinger",
            dimension,
            measures,
            _ADULTS,
            _INTERVAL,
        )
        sheet.table(table)
    return sheet


_INTERVAL = "Usikkerhed: 95 pct.-interval (Poisson) for antallet pr. 1.000."


def _of_scheme(scheme: str) -> Measure:
    return Measure(f"{category('scheme', scheme)} (antal)", "count", "comp_persons", scheme, "P")


def _by_scheme(content: Content) -> Table:
    before = months_before(content.month, 12)
    rows: list[tuple[Value, ...]] = []
    for scheme in (ALL, *SCHEMES):
        persons = Measure("", "count", "comp_persons", scheme, "P")
        uptake = Measure("", "per_1000", "comp_uptake", scheme)
        rows.append(
            (
                "I alt" if scheme == ALL else category("scheme", scheme),
                persons.at(content.figures, content.month).read("count"),
                persons.at(content.figures, before).read("count"),
                uptake.at(content.figures, content.month).read("per_1000"),
                uptake.at(content.figures, before).read("per_1000"),
            )
        )
    now, then = month_name(content.month), month_name(before)
    measures = (PERSONS, UPTAKE)
    return Table(
        "Tabel_Ordninger_2",
        f"Gældende bevillinger efter ordning, {now} og et år før",
        "antal og pr. 1.000 i målgruppen",
        sources(measures),
        (
            Column("Ordning", "text"),
            Column(f"{now.capitalize()} (antal)", "count"),
            Column(f"{then.capitalize()} (antal)", "count"),
            Column(f"{now.capitalize()} (pr. 1.000)", "per_1000"),
            Column(f"{then.capitalize()} (pr. 1.000)", "per_1000"),
        ),
        rows,
        (_ONCE, *content.reasons(measures), *content.legal_breaks(measures)),
        emphasis=1,
    )


def _days_by_scheme(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = []
    for scheme in (ALL, *SCHEMES):
        label = "I alt" if scheme == ALL else category("scheme", scheme)
        figures = (
            content.figures.get(
                m.indicator, m.variant.replace(ALL, scheme, 1), content.month, ""
            ).read(m.kind, m.part)
            for m in _CASES
        )
        rows.append((label, *figures))
    return Table(
        "Tabel_Sagstid_2",
        f"Sagsbehandlingstid efter ordning, {month_name(content.month)}",
        "antal, kalenderdage og pct.",
        sources(_CASES),
        (Column("Ordning", "text"), *(Column(m.header, m.kind) for m in _CASES)),
        rows,
        (_TWELVE, _DEADLINE),
        emphasis=1,
    )
