"""What a text must not hold that others will read: telephones and numbers of persons."""

import re
from datetime import date

PHONE = re.compile(r"(?<!\d)(?:\+7|8|7)[\s().-]*7\d{2}(?:[\s().-]*\d){7}(?!\d)")
"""A mobile telephone of Kazakhstan, however it is set apart. Source: ITU-T E.164, country code 7,
zone 7; the national numbering plan gives mobile networks the codes 7XX."""
TWELVE = re.compile(r"(?<!\d)\d{12}(?!\d)")
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
"""The seventh digit of a person's number: sex and century of birth.
Source: rules of forming identification numbers of the Republic of Kazakhstan."""


def personal(text: str) -> str:
    """The first telephone or identification number of a person in a text; "" when it has none."""
    if found := PHONE.search(text):
        return found[0]
    for each in TWELVE.finditer(text):
        if _is_person(each[0]):
            return each[0]
    return ""


def _is_person(digits: str) -> bool:
    """Whether it begins with a day of birth, as a person's does and an organisation's does not."""
    century = CENTURIES.get(digits[6])
    if century is None:
        return False
    try:
        date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True
