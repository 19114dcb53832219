"""Small helpers for templates; builtin, so that no page needs to load them."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.urls import reverse
from django.utils import formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baqylau.web import quiet, strangers
from baqylau.web.forms import Needed

register = template.Library()


@register.simple_tag
def in_language(code: str, name: str, *args: object) -> str:
    """The address of the named page in another language."""
    with translation.override(code):
        return reverse(name, args=args)


@register.simple_tag
def form_token(purpose: str) -> SafeString:
    """The hidden field of a form of the public site, which has no cookie; see `strangers`."""
    value = strangers.token(purpose)
    return format_html('<input type="hidden" name="{}" value="{}">', strangers.FIELD, value)


@register.filter
def number(value: float) -> str:
    """A number with its thousands set apart, as the reader's language does it."""
    return formats.number_format(value, force_grouping=True)


@register.filter
def page_numbers(page: Page[object]) -> Iterator[int]:
    """The page numbers to show; 0 stands for those left out between them."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        yield number if isinstance(number, int) else 0


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the field's first control, where a link from the error summary leads."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def need(field: BoundField) -> str:
    """What stands beside the label of a field that may be empty; "" where it may not."""
    if field.field.required:
        return ""
    when = field.field.when if isinstance(field.field, Needed) else ""
    return str(when) or gettext("not required")


@register.inclusion_tag("web/components/sort.html", takes_context=True)
def sort_heading(
    context: Context, name: str, label: str, numeric: bool = False
) -> dict[str, object]:
    """A column heading that sorts by `?sort=name`, and by `?sort=-name` when pressed again."""
    query: QueryDict = context["request"].GET.copy()
    now = query.get("sort", "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    query["sort"] = f"-{name}" if now == name else name
    query.pop("page", None)
    url = f"?{query.urlencode()}"
    return {"label": label, "url": url, "direction": direction, "numeric": numeric}


@register.inclusion_tag("web/components/month.html")
def month_calendar() -> dict[str, object]:
    """This month on one quiet page."""
    return quiet.calendar()
