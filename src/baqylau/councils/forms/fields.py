"""Fields that several forms of the module share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.documents.cells import clean
from baqylau.institutions.labels import name
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing
from baqylau.kernel import clock

NAMED = 5
"""Bodies that are named when several fit."""
LONG = forms.Textarea(attrs={"rows": 6})


class Line(forms.CharField):
    """One line of text, cleaned of invisible signs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - a field's options
        super().__init__(**{"max_length": 240, "required": False, **options})

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The text without invisible signs and double spaces."""
        return " ".join(clean(super().clean(value) or "").split())


class InstitutionField(BodyField):
    """A body by its code or a part of its name; gives the row, or None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - a field's options
        hint = _("Its name, a part of it, or its code.")
        super().__init__(**{"max_length": 200, "required": False, "help_text": hint, **options})

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The body. Raises: ValidationError for none, and naming those that fit for several."""
        try:
            code = super().clean(value)
        except forms.ValidationError as error:
            if error.code != "several":
                raise
            fit = listing(Places(query=str(value)), clock.today())[:NAMED]
            raise forms.ValidationError(
                _("Several bodies fit. Write more of the name, or a code: %(bodies)s"),
                code="several",
                params={"bodies": "; ".join(f"{name(row)} – {row.code}" for row in fit)},
            ) from error
        return Institution.objects.select_related("district").get(code=code) if code else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The code of a stored body, or what was typed."""
        return value.code if isinstance(value, Institution) else value


def offer(form: forms.Form, of: str, choices: list[tuple[str, Any]]) -> None:
    """Give a list of the form what to choose from."""
    field = form.fields[of]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
