"""Forms: one renderer for all, shared widgets, and one way to show a refusal inside a form."""

import re
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError, RefusalsError

LIKE_A_DAY: Final = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{1,2}-\d{1,2}", re.ASCII
)
"""The spellings in which a day may be typed, whether or not there is such a day."""
NO_SUCH_DAY: Final = _("There is no such day in the calendar. Look at day, month and year again.")


class Renderer(TemplatesSetting):
    """Draws every form and field with our own components."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "web/forms/field.html"


class Needed(forms.Field):
    """A field that may be saved empty for now; `when` says what it is needed for in the end.

    That stands beside its label, where other fields that may be empty say "not required".
    """

    def __init__(self, *, when: Any = "", **options: Any) -> None:  # noqa: ANN401 - lazy text, a field's options
        super().__init__(**{"required": False, **options})
        self.when = when


class NeededText(Needed, forms.CharField):
    """A text that is needed in the end."""


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar; without it, 27.11.2026 may be typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """As a plain text field when what was typed is no day: browsers would drop the words."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown:
            day = _day(str(shown))
            context["widget"] |= {"value": day} if day else {"type": "text"}
        return context


class DayField(forms.DateField):
    """A day; one that looks like a day and stands in no calendar is told from another spelling."""

    widget = DayInput

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """The day. Raises: ValidationError, with its own sentence for 30 February."""
        try:
            found = super().to_python(value)
        except forms.ValidationError:
            if LIKE_A_DAY.fullmatch(str(value).strip()):
                raise forms.ValidationError(NO_SUCH_DAY, code="invalid") from None
            raise
        if found == date.max:
            # A span up to this day would end on the day after it, which no calendar has.
            raise forms.ValidationError(NO_SUCH_DAY, code="invalid")
        return found


def _day(text: str) -> str:
    """The day in the form that browsers want; "" when it is none."""
    try:
        return str(forms.DateField().to_python(text))
    except forms.ValidationError:
        return ""


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Show what the domain refused: beside its field, or above the form when it has none."""
    for each in error.refusals if isinstance(error, RefusalsError) else (error,):
        form.add_error(each.field if each.field in form.fields else None, each.message)
