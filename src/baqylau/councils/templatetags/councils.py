"""Texts in the reader's language, `{{ row|told:"name" }}`; overdue days, `{% overdue_said 3 %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from baqylau.councils.queries.said import said

register = template.Library()


@register.filter
def told(row: object, field: str) -> str | SafeString:
    """The field in the active language, in a marked run when it is in another."""
    found = said(row, field)
    if found.lang:
        return format_html('<span lang="{}">{}</span>', found.lang, found.text)
    return found.text


@register.filter
def plain(row: object, field: str) -> str:
    """The field in the active language as plain text, for titles."""
    return said(row, field).text


@register.simple_tag
def overdue_said(days: int) -> str:
    """How long it is overdue, in calendar days."""
    return ngettext("overdue by %(days)s day", "overdue by %(days)s days", days) % {"days": days}
