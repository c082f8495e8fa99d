"""What each CSV of a set holds: its fields with type, meaning and unit, said once.

Belongs here: the descriptions that the data package, the CSVW files and the catalogue record are made
of. Not here: writing the CSV files (`exports.tidy`, `exports.workbook.cell_map`), those of the
plan, which are described where they are written (`exports.plan_files`).
"""

from __future__ import annotations

from exports.open_data.fields import DataFile, Field
from exports.plan_files.activities import ACTIVITIES
from exports.plan_files.budget import BUDGET
from exports.plan_files.goals import GOALS
from exports.plan_files.revised import REVISIONS

_BREAKDOWN = "Hvad tallet er fordelt på; tom for tallet i alt. Betydningen af hver er: " + (
    "sex køn, age_group alder, district bydel, job_centre jobcenter, impairment funktionsnedsættelse, "
    "visibility synlighed, benefit_group ydelse, state tilstand, destination afgang til, administration "
    "forvaltning, scheme ordning, year år, programme indsats, subgroup undergruppe."
)
_GROUPS = ("T", "R", "P")

INDICATORS = DataFile(
    "indicators",
    "Indikatorer",
    "Månedens tal for hver indikator, i alt og fordelt, beskyttet mod genkendelse. Én række for hvert tal.",
    (
        Field("indicator", "string", "Indikator", "Indikatorens navn i kataloget.", required=True),
        Field(
            "variant",
            "string",
            "Variant",
            "Afgrænsning, ordning og mål, adskilt af |; fx narrow for jobparate og wide for bredt opgjort.",
        ),
        Field("period", "month", "Måned", "Måneden, tallet gælder.", required=True),
        Field(
            "group",
            "string",
            "Gruppe",
            "T er målgruppen, R øvrige borgere i alderen, P begge tilsammen; tom, hvor der tælles sager.",
            one_of=_GROUPS,
        ),
        Field("dim1", "string", "Fordeling", _BREAKDOWN),
        Field("value1", "string", "Kategori", "Kategorien i den første fordeling."),
        Field("dim2", "string", "Anden fordeling", "Som dim1, hvor tallet er fordelt på to ting."),
        Field("value2", "string", "Anden kategori", "Kategorien i den anden fordeling."),
        Field("numerator", "number", "Tæller", "Det, der tælles; tom, hvor tallet er skjult."),
        Field("denominator", "number", "Nævner", "Det, der deles med; tom, hvor der ikke deles."),
        Field("value", "number", "Tal", "Tallet i fuld nøjagtighed; andele fra 0 til 1."),
        Field("low", "number", "Usikkerhed fra", "Den nedre ende af 95 pct.-intervallet."),
        Field("high", "number", "Usikkerhed til", "Den øvre ende af 95 pct.-intervallet."),
        Field("unit", "string", "Enhed", "Tallets enhed.", required=True),
        Field(
            "flag",
            "string",
            "Mærke",
            "suppressed: skjult af hensyn til diskretion; missing: der er intet at dele med; not_computed: "
            "ikke opgjort. Tom, hvor tallet står der.",
            one_of=("suppressed", "missing", "not_computed"),
        ),
        Field("break", "string", "Databrud", "Hvad der bryder serien fra og med måneden."),
        Field(
            "definition_version",
            "string",
            "Regel for målgruppen",
            "Reglen og dens version.",
            required=True,
        ),
    ),
    ("indicator", "variant", "period", "group", "dim1", "value1", "dim2", "value2"),
)

CELLS = DataFile(
    "cells",
    "Regnearkets celler",
    "Hvilket tal i indicators.csv hver celle i regnearket viser. Én række for hver celle med et tal eller et "
    "mærke i et tals sted.",
    (
        Field("sheet", "string", "Ark", "Arkets navn.", required=True),
        Field("cell", "string", "Celle", "Cellens plads på arket, fx C14.", required=True),
        Field("table", "string", "Tabel", "Tabellens navn i regnearket.", required=True),
        Field("row", "string", "Række", "Teksten yderst til venstre i rækken."),
        Field("column", "string", "Kolonne", "Kolonnens overskrift.", required=True),
        Field(
            "indicator",
            "string",
            "Indikator",
            "Tallets indikator; tom, hvor tallet ikke er en indikators, se source.",
        ),
        Field("variant", "string", "Variant", "Som i indicators.csv."),
        Field("period", "month", "Måned", "Som i indicators.csv."),
        Field("group", "string", "Gruppe", "Som i indicators.csv.", one_of=_GROUPS),
        Field("dim1", "string", "Fordeling", "Som i indicators.csv."),
        Field("value1", "string", "Kategori", "Som i indicators.csv."),
        Field("dim2", "string", "Anden fordeling", "Som i indicators.csv."),
        Field("value2", "string", "Anden kategori", "Som i indicators.csv."),
        Field(
            "part",
            "string",
            "Del",
            "Kolonnen i indicators.csv, tallet er læst fra.",
            one_of=("value", "numerator", "denominator", "low", "high"),
        ),
        Field(
            "compared_with",
            "month",
            "Sammenlignet med",
            "Måneden, hvis tal er trukket fra, hvor cellen viser en ændring.",
        ),
        Field("source", "string", "Kilde", "Hvor et tal, der ikke er en indikators, kommer fra."),
    ),
    ("sheet", "cell"),
)

PLAN_TABLES = (GOALS, ACTIVITIES, BUDGET, REVISIONS)
FILES = (INDICATORS, CELLS, *(table.file for table in PLAN_TABLES))
