"""Faults of single rows, planted in the good delivery of a source.

Here belongs: the list. At most nine rows of a source are spoilt, so that the delivery stays within
its tolerance even when every fault is planted at once.
"""

from __future__ import annotations

from datetime import date, timedelta

from synthetic.faults import AddedRow, Cells, ChangedRow, Fault, put

# fmt: off
ROW_FAULTS = (
    Fault("population-cpr-date", "population", "Cpr-nummer med datoen 31. februar.",
          ChangedRow(lambda row: {"cpr": "3102" + row["cpr"][4:]}), "cpr_date"),
    Fault("population-impossible-date", "population", "Indflytning den 30. februar.",
          ChangedRow(put(fra="2019-02-30")), "date_form"),
    Fault("population-sex-unknown", "population", "Kønnet er X.",
          ChangedRow(put(koen="X")), "code_unknown"),
    Fault("population-to-before-from", "population", "Fraflytning dagen før tilflytning.",
          ChangedRow(lambda row: {"til": _day_before(row["fra"])}), "til_not_before_fra"),
    Fault("population-repeated-row", "population", "Samme række to gange.",
          AddedRow(put()), check="keys_unique"),
    Fault("population-contradiction", "population", "Samme person og indflytning med to bydele.",
          AddedRow(lambda row: {"bydel": "Valby" if row["bydel"] != "Valby" else "Vanløse"}, both=True),
          "key_conflict"),
    Fault("population-overlap", "population", "To bopæle på samme tid.",
          AddedRow(lambda row: {"fra": _moved(row["fra"], 30)}, {"til": "", "doedsdato": "", "kommunekode": "101"}),
          check="no_overlapping_spells"),
    Fault("target_group-cpr-short", "target_group", "Cpr-nummer på otte cifre.",
          ChangedRow(lambda row: {"cpr": row["cpr"][:8]}), "cpr_form"),
    Fault("target_group-type-unknown", "target_group", "En funktionsnedsættelse, som ikke er aftalt.",
          ChangedRow(put(funktionsnedsaettelse="farveblindhed")), "code_unknown"),
    Fault("target_group-from-blank", "target_group", "Startdatoen mangler.",
          ChangedRow(put(fra="")), "blank"),
    Fault("target_group-yes-no", "target_group", "Primær er hverken ja eller nej.",
          ChangedRow(put(primaer="måske")), "yes_no_form"),
    Fault("target_group-field-too-many", "target_group", "To felter for mange i rækken.",
          ChangedRow(put(), more=("x", "y")), "row_length"),
    Fault("income-month-13", "income", "Måned 13.",
          ChangedRow(put(maaned="2020-13")), "month_form"),
    Fault("income-pay-in-words", "income", "Lønnen er skrevet med ord.",
          ChangedRow(put(loen_kr="mange")), "number_form"),
    Fault("compensation-decided-too-early", "compensation", "Afgjort dagen før ansøgningen.",
          ChangedRow(lambda row: {"afgjort": _day_before(row["ansoegt"])}, {"afgjort": "*", "bevilget_fra": ""}),
          "afgjort_not_before_ansoegt"),
    Fault("compensation-refused-but-granted", "compensation", "Bevillingsdato på et afslag.",
          ChangedRow(lambda row: {"bevilget_fra": row["afgjort"]}, {"afgoerelse": "afslag"}),
          "bevilget_only_when_granted"),
    Fault("compensation-hours-of-an-aid", "compensation", "Ugentlige timer på et hjælpemiddel.",
          ChangedRow(put(timer_pr_uge="5,00"), {"ordning": "hjælpemidler"}),
          "timer_only_with_assistance"),
    Fault("compensation-sixty-hours", "compensation", "60 timers assistance om ugen.",
          ChangedRow(put(timer_pr_uge="60,00"), {"timer_pr_uge": "*"}), "out_of_range"),
    Fault("fleksjob-stopped-before-hired", "fleksjob", "Ansættelsen slutter dagen før, den begynder.",
          ChangedRow(lambda row: {"ansat_til": _day_before(row["ansat_fra"])}, {"ansat_fra": "*"}),
          "ansat_til_not_before_ansat_fra"),
    Fault("fleksjob-company-letters", "fleksjob", "Bogstaver i cvr-nummeret.",
          ChangedRow(put(cvr="12AB5678"), {"cvr": "*"}), "integer_form"),
    Fault("courses-programme-unknown", "courses", "En indsats, som ikke er aftalt.",
          ChangedRow(put(indsats="ridning")), "code_unknown"),
    Fault("courses-stopped-before-start", "courses", "Forløbet slutter dagen før, det begynder.",
          ChangedRow(lambda row: {"slut": _day_before(row["start"])}, {"slut": "*"}), "slut_not_before_start"),
    Fault("courses-number-in-text", "courses", "Deltagerens cpr-nummer står i leverandørens navn.",
          ChangedRow(lambda row: {"leverandoer": f"kontakt {row['cpr']}"}), "text_cpr"),
    Fault("shared_cases-administration-unknown", "shared_cases", "En forvaltning, som ikke er aftalt.",
          ChangedRow(put(forvaltning="XYZ")), "code_unknown"),
    Fault("employer_contacts-date-backwards", "employer_contacts", "Dato med år, dag og måned.",
          ChangedRow(put(dato="2020-31-12")), "date_form"),
    Fault("spending-direction-unknown", "spending", "Hverken indtægt eller udgift.",
          ChangedRow(put(indtaegt_udgift="X")), "code_unknown"),
    Fault("staff-half-person", "staff", "Et halvt menneske ansat.",
          ChangedRow(put(antal="3,5")), "integer_form"),
    Fault("dream-code-form", "dream", "En ydelseskode på to tegn.",
          ChangedRow(lambda row: {_week(row): "1A"}), "week_code_form"),
    Fault("dream-code-unknown", "dream", "En ydelseskode, som ikke står i kodelisten.",
          ChangedRow(lambda row: {_week(row): "556"})),
)
# fmt: on


def _day_before(written: str) -> str:
    return _moved(written, -1)


def _moved(written: str, days: int) -> str:
    """So many days later, written in the same way."""
    danish = written[2] == "-"
    day = date.fromisoformat("-".join(reversed(written.split("-"))) if danish else written)
    later = day + timedelta(days=days)
    return f"{later:%d-%m-%Y}" if danish else later.isoformat()


def _week(row: Cells) -> str:
    """The last week's column."""
    return max(name for name in row if name.startswith("y_"))
