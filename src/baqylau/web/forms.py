"""Forms: one renderer for all, and one way to show a refusal inside a form."""

from django.forms import Form
from django.forms.renderers import TemplatesSetting

from baqylau.kernel.errors import DomainError


class Renderer(TemplatesSetting):
    """Draws every form and field with our own components."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "web/forms/field.html"


def add_refusal(form: Form, error: DomainError) -> None:
    """Show what the domain refused: beside its field, or above the form when it has none."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.message)
