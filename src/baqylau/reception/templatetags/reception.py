"""`{{ row.number|consultation_reference }}`: a number as it stands in addresses.

`{{ words|in_both }}`: Kazakh and Russian beside each other, on paper for everybody.
`{{ text|unbroken }}`: no line ends within a number, or between it and its unit.
`{{ address|at_strokes }}`: a line ends behind a stroke of an address, and not within a word of it.
"""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from baqylau import text
from baqylau.reception.rules.numbers import reference

register = template.Library()


@register.filter
def consultation_reference(number: str) -> str:
    """2026-000123 of К-2026-000123; the numbers of cases too."""
    return reference(number)


@register.filter
def in_both(said: tuple[str, str]) -> SafeString:
    """The Kazakh and the Russian words, each marked with its language."""
    return format_html('<span lang="kk">{}</span> · <span lang="ru">{}</span>', *said)


@register.filter
def unbroken(said: str) -> str:
    """The text with no-break spaces within numbers and before their units."""
    return text.unbroken(said)


@register.filter
def at_strokes(address: str) -> SafeString:
    """The address with a place to end the line behind each stroke."""
    pieces = re.split(r"(?<=[^/]/)(?=[^/])", address)
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in pieces))
