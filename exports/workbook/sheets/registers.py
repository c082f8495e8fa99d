"""The sheet Registre: what no system holds and the office keeps itself.

Belongs here: laying out sites, surveys, staff courses, consultants and the organisation, and the order of the sheet. Not
here: activities (`themes`), money (`economy`), what the plan says itself (`promised`) and what became of it (`followed`),
contracts and partners (`employers`), the joining (`plans.joining`, `plans.office`).
"""

from __future__ import annotations

from exports.workbook.figures import Mark
from exports.workbook.labels import category, month_name
from exports.workbook.outline import Sheet
from exports.workbook.recorded import OFFICE, capital, dated, figure_reading, office_table, told
from exports.workbook.series import Content, Measure
from exports.workbook.sheets.followed import decisions, deliverables, milestones, statuses, targets
from exports.workbook.sheets.promised import anchoring, anchors, process, registers
from exports.workbook.table import Column, Table, no_rows
from exports.workbook.values import Value
from indicators.categories import ROLES
from plans.parts import NOT_STATED

_WIDTHS = (46, 26, 16, 16, 18, 18, 40)
_OF_THE_PLAN = (
    ("Planens aktiviteter, forankret i et dokument", "anchoring_coverage"),
    ("Planens leverancer, gennemført", "deliverables_done"),
    ("Planens milepæle, nået til tiden", "milestones_met"),
)
_OF_ALL = (
    ("Krav til tilgængelighed opfyldt", "sites_accessible", ""),
    ("Anbefalinger om tilgængelighed lukket", "sites_accessible", "closed"),
    ("Medarbejdere på kursus, 12 måneder", "training_coverage", ""),
    ("Jobcentre med handicapkonsulent", "consultant_coverage", ""),
)
_TWICE = "En medarbejder på to kurser tæller to gange, så andelen kan overstige 100 pct."


def outline(content: Content) -> Sheet:
    """What the sheet says."""
    sheet = Sheet(
        "Registre",
        "Milepæle, beslutninger, leverancer, resultatmål, tilgængelighed, undersøgelser, kurser og konsulenter",
        _WIDTHS,
        landscape=True,
    )
    if not content.report.following.delivered:
        sheet.paragraph(
            "Kontorets førte registre er ikke leveret. Det, de skal oplyse, står som ikke oplyst.",
            lead=True,
        )
    else:
        sheet.paragraph(
            "Det, som intet system holder rede på, og som kontoret selv fører i sit regneark.",
            lead=True,
        )
    sheet.table(_in_brief(content))
    sheet.charts(
        content.trend(
            "Figur_Registre_1",
            "Planens leverancer og milepæle",
            "Andel (pct.)",
            [_share(of, "", content)[2] for of in ("deliverables_done", "milestones_met")],
            names=("Leverancer gennemført", "Milepæle til tiden"),
        )
    )
    sheet.table(process(content.report.plan))
    activities = content.report.following.activities
    sheet.table(anchoring(content.report.plan, activities))
    sheet.table(statuses(content))
    for table in (milestones, decisions, deliverables, targets, _sites, _surveys):
        sheet.table(table(content))
    sheet.table(anchors(activities))
    sheet.table(_roles(content))
    sheet.table(_organisation(content))
    sheet.table(registers(content.report.plan))
    sheet.table(_training(content))
    # The longest stands last, where its header can be repeated on every page.
    sheet.table(_courses(content))
    return sheet


def _in_brief(content: Content) -> Table:
    return content.grid(
        "Tabel_Registre_1",
        "Registrene kort",
        "Hvad",
        [
            *((label, _share(indicator, "", content)) for label, indicator in _OF_THE_PLAN),
            *((label, _share(indicator, variant)) for label, indicator, variant in _OF_ALL),
        ],
        _TWICE,
    )


def _share(
    indicator: str, variant: str = "", plan: Content | None = None
) -> tuple[Measure, Measure, Measure]:
    """How much of how much; of the report's plan alone where its content is given, else of everything in the register."""
    of = ("plan", plan.report.plan.id) if plan else ("", "")
    return (
        Measure("Opfyldt", "number", indicator, variant, "", "numerator", *of),
        Measure("Af", "number", indicator, variant, "", "denominator", *of),
        Measure("Andel (pct.)", "pct", indicator, variant, "", "value", *of),
    )


