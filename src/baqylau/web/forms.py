"""Forms: one renderer for all, shared widgets, and one way to show a refusal inside a form."""

from django import forms
from django.forms.renderers import TemplatesSetting

from baqylau.kernel.errors import DomainError


class Renderer(TemplatesSetting):
    """Draws every form and field with our own components."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "web/forms/field.html"


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


def _day(text: str) -> str:
    """The day in the form that browsers want; "" when it is none."""
    try:
        return str(forms.DateField().to_python(text))
    except forms.ValidationError:
        return ""


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Show what the domain refused: beside its field, or above the form when it has none."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.message)
