"""What holds for a whole file and cannot be known from one cell: assumed in a pass, confirmed or refuted by it.

Belongs here: the assumptions, what a pass met, and the better assumptions after it. Does not belong
here: reading cells (`values`, `cpr`), repeating the pass (`loading`, `dream.loading`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class FileForm:
    """What holds for a whole file: taken for granted in a pass, and confirmed or refuted by it."""

    decimal_comma: bool = True
    cpr_number_column: bool = True
    degree_is_share: bool = False


@dataclass
class Seen:
    """What a pass met, added up over batches; decides whether its `FileForm` was right."""

    decimal_comma: bool = False
    ambiguous_number: bool = False
    cpr_leading_zero: bool = False
    cpr_nine_digits: bool = False
    highest_degree: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, number: int) -> None:
        """Add `number` to the count called `name`."""
        self.counts[name] = self.counts.get(name, 0) + number

    def add(self, other: Seen) -> None:
        """Add what another part of the pass met."""
        self.decimal_comma |= other.decimal_comma
        self.ambiguous_number |= other.ambiguous_number
        self.cpr_leading_zero |= other.cpr_leading_zero
        self.cpr_nine_digits |= other.cpr_nine_digits
        self.highest_degree = max(self.highest_degree, other.highest_degree)
        for name, number in other.counts.items():
            self.count(name, number)


def corrected(form: FileForm, seen: Seen) -> FileForm | None:
    """The form the file turned out to have, when reading it so would give something else."""
    better = form
    if seen.ambiguous_number and not seen.decimal_comma:
        better = replace(better, decimal_comma=False)
    if seen.cpr_nine_digits and seen.cpr_leading_zero:
        better = replace(better, cpr_number_column=False)
    if 0 < seen.highest_degree <= 1:
        better = replace(better, degree_is_share=True)
    return better if better != form else None