def _sites(content: Content) -> Table:
    return office_table(
        "Tabel_Lokationer_1",
        "Tilgængelighed på lokationer",
        "Lokationsregistret",
        ("Lokation", "Krav", "Vurderet", "Krav opfyldt?", "Anbefaling er", "Lukket", "Anbefaling"),
        [
            (
                told(one.name or one.site),
                told(one.requirement),
                dated(one.assessed),
                one.word,
                one.advice_word or "ingen",
                dated(one.closed)
                if one.advice_word == "lukket"
                else "ikke lukket"
                if one.advice_word
                else "ingen",
                one.advice or "ingen",
            )
            for one in content.report.office.sites
        ],
    )


def _surveys(content: Content) -> Table:
    rows: list[tuple[Value, ...]] = []
    for one in content.report.office.surveys:
        dims = (("survey", f"{one.survey}: {one.question}"), ("year", str(one.year)))
        month = content.month
        hidden = one.positive is not None and one.positive.is_hidden
        rows.append(
            (
                capital(one.question),
                capital(one.survey),
                str(one.year),
                figure_reading(one.positive, "pct", "survey_positive", "", month, dims),
                figure_reading(one.response, "pct", "survey_response", "", month, dims),
                one.score if one.score is not None else Mark.HIDDEN if hidden else NOT_STATED,
                told(one.source),
            )
        )
    return Table(
        "Tabel_Undersoegelser_1",
        "Undersøgelser",
        "pct. og gennemsnit på spørgsmålets egen skala",
        f"Undersøgelsesregistret, {OFFICE}",
        (
            Column("Spørgsmål", "text"),
            Column("Undersøgelse", "text"),
            Column("År", "text"),
            Column("Positive svar (pct.)", "pct"),
            Column("Svarede (pct.)", "pct"),
            Column("Gennemsnit", "score"),
            Column("Lavet af", "text"),
        ),
        rows or [no_rows("Intet er ført ind", 7)],
    )


def _training(content: Content) -> Table | None:
    measures = (
        Measure("Kursister, 12 mdr.", "number", "training_coverage", "", "", "numerator"),
        Measure("Ansatte", "number", "training_coverage", "", "", "denominator"),
        Measure("Dækning (pct.)", "pct", "training_coverage", "", ""),
    )
    return content.breakdown(
        "Tabel_Kurser_1", "Uddannelse af medarbejdere", "job_centre", measures, _TWICE
    )


def _courses(content: Content) -> Table:
    return office_table(
        "Tabel_Kurser_2",
        "Kurser for medarbejdere",
        "Kursusregistret",
        ("Emne", "Jobcenter", "Dato", "Kursus"),
        [
            (capital(told(one.subject)), told(one.job_centre), dated(one.when), one.id)
            for one in content.report.office.courses
        ],
    )


def _roles(content: Content) -> Table:
    def filled(role: str) -> tuple[Measure, ...]:
        dimension = "role" if role else ""
        return (
            Measure(
                "Årsværk", "posts", "fte_filled", "filled", "", dimension=dimension, category=role
            ),
        )

    return Table(
        "Tabel_Aarsvaerk_1",
        f"Besatte årsværk efter stilling, {month_name(content.month)}",
        "årsværk",
        f"Konsulentregistret, {OFFICE}",
        (Column("Stilling", "text"), Column("Årsværk", "posts")),
        [
            (label, *(m.at(content.figures, content.month).read(m.kind) for m in filled(role)))
            for label, role in (("I alt", ""), *((category("role", role), role) for role in ROLES))
        ],
        emphasis=1,
    )


def _organisation(content: Content) -> Table:
    return Table(
        "Tabel_Organisation_1",
        "Hvordan arbejdet er organiseret",
        "antal nøglepersoner",
        f"Organisationsregistret, {OFFICE}",
        (
            Column("Model for nøglepersoner", "text"),
            Column("Ledelse", "text"),
            Column("År", "text"),
            Column("Nøglepersoner (antal)", "count"),
            Column("Bemærkning", "text"),
        ),
        [
            (
                told(one.model),
                told(one.management),
                str(one.year),
                Mark.HIDDEN
                if one.key_persons_hidden
                else NOT_STATED
                if one.key_persons is None
                else one.key_persons,
                told(one.comment),
            )
            for one in content.report.office.organisation
        ]
        or [no_rows("Intet er ført ind", 5)],
    )
