"""`{{ body|place_name }}`, `{{ body|place_address }}`, `{{ point|place_note }}`, hours, calls."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from baqylau.institutions import hours, labels
from baqylau.institutions.models import Institution, ServicePoint

register = template.Library()


HOUSE = re.compile(r"(\w*\d[\w/]*-\w{1,10})(?!\w)")
"""A number with its ending, as in «59-үй» or «5-бөлме»."""


def _marked(said: labels.Said) -> SafeString:
    if said.lang:
        return format_html('<span lang="{}">{}</span>', said.lang, _unbroken(said.text))
    return _unbroken(said.text)


def _unbroken(text: str) -> SafeString:
    """The text; a number and its ending stay on one line."""
    parts = HOUSE.split(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="keep">{}</span>', part) if at % 2 else part,)
            for at, part in enumerate(parts)
        ),
    )


@register.filter
def place_name(of: Institution | ServicePoint) -> SafeString:
    """The name, marked with its language when it is not the page's."""
    return _marked(labels.name(of))


@register.filter
def place_address(of: Institution | ServicePoint) -> SafeString:
    """The address, marked with its language when it is not the page's."""
    return _marked(labels.address(of))


@register.filter
def place_note(of: ServicePoint) -> SafeString:
    """The remark about a point."""
    return _marked(labels.note(of))


@register.filter
def hours_lines(of: Institution | ServicePoint) -> list[tuple[str, str]]:
    """Days and times."""
    return hours.lines(of.hours)


@register.filter
def dialled(phone: str) -> str:
    """What a telephone dials: the first number in the text, digits and a leading plus only."""
    return re.sub(r"[^\d+]", "", re.split(r"[,;/]", phone)[0])
