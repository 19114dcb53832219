"""How promises are said at the desk: `{{ row.promise|promised }}`."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from baqylau.reports.rules.states import Promise

register = template.Library()


@register.filter
def late_on(promise: Promise | None, today: date) -> bool:
    """Whether a promise is overdue on the day."""
    return promise is not None and promise.is_late(today)


@register.filter
def promised(promise: Promise) -> str:
    """What we owe the reporter, before the day by which we do."""
    if promise.code == "acknowledge":
        return _("acknowledge by")
    return _("feedback by")


@register.filter
def called(names: Mapping[str, str], key: str) -> str:
    """A colleague's name by the opaque key; its beginning for an account that is gone."""
    return names.get(key) or key[:8]
