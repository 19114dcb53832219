"""What the desk's corner shows."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def idle_seconds() -> int:
    """Seconds without a touch until the desk locks itself."""
    return int(settings.STAFF_IDLE)
