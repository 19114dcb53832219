"""What the desk's corner shows."""

from django import template

from baqylau.web import queries

register = template.Library()


@register.simple_tag
def idle_seconds() -> int:
    """Seconds without a touch until the desk locks itself."""
    return queries.idle_seconds()
