"""How cases, services, districts, colleagues and files are said: `{{ service|service_said }}`."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baqylau.casework.models import Attachment
from baqylau.casework.queries.showing import ShownStep
from baqylau.catalogue.models import PublicService
from baqylau.catalogue.queries.published import name_language, name_of
from baqylau.territories.labels import full_name, language
from baqylau.territories.models import Territory

register = template.Library()


@register.filter
def service_said(service: PublicService) -> SafeString:
    """The service's name, marked with its language when it is not the page's."""
    now = language()
    said, of = name_of(service, now), name_language(service, now)
    if of == now:
        return format_html("{}", said)
    return format_html('<span lang="{}">{}</span>', of, said)


@register.filter
def district_said(territory: Territory) -> str:
    """The district's full name."""
    return full_name(territory)


@register.filter
def colleague(names: Mapping[str, str], key: str) -> str:
    """The colleague's name by the opaque key, "" for nobody."""
    return names.get(key, "")


@register.filter
def file_said(file: Attachment) -> str:
    """The file by its number, kind and size: "File 1, PDF, 240 KB"."""
    kilobytes = -(-file.size // 1024)
    said = {"number": file.number, "kind": file.get_kind_display(), "size": kilobytes}
    return _("File %(number)s, %(kind)s, %(size)s KB") % said


@register.filter
def step_said(steps: Iterable[ShownStep], number: int) -> str:
    """What the step with the number is."""
    return next((s.step.get_kind_display() for s in steps if s.step.number == number), "")
