"""`{{ body|place_name }}`, `{{ body|place_address }}`, `{{ point|place_note }}`, hours, calls."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baqylau.institutions import hours, labels
from baqylau.institutions.models import Institution, ServicePoint

register = template.Library()


def _marked(said: labels.Said) -> SafeString:
    if said.lang:
        return format_html('<span lang="{}">{}</span>', said.lang, said.text)
    return format_html("{}", said.text)


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
