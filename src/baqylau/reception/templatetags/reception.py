"""`{{ row.number|consultation_reference }}`: a number as it stands in addresses."""

from django import template

from baqylau.reception.rules.numbers import reference

register = template.Library()


@register.filter
def consultation_reference(number: str) -> str:
    """2026-000123 of К-2026-000123; the numbers of cases too."""
    return reference(number)
