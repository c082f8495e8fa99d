"""The sheet Virksomheder.

Belongs here: which figures of employers, hires and social clauses the committee sees, and in which
order. Not here: how they are computed (`indicators.employers`, `indicators.hires`, `indicators.contracts`) or drawn.
"""

from __future__ import annotations

from exports.workbook.labels import long_date, month_name
from exports.workbook.outline import Sheet
from exports.workbook.recorded import dated, figure_reading, told
from exports.workbook.series import Content, Measure
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from plans.office import ContractStatus
from plans.parts import NOT_STATED

_WIDTHS = (32, 23, 16, 16, 16, 15, 17, 22)
_REACHED = "employers_reached"
_REACHED_YEAR = Measure("Nået, 12 mdr. (virksomheder m.fl.)", "number", _REACHED, "all|12m", "")
_CONTACTS = (
    _REACHED_YEAR,
    Measure("Heraf virksomheder", "number", _REACHED, "virksomhed|12m", ""),
    Measure("Heraf uddannelsesinstitutioner", "number", _REACHED, "uddannelsesinstitution|12m", ""),
    Measure("Nået i måneden (virksomheder m.fl.)", "number", _REACHED, "all", ""),
)
_OPENINGS = (
    Measure("Fundne fleksjobåbninger, 12 mdr.", "number", "fleksjob_openings", "found|12m", ""),
    Measure("Heraf formidlet videre", "number", "fleksjob_openings", "passed_on|12m", ""),
    Measure("Heraf besat", "number", "fleksjob_openings", "filled|12m", ""),
    Measure("Ansat i partnerskaber, 12 mdr. (antal)", "count", "partnership_hires", "12m", ""),
)
_HIRES = (
    Measure("Ordinært, 12 mdr. (antal)", "count", "hires_by_kind", "ordinær|12m"),
    Measure("Fleksjob, 12 mdr. (antal)", "count", "hires_by_kind", "fleksjob|12m"),
    Measure(
        "Fastholdelsesfleksjob, 12 mdr. (antal)",
        "count",
        "hires_by_kind",
        "fastholdelsesfleksjob|12m",
    ),
    Measure("Via social klausul, 12 mdr. (antal)", "count", "hires_by_kind", "via_klausul|12m"),
)
_CLAUSES = (
    Measure("Krævet (ansættelser)", "count", "clause_fulfilment", "required", ""),
    Measure("Opnået (antal)", "count", "clause_fulfilment", "achieved", ""),
    Measure("Opfyldt (pct.)", "pct", "clause_fulfilment", "share", ""),
    Measure("Forventet nu (ansættelser)", "score", "clause_fulfilment", "expected", ""),
)
_TENDERS = (
    Measure("Udbud, 12 mdr.", "number", "tenders_with_access", "12m", "", "denominator"),
    Measure(
        "Med krav til adgang, 12 mdr.", "number", "tenders_with_access", "12m", "", "numerator"
    ),
    Measure("Med krav til adgang, 12 mdr. (pct.)", "pct", "tenders_with_access", "12m", ""),
)
_SIGNS = {"foran eller på linje": "▲ ", "bagud": "▼ "}
_ONCE = (
    "Et cvr-nummer tæller én gang i alt, én gang for hver art og én gang for hvert emne, uanset hvor mange kontakter der "
    "har været; delene kan derfor ikke lægges sammen."
)
_ORDINARY = "Ordinære ansættelser er jobparates afgang til job; via social klausul er en del af de to fleksjobtal."
_EXPECTED = "Forventet nu: kravet gange den del af løbetiden, der er gået."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Virksomheder",
        "Virksomheder nået, fleksjobåbninger, ansættelser efter art, sociale klausuler, partnerskaber og udbud",
        _WIDTHS,
        landscape=True,
    )
    sheet.paragraph(
        f"I de tolv måneder til og med {month_name(content.month)} var antallet af virksomheder og "
        f"uddannelsesinstitutioner, kontoret var i kontakt med, {content.spoken(_REACHED_YEAR)}. "
        f"Antallet af ordinære ansættelser i målgruppen var {content.spoken(_HIRES[0])}.",
        lead=True,
    )
    sheet.charts(
        content.trend(
            "Figur_Virksomheder_1",
            "Ansættelser i målgruppen, seneste 12 måneder",
            "Ansættelser (antal)",
            _HIRES[:3],
            names=("Ordinært", "Fleksjob", "Fastholdelsesfleksjob"),
        )
    )
    for number, (title, measures, note) in enumerate(
        (
            ("Virksomheder og uddannelsesinstitutioner nået", _CONTACTS, _ONCE),
            ("Fleksjobåbninger og partnerskaber", _OPENINGS, ""),
            ("Ansættelser i målgruppen efter art", _HIRES, _ORDINARY),
            ("Sociale klausuler", _CLAUSES, _EXPECTED),
            ("Udbud med krav til adgangsforhold", _TENDERS, ""),
        ),
        start=1,
    ):
        notes = (note,) if note else ()
        sheet.table(content.headline(f"Tabel_Virksomheder_{number}", title, measures, *notes))
    sheet.table(
        content.breakdown(
            "Tabel_Virksomheder_6",
            "Virksomheder m.fl. nået",
            "subgroup",
            _CONTACTS[:3],
            _ONCE,
            by="emne",
        )
    )
    sheet.table(_contracts(content))
    sheet.table(_partners(content))
    return sheet


def _contracts(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = []
    for one in content.report.office.contracts:
        dims = (("contract", one.contract),)
        of = "clause_fulfilment"
        rows.append(
            (
                one.contract,
                f"{dated(one.start)}–{dated(one.end)}",
                figure_reading(one.required, "count", of, "required", content.month, dims),
                figure_reading(one.achieved, "count", of, "achieved", content.month, dims),
                figure_reading(one.expected, "score", of, "expected", content.month, dims),
                one.scheme or NOT_STATED,
                f"{_SIGNS.get(one.word, '')}{one.word}",
                _option(one),
            )
        )
    return Table(
        "Tabel_Klausuler_1",
        f"Kontrakter med sociale klausuler, {month_name(content.month)}",
        "antal ansættelser",
        "Kontraktregistret, ført af kontoret",
        (
            Column("Kontrakt", "text"),
            Column("Løbetid", "text"),
            Column("Krævet (ansættelser)", "count"),
            Column("Opnået (antal)", "count"),
            Column("Forventet nu (ansættelser)", "score"),
            Column("Ordning", "text"),
            Column("Hvordan det går", "text"),
            Column("Option", "text"),
        ),
        rows or [no_rows("Ingen kontrakter er ført ind", 8)],
        (_EXPECTED,),
    )


def _option(one: ContractStatus) -> str:
    if one.option_until is None:
        return "ingen"
    used = {True: "brugt", False: "ikke brugt", None: f"brugen er {NOT_STATED}"}[one.option_used]
    return f"til {dated(one.option_until)}, {used}"


def _partners(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            one.name or one.id,
            one.kind or NOT_STATED,
            told(one.agreement),
            one.word,
            dated(one.start),
            dated(one.end),
        )
        for one in content.report.office.partners
    ]
    return Table(
        "Tabel_Partnere_1",
        f"Partnere og aftaler, {long_date(content.report.reference_date)}",
        "ikke relevant",
        "Partnerregistret, ført af kontoret",
        (
            Column("Partner", "text"),
            Column("Art", "text"),
            Column("Aftale", "text"),
            Column("Aftalen er", "text"),
            Column("Fra", "text"),
            Column("Til", "text"),
        ),
        rows or [no_rows("Ingen partnere er ført ind", 6)],
    )
