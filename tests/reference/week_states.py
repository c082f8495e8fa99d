"""What a person's week is: its state, whether it is unemployed, whether there is a job in it."""

from __future__ import annotations

from .dates import month_of
from .model import UNKNOWN, Data, Month, Person, Week

WAGE_SUBSIDIES = ("wage_subsidy_private", "wage_subsidy_public")

STATES = (
    "unemployed",
    "unemployed_wide",
    "employed",
    "self_supporting",
    "fleksjob",
    "subsidised_job",
    "education",
    "rehabilitation",
    "resource_course",
    "job_clarification",
    "sick",
    "parental_leave",
    "disability_pension",
    "early_retirement",
    "old_age_pension",
    "other_benefit",
    "not_resident",
    "dead",
)


def has_wage(data: Data, person: Person, month: Month) -> bool:
    """Wage month: degree above 0, or an industry where no degree column is delivered."""
    if month in data.degree_months:
        return person.degree.get(month, 0.0) > 0
    if month in data.industry_months:
        return month in person.industry
    return False


def is_delivered(data: Data, week: Week) -> bool:
    """Whether the register holds the week; delivered weeks are consecutive."""
    return bool(data.weeks) and data.weeks[0] <= week <= data.weeks[-1]


def wage_is_known(data: Data, week: Week) -> bool:
    """Whether a wage column was delivered for the month of the week."""
    month = month_of(week)
    return month in data.degree_months or month in data.industry_months


def is_blank(person: Person, week: Week) -> bool:
    """No benefit code in the week."""
    return week not in person.codes


def is_holiday_from_job(data: Data, person: Person, week: Week) -> bool:
    """A holiday benefit earned in a job: counts as employed."""
    code = data.table.get(person.codes.get(week, ""))
    return code is not None and code.state == "holiday_from_job"


def state(data: Data, person: Person, week: Week) -> str:
    """The labour-market state; an unknown code is `other_benefit`, never a job."""
    if is_blank(person, week):
        return "employed" if has_wage(data, person, month_of(week)) else "self_supporting"
    code = data.table.get(person.codes[week])
    if code is None:
        return "other_benefit"
    if code.state == "holiday_from_job":
        return "employed"
    return code.state


def benefit_group(data: Data, person: Person, week: Week) -> str:
    """The code table's group; a blank week or an unknown code is `uoplyst`."""
    code = data.table.get(person.codes.get(week, ""))
    return UNKNOWN if code is None else code.benefit_group


def is_unemployed(data: Data, person: Person, week: Week, definition: str) -> bool:
    """Unemployed in the week: `narrow` is the state alone, `wide` adds `unemployed_wide`."""
    counted = ("unemployed",) if definition == "narrow" else ("unemployed", "unemployed_wide")
    return state(data, person, week) in counted


def has_waged_week(data: Data, person: Person, week: Week) -> bool:
    """A blank or holiday-from-job week in a wage month, whatever the kind of job."""
    free = is_blank(person, week) or is_holiday_from_job(data, person, week)
    return free and has_wage(data, person, month_of(week))


def has_ordinary_job(data: Data, person: Person, week: Week) -> bool:
    """A waged week, unless the month has income rows and none of them is `ordinær`."""
    kinds = person.wage_kinds.get(month_of(week), [])
    if kinds and "ordinær" not in kinds:
        return False
    return has_waged_week(data, person, week)


def has_any_job(data: Data, person: Person, week: Week) -> bool:
    """A waged week of any kind, fleksjob, a subsidised job, or a wage subsidy."""
    if has_waged_week(data, person, week):
        return True
    if state(data, person, week) in ("fleksjob", "subsidised_job"):
        return True
    code = data.table.get(person.codes.get(week, ""))
    return code is not None and code.activity in WAGE_SUBSIDIES
