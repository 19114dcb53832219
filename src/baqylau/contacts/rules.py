"""What is decided about names, phones and times without asking anybody."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat

from baqylau.kernel.errors import DomainError
from baqylau.text import tidy

HOME = "KZ"
"""The country of a number that is written without its country's code."""
HOME_CODE = 7
HOME_DIGITS = 10
PHONE_LIMIT = 80
"""Characters of a pasted phone that are read."""
NAME_LIMIT = 120

_HABITS = (
    (re.compile(r"^\+8(?=7\d{9}$)"), "+7"),  # the trunk 8 with a plus before it
    (re.compile(r"^810(?=\d{8})"), "+"),  # dialled abroad from here
    (re.compile(r"^00(?=\d{8})"), "+"),
)
"""How people write a number that no standard knows, each with what they mean."""


class PhoneError(DomainError):
    """What was typed is no phone number."""

    code = "phone"


def normal_phone(text: str) -> str:
    """A phone in the one spelling that all others lead to: +77011234567.

    Raises: PhoneError when it is none, or names an extension, which would be lost.
    """
    line = tidy(text, PHONE_LIMIT)
    compact = re.sub(r"[\s()./~-]+", "", line)
    for habit, meant in _HABITS:
        compact = habit.sub(meant, compact)
    try:
        number = phonenumbers.parse(compact, HOME)
    except NumberParseException as error:
        raise PhoneError(
            _("This is no phone number. Write it like this: +7 701 123 45 67."), field="phone"
        ) from error
    if number.extension:
        raise PhoneError(_("Write the phone without an extension."), field="phone")
    # Possible, not known to be given out: tables of operators' ranges are older than the ranges.
    is_home = number.country_code == HOME_CODE
    size = len(phonenumbers.national_significant_number(number))
    if not phonenumbers.is_possible_number(number) or (is_home and size != HOME_DIGITS):
        raise PhoneError(
            _("This phone number has too few or too many digits: %(phone)s."),
            field="phone",
            params={"phone": line},
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """A normal phone as people read it: +7 701 123 4567."""
    return phonenumbers.format_number(
        phonenumbers.parse(phone, None), PhoneNumberFormat.INTERNATIONAL
    )


def clean_name(text: str) -> str:
    """A name on one line, without invisible signs.

    Raises: DomainError when no letter is left, or it is too long.
    """
    name = tidy(text, NAME_LIMIT + 1)
    if not any(sign.isalpha() for sign in name):
        raise DomainError(_("Write a name, or leave the visitor without one."), field="name")
    if len(name) > NAME_LIMIT:
        raise DomainError(
            _("The name is too long: at most %(limit)s characters."),
            field="name",
            params={"limit": NAME_LIMIT},
        )
    return name


def kept_until(touched_on: date, keep_days: int) -> date:
    """The last day on which a contact is kept, counted from the last visit."""
    return touched_on + timedelta(days=keep_days)


METHOD = _(
    "Nobody has to give a name. The lower number counts the different people who agreed to be "
    "known. The upper number adds every visit without a name, as if each were another person."
)
"""How the range of people is made, for whoever reads it."""


@dataclass(frozen=True, slots=True)
class People:
    """How many people came: at least `lower`, at most `upper`, and how that is known."""

    lower: int
    upper: int
    method: str | Promise = METHOD


def people_range(known: int, unnamed_visits: int) -> People:
    """How many people stand behind `known` distinct contacts and visits without a name.

    Raises: ValueError for a negative count.
    """
    if known < 0 or unnamed_visits < 0:
        raise ValueError("a count is never negative")
    return People(lower=known, upper=known + unnamed_visits)
