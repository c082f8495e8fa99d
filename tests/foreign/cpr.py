"""CPR numbers that nobody has: right birth date, century and sex digit, failing modulus 11.

Numbers of people in the made deliveries come from here alone. Since the serial fails modulus 11
and the birth date is an ordinary one other than 1 January, no such number was issued.
"""

from __future__ import annotations

from datetime import date

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def century_digits(year: int) -> str:
    """The digits that may stand seventh for a birth year from 1900 to 2036."""
    if year < 1937:
        return "0123"
    if year < 2000:
        return "012349"
    return "456789"


def passes_modulus_11(number: str) -> bool:
    """Whether the weighted sum of ten digits is divisible by 11."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True))
    return total % 11 == 0


def cpr_number(birth: date, sex: str, start: int) -> str:
    """The first number at or after a place in the row of serials that fails modulus 11.

    `sex` is `M` or `K`. The same start gives the same number; two starts may give one number.
    """
    if (birth.month, birth.day) == (1, 1):
        raise ValueError("made people are not born on 1 January")
    digits = century_digits(birth.year)
    odd = 1 if sex == "M" else 0
    while True:
        serial = digits[start % len(digits)] + f"{start // len(digits) % 1000:03d}"
        number = birth.strftime("%d%m%y") + serial
        if int(serial) % 2 == odd and not passes_modulus_11(number):
            return number
        start = start + 1
