"""The sheet Kompenserende ordninger.

Belongs here: which figures of the compensation Act the committee sees, and in which order. Not here:
case-handling time (`case_time`), money (`economy`), how the figures are computed
(`indicators.compensation`) or drawn.
"""

from __future__ import annotations

from exports.workbook.figures import months_before
from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.series import Content, Measure, sources
from exports.workbook.table import Column, Table
from exports.workbook.values import Value
from indicators.categories import SCHEMES

_WIDTHS = (28, 13, 14, 15, 15, 13, 13, 16)

_ALL = "all"
_PERSONS = Measure("I alt (antal)", "count", "comp_persons", _ALL, "P")
_UPTAKE = Measure("Pr. 1.000 i målgruppen", "per_1000", "comp_uptake", _ALL)
_BY_PERSON = ("sex", "age_group", "impairment", "visibility", "benefit_group", "district")
_BY_CASE = ("job_centre", "age_group", "benefit_group", "self_employed")
_HOURS = (
    Measure("Alle i alderen (timer)", "hours", "comp_hours", "personlig assistance|mean", "P"),
    Measure("Målgruppen (timer)", "hours", "comp_hours", "personlig assistance|mean", "T"),
)

_ONCE = "En person med flere ordninger tæller én gang i alt, så ordningerne lægges ikke sammen til I alt."
_ADULTS = "Personer med bopæl i kommunen og en bevilling, der gælder på månedens sidste dag."
_INTERVAL = "Usikkerhed: 95 pct.-interval (Poisson) for antallet pr. 1.000."
_CASES = "Ansøgninger tælles i den måned, de er modtaget, og afgørelser i den måned, de er truffet."
_REJECTED = "Afslag i pct. af årets bevillinger og afslag; frafaldne ansøgninger er ikke med."
_GROWTH = "Vækst: antallet af personer med bevilling i forhold til samme måned et år før."
_MEAN_HOURS = "Gennemsnit af de bevilgede timer om ugen til personlig assistance."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Kompenserende ordninger",
        "Gældende bevillinger, brug i målgruppen, ansøgninger, afslag og timer",
        _WIDTHS,
    )
    sheet.paragraph(
        f"I {month_name(content.month)} var antallet af personer med en gældende bevilling {content.spoken(_PERSONS)}. "
        f"I målgruppen var brugen {content.spoken(_UPTAKE)}. "
        f"Andelen af afslag i de seneste tolv måneder var {content.spoken(_cases(_ALL)[3])}.",
        lead=True,
    )
    large = (_PERSONS, *(_of_scheme(scheme) for scheme in SCHEMES[:2]))
    sheet.charts(
        content.trend(
            "Figur_Ordninger_1",
            "Personer med gældende bevilling",
            "Personer (antal)",
            large,
            names=("Alle ordninger", *(category("scheme", scheme) for scheme in SCHEMES[:2])),
        )
    )
    columns = (_PERSONS, *(_of_scheme(scheme) for scheme in SCHEMES))
    sheet.table(
        content.headline(
            "Tabel_Ordninger_1", "Personer med gældende bevilling", columns, _ONCE, _ADULTS
        )
    )
    sheet.table(_by_scheme(content))
    for number, dimension in enumerate(_BY_PERSON, start=3):
        sheet.table(
            content.breakdown(
                f"Tabel_Ordninger_{number}",
                "Gældende bevillinger",
                dimension,
                (
                    Measure("Alle i alderen (antal)", "count", "comp_persons", _ALL, "P"),
                    Measure("Målgruppen (antal)", "count", "comp_uptake", _ALL, "T", "numerator"),
                    _UPTAKE,
                    Measure(
                        "Usikkerhed fra (pr. 1.000)", "per_1000", "comp_uptake", _ALL, "T", "low"
                    ),
                    Measure(
                        "Usikkerhed til (pr. 1.000)", "per_1000", "comp_uptake", _ALL, "T", "high"
                    ),
                ),
                _ADULTS,
                _INTERVAL,
            )
        )
    labels = [("I alt", _ALL), *((category("scheme", scheme), scheme) for scheme in SCHEMES)]
    sheet.table(
        content.headline(
            "Tabel_Ansoegninger_1", "Ansøgninger og afgørelser", _cases(_ALL), _CASES, _REJECTED
        )
    )
    sheet.table(
        content.grid(
            "Tabel_Ansoegninger_2",
            "Ansøgninger og afgørelser efter ordning",
            "Ordning",
            [(label, _cases(scheme)) for label, scheme in labels],
            _CASES,
            _REJECTED,
            _GROWTH,
            emphasis=1,
        )
    )
    for number, dimension in enumerate(_BY_CASE, start=3):
        sheet.table(
            content.breakdown(
                f"Tabel_Ansoegninger_{number}",
                "Ansøgninger og afgørelser",
                dimension,
                _cases(_ALL)[:4],
                _CASES,
                _REJECTED,
            )
        )
    sheet.table(
        content.headline(
            "Tabel_Timer_1", "Timer med personlig assistance om ugen", _HOURS, _MEAN_HOURS
        )
    )
    return sheet


def _of_scheme(scheme: str) -> Measure:
    return Measure(f"{category('scheme', scheme)} (antal)", "count", "comp_persons", scheme, "P")


def _cases(scheme: str) -> tuple[Measure, ...]:
    return (
        Measure("Ansøgninger, 12 mdr. (antal)", "count", "comp_applications", f"{scheme}|12m", ""),
        Measure("Bevillinger, 12 mdr. (antal)", "count", "comp_grants", f"{scheme}|12m", ""),
        Measure("Afslag, 12 mdr. (antal)", "count", "comp_rejections", f"{scheme}|12m", ""),
        Measure("Afslag (pct.)", "pct", "comp_rejection_rate", scheme, ""),
        Measure("Vækst på et år (pct.)", "pct", "comp_growth", scheme, "P"),
    )


def _by_scheme(content: Content) -> Table:
    before = months_before(content.month, 12)
    rows: list[tuple[Value, ...]] = []
    for scheme in (_ALL, *SCHEMES):
        persons = Measure("", "count", "comp_persons", scheme, "P")
        uptake = Measure("", "per_1000", "comp_uptake", scheme)
        rows.append(
            (
                "I alt" if scheme == _ALL else category("scheme", scheme),
                persons.at(content.figures, content.month).read("count"),
                persons.at(content.figures, before).read("count"),
                uptake.at(content.figures, content.month).read("per_1000"),
                uptake.at(content.figures, before).read("per_1000"),
            )
        )
    now, then = month_name(content.month), month_name(before)
    measures = (_PERSONS, _UPTAKE)
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
