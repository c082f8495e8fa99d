"""What a plan stands on: whom it is about, how far it reaches, the law, the papers and the public figures.

Belongs here: what is stated once and does not move. Not here: what is done (`activities`) or kept (`promises`).
"""

from __future__ import annotations

from plans.parts import Model, Moment, Part, Requirements, Text, last_day


class Wording(Part):
    """One version of the words for whom the plan is about; `title` says which, `source` where it stands. The figures use the
    rule of `indicators.people`, whatever the wording."""

    words: Text
    source: Text
    valid_from: Moment | None = None


class Scope(Part):
    """What the plan is about and what it leaves to others."""

    inside: tuple[Text, ...]
    outside: tuple[Text, ...] = ()


class Request(Part):
    """The budget request a plan is: the category it was filed under, one of `categories`."""

    category: Text
    categories: tuple[Text, ...]


class Geography(Part):
    """Where the plan applies; `districts` are those the paper lists, whether or not it marks them."""

    citywide: bool
    districts: tuple[Text, ...] = ()


class LegalBreak(Part):
    """A change of law or of who does what. `when` is None where the paper gives no date; `is_expected` for one that was only
    announced. Which series it parts is the catalogue's to say: those with a break in its month."""

    when: Moment | None = None
    source: Text
    is_expected: bool = False

    @property
    def month(self) -> str | None:
        """The first month after it, `2024-01`; None where there is none to part a series at."""
        return None if self.is_expected or self.when is None else f"{last_day(self.when):%Y-%m}"


class SourceRecord(Part):
    """A paper the plan is held against: date, journal number, who made it, what paid for it, its chapters and basis."""

    dated: Moment
    journal_number: str = ""
    author: str = ""
    funding: str = ""
    chapters: tuple[Text, ...] = ()
    basis: str = ""


class Finding(Part):
    """What a paper says that the municipality's own figures stand beside; `indicators` are ids of the catalogue, empty where
    nothing delivered can tell it, which `note` then says."""

    source: Text
    indicators: tuple[Text, ...] = ()


class Reference(Model):
    """A public figure of `national.csv` shown beside the plan, clearly apart: its id and year there."""

    figure: Text
    year: int | None = None
    requirements: Requirements = ()
