"""`{{ service|service_said }}`, `{{ territory|district_said }}`, `{{ names|colleague:key }}`."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
