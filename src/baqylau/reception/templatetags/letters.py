"""`{{ letter|letter_kind }}`: what kind of letter it is."""

from django import template

from baqylau.reception.models import Letter
from baqylau.reception.queries.letters import kind

register = template.Library()


@register.filter
def letter_kind(letter: Letter) -> str:
    """What kind of letter it is."""
    return str(kind(letter).label)
