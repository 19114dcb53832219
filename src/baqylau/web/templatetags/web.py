"""Small helpers for templates; builtin, so that no page needs to load them."""

from django import template
from django.urls import reverse
from django.utils import translation

register = template.Library()


@register.simple_tag
def in_language(code: str, name: str, *args: object) -> str:
    """The address of the named page in another language."""
    with translation.override(code):
        return reverse(name, args=args)
