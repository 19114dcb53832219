"""The individual identification number: twelve digits that a slip of the finger breaks.

Source: Rules on forming the identification number, resolution of the Government No. 406 of
22.05.2007 (that they exist was found in a register; the digits were compared with several public
programs, not with the text of the Rules).
"""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.text import tidy

FIELD: Final = "applicant_iin"
LENGTH: Final = 12
_FIRST: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_UNUSED: Final = 10
"""A remainder of ten in both passes: such numbers are not given out."""
_CENTURIES: Final = {
    "0": (1900, 2000),  # foreigners: the digit names no century
    "1": (1800,),
    "2": (1800,),
    "3": (1900,),
    "4": (1900,),
    "5": (2000,),
    "6": (2000,),
}
_OLDEST: Final = 125
"""Years that nobody has lived longer than."""


def clean_iin(text: str, today: date) -> str:
    """The number without spaces, "" for none.

    Raises: DomainError for another count of digits, a birthday that is none, or a wrong check
    digit.
    """
    digits = re.sub(r"[\s.\-]", "", tidy(text, 60))
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise DomainError(_("The number has twelve digits and nothing else."), field=FIELD)
    if check_digit(digits) != int(digits[-1]):
        raise DomainError(
            _("A digit is wrong: the last one does not fit the others. Compare with the paper."),
            field=FIELD,
        )
    if not _can_be_born(digits, today):
        raise DomainError(
            _("The first digits are no birthday: year, month, day. Compare with the paper."),
            field=FIELD,
        )
    return digits


def check_digit(digits: str) -> int | None:
    """The twelfth digit that belongs to the first eleven; None where no number is given out."""
    for weights in (_FIRST, _SECOND):
        rest = sum(
            int(digit) * weight for digit, weight in zip(digits[:-1], weights, strict=True)
        ) % len(_FIRST)
        if rest != _UNUSED:
            return rest
    return None


def _can_be_born(digits: str, today: date) -> bool:
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    for century in _CENTURIES.get(digits[6], ()):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= today and today.year - born.year <= _OLDEST:
            return True
    return False
