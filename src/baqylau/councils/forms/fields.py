"""Fields that several forms of the module share."""

from typing import Any

from django import forms

from baqylau.documents.cells import clean

LONG = forms.Textarea(attrs={"rows": 6})


class Line(forms.CharField):
    """One line of text, cleaned of invisible signs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - a field's options
        super().__init__(**{"max_length": 240, "required": False, **options})

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The text without invisible signs and double spaces."""
        return " ".join(clean(super().clean(value) or "").split())


def offer(form: forms.Form, of: str, choices: list[tuple[str, Any]]) -> None:
    """Give a list of the form what to choose from."""
    field = form.fields[of]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
