"""`{{ event|spoken:"topic" }}`, `{{ campaign.until_on|day_before }}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baqylau.kernel.period import day_before
from baqylau.outreach.queries.words import Words, words

register = template.Library()
register.filter(day_before)


def _marked(said: Words) -> SafeString:
    if not said.lang:
        return format_html("{}", said.text)
    return format_html('<span lang="{}">{}</span>', said.lang, said.text)


@register.filter
def spoken(row: object, field: str) -> SafeString:
    """A text of the row, marked with its language when it is not the page's."""
    return _marked(words(row, field))
