"""People who do not exist: birth date, sex, CPR number that is never issued, residence spells.

Here belongs: who there is and where they live. Here does not belong: weeks, work, cases.

Every CPR number has an ordinary birth date other than 1 January, a seventh digit that agrees with
the year, a last digit that agrees with the sex, and fails modulus 11.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic.timeline import Days, Ints, Timeline
from synthetic.writing import coded

CHUNK = 50_000
SLOTS = 12
MAX_CHUNKS = 82
DISTRICTS = (
    "Indre By",
    "Østerbro",
    "Nørrebro",
    "Vesterbro/Kgs. Enghave",
    "Valby",
    "Vanløse",
    "Brønshøj-Husum",
    "Bispebjerg",
    "Amager Øst",
    "Amager Vest",
    "Udenbys",
)
DISTRICT_SHARE = (0.09, 0.13, 0.13, 0.12, 0.10, 0.07, 0.07, 0.09, 0.10, 0.10)
ELSEWHERE = 10
OWN_MUNICIPALITY = 101
NEIGHBOURS = (147, 157, 167, 173, 185)
BANDS = ((0, 1.0), (16, 0.9), (20, 2.0), (25, 2.6), (35, 1.65), (45, 1.4), (55, 1.05))
OLD_BANDS = ((65, 0.95), (75, 0.5), (85, 0.2))
CPR_WEIGHTS = np.array([4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
ISSUED_DIGITS = (
    (1900, 1936, (0, 1, 2, 3)),
    (1937, 1999, (0, 1, 2, 3, 4, 9)),
    (2000, 2036, (4, 5, 6, 7, 8, 9)),
    (2037, 2057, (5, 6, 7, 8)),
)
NEVER = np.datetime64("NaT", "D")

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class People:
    """One chunk of people; every array has one entry a person.

    `arrived` is the first day in the municipality, `left` the day after the last (NaT: stays),
    `abroad` tells that whoever left went out of the country, `died` is NaT for the living.
    """

    birth: Days
    man: Bools
    cpr: Ints
    arrived: Days
    left: Days
    abroad: Bools
    died: Days
    moves: Days
    districts: Ints

    def __len__(self) -> int:
        return len(self.birth)

    def cpr_column(self) -> pa.Array:
        """The CPR numbers as ten digits."""
        return cpr_text(self.cpr)


def cpr_text(cpr: Ints) -> pa.Array:
    """Ten-digit text of CPR numbers kept as integers."""
    digits = (cpr[:, None] // 10 ** np.arange(9, -1, -1)) % 10 + ord("0")
    raw = np.ascontiguousarray(digits.astype(np.uint8))
    offsets = np.arange(0, 10 * len(cpr) + 1, 10, dtype=np.int32)
    return pa.StringArray.from_buffers(len(cpr), pa.py_buffer(offsets), pa.py_buffer(raw))


def make_cpr(birth: Days, man: Bools, slots: Ints) -> Ints:
    """CPR numbers for birth dates, sexes and slots; distinct (date, sex, slot) never collide.

    A slot is a pair of serials that differ by one in the tens digit, of which at least one fails
    modulus 11; that one is taken. There are 1,000 slots or more for each date and sex.
    """
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    month = birth.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (birth - birth.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1
    date_part = day * 10_000 + month * 100 + year % 100
    serial = np.zeros(len(birth), np.int64)
    for first, last, digits in ISSUED_DIGITS:
        chosen = (year >= first) & (year <= last)
        size = 250 * len(digits)
        mixed = (slots[chosen] * 617 + date_part[chosen] * 7) % size
        century = np.array(digits)[mixed // 250]
        hundreds, pair, unit = mixed // 25 % 10, mixed // 5 % 5, mixed % 5
        last_digit = 2 * unit + man[chosen]
        serial[chosen] = century * 1000 + hundreds * 100 + pair * 20 + last_digit
    cpr = date_part * 10_000 + serial
    return np.asarray(np.where(passes_modulus_11(cpr), cpr + 10, cpr), np.int64)


def passes_modulus_11(cpr: Ints) -> Bools:
    """Whether the weighted digit sum is divisible by eleven."""
    digits = (cpr[:, None] // 10 ** np.arange(9, -1, -1)) % 10
    return np.asarray((digits @ CPR_WEIGHTS) % 11 == 0)


def make_people(rng: np.random.Generator, count: int, chunk: int, line: Timeline) -> People:
    """Draw one chunk of people of all ages from 0 to 95.

    Args:
        rng: the chunk's own generator.
        count: people in the chunk, at most `CHUNK`.
        chunk: number of the chunk, 0 to `MAX_CHUNKS` - 1; keeps CPR numbers of chunks apart.
        line: the range.
    """
    birth = _birth_dates(rng, count, line)
    man = rng.random(count) < 0.495
    birth, rank = _within_slots(birth, man)
    cpr = make_cpr(birth, man, SLOTS * (chunk + 1) + rank)
    age = (line.end - birth).astype(np.int64) / 365.25
    hazard = np.select([age < 60, age < 75, age < 85], [0.0012, 0.012, 0.045], 0.13)
    died = _event(rng, count, hazard, line)
    arrived = _arrivals(rng, birth, line)
    left = _event(rng, count, np.where(age < 65, 0.03, 0.008), line)
    left = np.where(left > np.maximum(arrived, birth) + 30, left, NEVER)
    died = np.where(died > np.maximum(birth, arrived) + 30, died, NEVER)
    left = np.where(died <= left, NEVER, left)
    moves = np.sort(
        np.stack([_event(rng, count, np.full(count, 0.05), line) for _ in range(2)]), axis=0
    )
    districts = np.empty((3, count), np.int64)
    cumulative = np.cumsum(DISTRICT_SHARE)
    districts[0] = np.searchsorted(cumulative, rng.random(count) * cumulative[-1])
    for move in (1, 2):
        districts[move] = (districts[move - 1] + rng.integers(1, ELSEWHERE, count)) % ELSEWHERE
    abroad = rng.random(count) < 0.4
    return People(birth, man, cpr, arrived, left, abroad, died, moves, districts)


def population_table(rng: np.random.Generator, people: People, line: Timeline) -> pa.Table:
    """Residence spells: one for each address in the municipality, one for a neighbour after it."""
    count = len(people)
    last = np.where(np.isnat(people.left), people.died, people.left - 1)
    stop = np.where(np.isnat(last), line.end + np.timedelta64(4000, "D"), last)
    start = people.arrived
    pieces = []
    for number in range(3):
        following = people.moves[number] if number < 2 else np.full(count, NEVER)
        usable = ~np.isnat(following) & (following > start + 14) & (following < stop - 14)
        until = np.where(usable, following - 1, stop)
        pieces.append((start, until, people.districts[number], np.arange(count)))
        keep = np.flatnonzero(usable)
        start = np.where(usable, following, NEVER)
        if not len(keep):
            break
    gone = np.flatnonzero(~np.isnat(people.left) & ~people.abroad)
    pieces.append(
        (
            people.left[gone],
            np.full(len(gone), line.end + 4000),
            np.full(len(gone), ELSEWHERE),
            gone,
        )
    )
    fra, til, district, person = (np.concatenate(part) for part in zip(*pieces, strict=True))
    order = np.lexsort((fra, person))
    order = order[~np.isnat(fra[order])]
    fra, til, district, person = fra[order], til[order], district[order], person[order]
    til = np.where(til > line.end, NEVER, til)
    codes = np.full(len(person), OWN_MUNICIPALITY, np.int64)
    away = district == ELSEWHERE
    codes[away] = np.array(NEIGHBOURS)[rng.integers(0, len(NEIGHBOURS), int(away.sum()))]
    return population_columns(
        people.cpr[person],
        people.birth[person],
        people.man[person],
        codes,
        district,
        (fra, til, people.died[person]),
    )


def population_columns(
    cpr: Ints,
    birth: Days,
    man: Bools,
    municipality: Ints,
    district: Ints,
    dates: tuple[Days, Days, Days],
) -> pa.Table:
    """The population table; `dates` are first day, last day (NaT: lasts) and day of death."""
    fra, til, died = (part.astype("datetime64[D]") for part in dates)
    return pa.table(
        {
            "cpr": cpr_text(cpr),
            "foedselsdato": pa.array(birth.astype("datetime64[D]")),
            "koen": coded(np.where(man, 0, 1), ("M", "K")),
            "kommunekode": pa.array(municipality.astype(np.int16)),
            "bydel": coded(district, DISTRICTS),
            "fra": pa.array(fra),
            "til": pa.array(til),
            "doedsdato": pa.array(died),
        }
    )


def _birth_dates(rng: np.random.Generator, count: int, line: Timeline) -> Days:
    ages = np.arange(96)
    bands = BANDS + OLD_BANDS
    weight = np.array(
        [bands[i][1] for i in np.searchsorted([b[0] for b in bands], ages, "right") - 1]
    )
    cumulative = np.cumsum(weight)
    age = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], "right")
    days = np.floor(age * 365.25).astype(np.int64) + rng.integers(1, 366, count)
    return _not_new_year(line.end - days)


def _not_new_year(birth: Days) -> Days:
    new_year = birth == birth.astype("datetime64[Y]").astype("datetime64[D]")
    return np.where(new_year, birth + 1, birth)


def _within_slots(birth: Days, man: Bools) -> tuple[Days, Ints]:
    """Number people of the same date and sex; whoever is number `SLOTS` is born a day earlier."""
    while True:
        order = np.lexsort((man, birth))
        key_date, key_sex = birth[order], man[order]
        fresh = np.ones(len(order), bool)
        fresh[1:] = (key_date[1:] != key_date[:-1]) | (key_sex[1:] != key_sex[:-1])
        firsts = np.flatnonzero(fresh)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(firsts, np.diff([*firsts, len(order)]))
        over = rank >= SLOTS
        if not over.any():
            return birth, rank
        earlier = birth[over] - 1
        new_year = earlier == earlier.astype("datetime64[Y]").astype("datetime64[D]")
        birth = birth.copy()
        birth[over] = np.where(new_year, earlier - 1, earlier)


def _event(rng: np.random.Generator, count: int, yearly: Floats, line: Timeline) -> Days:
    """The day of a rare event within the range, or NaT."""
    happens = rng.random(count) < yearly * line.years
    day = line.start + rng.integers(0, len(line.mondays) * 7, count)
    return np.where(happens, day, NEVER)


def _arrivals(rng: np.random.Generator, birth: Days, line: Timeline) -> Days:
    count = len(birth)
    lived = np.maximum((line.start - birth).astype(np.int64), 1)
    earlier = birth + (rng.random(count) * lived).astype(np.int64)
    native = rng.random(count) < 0.45
    arrived = np.where(native | (birth >= line.start), birth, np.minimum(earlier, line.start))
    newcomer = _event(rng, count, np.full(count, 0.03), line)
    return np.where(~np.isnat(newcomer) & (newcomer > birth), newcomer, arrived)
