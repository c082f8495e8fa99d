"""The table of hand-made people, each with the reason why it exists.

Here belongs: lives written as data, with the facts that follow from them by hand. Here does not
belong: turning a life into rows (`synthetic.planted`), or computing an indicator.

Weeks are told by anchors: `ref(n)` is n weeks after the reference week of the last report month,
`opening(k, n)` is n weeks after the first week of the month k months before the last. Months in
`facts` are counted backwards: 0 is the last report month.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass

import numpy as np

Facts = dict[str, object]
Anchor = tuple[str, int, int]
Day = tuple[int, int]

START: Anchor = ("start", 0, 0)
END: Anchor = ("end", 0, 0)
LONG_AGO: Day = (60, 3)
U = "unemployed|narrow"
WIDE = "unemployed|wide"
LTU = "ltu_80|narrow"
LTU_WIDE = "ltu_80|wide"
LTU_52 = "ltu_52|narrow"
ANY = "job|any"
ORDINARY = "job|ordinary"
EXIT = "exit|narrow"
IDLE: Facts = {U: True, WIDE: True}
LONG: Facts = {**IDLE, LTU: True, LTU_WIDE: True}
WORKING: Facts = {ANY: True, ORDINARY: True}
NOTHING: Facts = {
    "in_P": True, "in_T": True, U: False, WIDE: False, LTU: False, LTU_WIDE: False, LTU_52: False,
    ANY: False, ORDINARY: False, EXIT: None, "comp": [], "fleksjob_referred": False,
    "fleksjob_employed": False,
}  # fmt: skip


def ref(weeks: int) -> Anchor:
    """So many weeks after the reference week of the last report month."""
    return ("ref", 0, weeks)


def opening(months_ago: int, weeks: int = 0) -> Anchor:
    """So many weeks after the first week of a month, counted backwards from the last."""
    return ("opening", months_ago, weeks)


@dataclass(frozen=True)
class Pay:
    """Wage rows in every month that weeks `first` to before `stop` belong to."""

    first: Anchor
    stop: Anchor
    form: str = "ordinær"
    degree: int = 100
    employers: int = 1


@dataclass(frozen=True)
class Home:
    """A residence spell; a day is (months ago, day of month), 31 is the last day."""

    fra: Day = LONG_AGO
    til: Day | None = None
    district: str | None = "Valby"


@dataclass(frozen=True)
class Impairment:
    """A registration."""

    kind: str = "fysisk"
    primary: bool = True
    fra: Day = LONG_AGO
    til: Day | None = None


@dataclass(frozen=True)
class Case:
    """A compensation case; without an outcome it is open."""

    scheme: str
    applied: Day
    decided: Day | None = None
    outcome: str | None = None
    fra: Day | None = None
    til: Day | None = None


@dataclass(frozen=True)
class Fleksjob:
    """A fleksjob decision long ago, and an employment."""

    hired: Day | None = None


@dataclass(frozen=True)
class Life:
    """One planted person. `born` is (years, months ago, day): that day, so many years before."""

    label: str
    why: str
    facts: dict[int, Facts]
    weeks: tuple[tuple[Anchor, Anchor, int], ...] = ()
    pay: tuple[Pay, ...] = ()
    born: tuple[int, int, int] | None = None
    homes: tuple[Home, ...] = (Home(),)
    impairments: tuple[Impairment, ...] = (Impairment(),)
    cases: tuple[Case, ...] = ()
    fleksjob: tuple[Fleksjob, ...] = ()
    died: Day | None = None
    in_dream: bool = True


BEFORE_6 = (opening(6, -10), opening(6), 111)
LEFT_UNEMPLOYMENT: Facts = {EXIT: None, U: True, "in_T": True}
YEAR = (ref(-55), END, 111)

# fmt: off
LIVES = (
    Life("ltu-42-of-52", "42 of 52 weeks is just enough, and no more than 42 in a row",
         {0: LONG, 1: {**IDLE, LTU: False}}, ((ref(-41), END, 111),)),
    Life("ltu-41-of-52", "41 of 52 weeks is one too few", {0: IDLE}, ((ref(-40), END, 111),)),
    Life("ltu-not-now", "unemployed all the year but not in the reference week",
         {0: {EXIT: None}}, ((ref(-55), ref(0), 111), (ref(0), ref(1), 0), (ref(1), END, 111))),
    Life("break-4-weeks", "a break of four weeks without pay is bridged",
         {0: {**LONG, LTU_52: True}}, (YEAR, (ref(-30), ref(-26), 0))),
    Life("break-5-weeks", "a break of five weeks is not bridged",
         {0: {**LONG, LTU_52: False}}, (YEAR, (ref(-30), ref(-25), 0))),
    Life("break-few-hours", "three weeks with eight hours a month are bridged, and no exit",
         {0: {**LONG, LTU_52: True}}, (YEAR, (ref(-30), ref(-27), 0)),
         (Pay(ref(-30), ref(-27), degree=5),)),
    Life("break-more-hours", "three weeks with more than ten hours a month are not bridged",
         {0: {**LONG, LTU_52: False}}, (YEAR, (ref(-30), ref(-27), 0)),
         (Pay(ref(-30), ref(-27), degree=7),)),
    Life("always-unemployed", "open in the register's first week: left-censored, every week counts",
         {0: {**LONG, LTU_52: True}}, ((START, END, 111),)),
    Life("exit-to-job", "ten weeks, then a job that lasts: sustained at 3 and 6 months",
         {0: WORKING, 6: {EXIT: "job", **WORKING}, 7: LEFT_UNEMPLOYMENT}, (BEFORE_6,),
         (Pay(opening(6), END),)),
    Life("exit-to-job-4-weeks", "four job weeks are an exit although unemployment comes back",
         {0: IDLE, 6: {EXIT: "job"}}, (BEFORE_6, (opening(6, 4), END, 111)),
         (Pay(opening(6), opening(6, 4)),)),
    Life("job-3-weeks", "three job weeks and back: the same spell goes on",
         {0: IDLE, 6: {EXIT: None}}, (BEFORE_6, (opening(6, 3), END, 111)),
         (Pay(opening(6), opening(6, 3)),)),
    Life("exit-to-education", "a young person from dagpenge to SU",
         {0: {"age_group": "16–24"}, 6: {EXIT: "education"}, 7: LEFT_UNEMPLOYMENT},
         (BEFORE_6, (opening(6), END, 651)), born=(22, 0, 12)),
    Life("exit-to-self-support", "26 blank weeks without pay",
         {0: {}, 7: {EXIT: "self_support"}}, ((opening(7, -20), opening(7), 111),)),
    Life("self-support-25-weeks", "25 blank weeks and back: folded into the spell",
         {0: IDLE, 7: {EXIT: None}},
         ((opening(7, -20), opening(7), 111), (opening(7, 25), END, 111))),
    Life("exit-to-supported-job", "from dagpenge to fleksjob",
         {0: {ANY: True, "fleksjob_referred": True, "fleksjob_employed": True},
          6: {EXIT: "supported_job"}},
         (BEFORE_6, (opening(6), END, 771)), (Pay(opening(6), END, "fleksjob", 40),),
         fleksjob=(Fleksjob((6, 2)),)),
    Life("exit-to-sickness", "sickness benefit is another benefit",
         {0: {"state": "sick"}, 6: {EXIT: "other_benefit"}}, (BEFORE_6, (opening(6), END, 890))),
    Life("unknown-code", "code 555 is in no table: another benefit, never a job",
         {0: {"state": "other_benefit"}, 1: {EXIT: "other_benefit"}, 2: LEFT_UNEMPLOYMENT},
         ((opening(1, -20), opening(1), 111), (opening(1), END, 555))),
    Life("abroad", "code 997 censors the spell although the address stands",
         {0: {"state": "not_resident"}, 6: {EXIT: None}}, (BEFORE_6, (opening(6), END, 997))),
    Life("wide-only", "kontanthjælp for those not ready for a job: wide, not narrow",
         {0: {WIDE: True, LTU_WIDE: True}}, ((START, END, 730),)),
    Life("wage-subsidy", "unemployed with a wage subsidy: any job, no ordinary job",
         {0: {**IDLE, ANY: True}}, ((ref(-30), ref(-10), 111), (ref(-10), END, 215)),
         (Pay(ref(-10), END, "løntilskud", 80),)),
    Life("holiday-from-job", "holiday pay earned in a job is a job week",
         {0: {**WORKING, "state": "employed"}}, ((ref(-1), ref(1), 121),), (Pay(START, END),)),
    Life("holiday-while-idle", "holiday pay while unemployed is unemployment",
         {0: IDLE}, ((ref(-20), END, 111), (ref(0), ref(1), 124))),
    Life("only-sheltered-pay", "pay, but none of it ordinary: any job alone",
         {0: {ANY: True}}, pay=(Pay(START, END, "skånejob", 30),)),
    Life("two-employers", "two wage rows a month are one job",
         {0: WORKING}, pay=(Pay(START, END, employers=2),)),
    Life("not-in-dream", "no row in the register: only blank weeks",
         {0: {"state": "self_supporting"}}, in_dream=False),
    Life("dead", "dies while unemployed: censored, and out of the population",
         {0: {"in_P": False, "in_T": False, "state": "dead"}, 3: {EXIT: None, "in_P": False},
          4: {"in_P": True, U: True}},
         ((opening(4, -20), opening(3, 1), 111), (opening(3, 1), END, 999)), died=(3, 8),
         homes=(Home(til=(3, 8)),)),
    Life("moved-out", "moved to Gentofte: out from that month, whatever the weeks say",
         {0: {**IDLE, "in_P": False, "in_T": False}, 2: {"in_P": False},
          3: {"in_P": True, U: True}},
         ((ref(-30), END, 111),),
         homes=(Home(til=(2, 14)), Home((2, 15), district="Udenbys"))),
    Life("moved-in", "weeks before the move count",
         {0: {**LONG, LTU_52: True}, 1: {"in_P": True, **LONG}, 2: {"in_P": False}}, (YEAR,),
         homes=(Home((1, 10), district="Vanløse"),)),
    Life("moved-within", "a new district from the 15th",
         {0: {"district": "Bispebjerg"}, 3: {"district": "Bispebjerg"}, 4: {"district": "Valby"}},
         homes=(Home(til=(3, 14)), Home((3, 15), district="Bispebjerg"))),
    Life("no-district", "an address without a district", {0: {"district": "uoplyst"}},
         homes=(Home(district=None),)),
    Life("two-impairments", "two registrations are one person; the marked one is primary",
         {0: {**WORKING, "primary": "psykisk"}}, pay=(Pay(START, END),),
         impairments=(Impairment(primary=False), Impairment("psykisk", fra=(50, 4)))),
    Life("none-primary", "none is marked: the earliest is primary", {0: {"primary": "syn"}},
         impairments=(Impairment("hørelse", primary=False, fra=(50, 4)),
                      Impairment("syn", primary=False))),
    Life("registration-over", "the registration ended before the last day",
         {0: {"in_T": False}, 1: {"in_T": True}}, impairments=(Impairment(til=(0, 27)),)),
    Life("registration-last-day", "a registration that ends on the last day still covers it",
         {0: {"in_T": True}}, impairments=(Impairment(til=(0, 31)),)),
    Life("comparison", "long unemployed without an impairment",
         {0: {**LONG, LTU_52: True, "in_T": False}}, ((START, END, 112),), impairments=()),
    Life("turned-65", "65 in the last month: out of the age range",
         {0: {"in_P": False, "in_T": False}, 1: {"in_P": True, "in_T": True}}, born=(65, 0, 28)),
    Life("turned-16", "16 two months ago: in the age range from that month",
         {0: {}, 2: {"in_P": True, "in_T": True}, 3: {"in_P": False}}, born=(16, 2, 28)),
    Life("one-off-grant", "an aid without an end lasts to the day before the same date next year",
         {0: {}, 3: {"comp": []}, 4: {"comp": ["hjælpemidler"]}},
         cases=(Case("hjælpemidler", (16, 20), (15, 10), "bevilget", (15, 15)),)),
    Life("two-schemes", "two schemes at once: once in the total",
         {0: {"comp": ["hjælpemidler", "personlig assistance"], **WORKING}}, pay=(Pay(START, END),),
         cases=(Case("personlig assistance", (8, 3), (7, 5), "bevilget", (7, 10)),
                Case("hjælpemidler", (5, 3), (4, 5), "bevilget", (4, 10), (0, 31)))),
    Life("grant-over", "a grant that ended before the last day",
         {0: {}, 1: {"comp": ["mentor"]}},
         cases=(Case("mentor", (8, 3), (7, 5), "bevilget", (7, 10), (0, 27)),)),
    Life("refused-and-open", "one refusal and one open case are no grant", {0: {}},
         cases=(Case("personlig assistance", (5, 3), (4, 5), "afslag"),
                Case("hjælpemidler", (1, 12)))),
    Life("fleksjob-employed", "referred and employed",
         {0: {ANY: True, "fleksjob_referred": True, "fleksjob_employed": True}},
         ((START, END, 771),), (Pay(START, END, "fleksjob", 40),), fleksjob=(Fleksjob((40, 5)),)),
    Life("fleksjob-waiting", "referred, waiting on ledighedsydelse all the year",
         {0: {"fleksjob_referred": True, "ledighedsydelse_long": True, WIDE: True, LTU_WIDE: True}},
         ((START, END, 740),), fleksjob=(Fleksjob(),)),
)
# fmt: on


def leap_lives(last: np.datetime64, count: int) -> tuple[Life, ...]:
    """Those who depend on a 29 February: a grant given on it, and a birthday that falls on it.

    Args:
        last: the last report month.
        count: number of report months.
    """
    final = int(str(last)[:4])
    years = range(final, final - 8, -1)
    february = {year: int((last - np.datetime64(f"{year}-02", "M")).astype(int)) for year in years}
    grants = [life for year in years if (life := _leap_grant(year, february[year], count))]
    birthdays = [life for year in years if (life := _leap_birthday(year, february[year], count))]
    return (*grants[:1], *birthdays[:1])


def _leap_grant(year: int, given: int, count: int) -> Life | None:
    over = given - 12
    if not isleap(year) or not (0 <= over < count - 1 or over < 0 <= given < count):
        return None
    active: Facts = {"comp": ["hjælpemidler"]}
    facts: dict[int, Facts] = {0: active, given: active}
    if over >= 0:
        facts = {0: {}, over + 1: active, over: {"comp": []}}
    grant = Case("hjælpemidler", (given + 2, 9), (given + 1, 8), "bevilget", (given, 29))
    return Life("leap-day-grant", "given on 29 February: counts as 28", facts, cases=(grant,))


def _leap_birthday(year: int, birthday: int, count: int) -> Life | None:
    if not 1 <= birthday < count or not (isleap(year - 65) or isleap(year - 30)):
        return None
    age = 65 if isleap(year - 65) else 30
    younger: Facts = {"in_P": True} if age == 65 else {"age_group": "25–29"}
    older: Facts = {"in_P": False, "in_T": False} if age == 65 else {"age_group": "30–39"}
    facts: dict[int, Facts] = {0: older if age == 65 else {}, birthday: younger}
    why = "born on 29 February: a year older on 1 March in a common year"
    facts[birthday - 1] = older
    return Life("leap-day-birthday", why, facts, born=(age, birthday, 29))
