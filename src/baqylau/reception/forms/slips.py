"""Shapes of a slip's number and code, and of an order for slips."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.institutions import labels
from baqylau.institutions.models import ServicePoint
from baqylau.reception.queries.numbers import typed_number
from baqylau.reception.services.printing import KEY, MOST

TYPED: Final = 60
"""Characters of a number or a code that are read."""
BETWEEN: Final = re.compile(r"[\s\-‐-―.·]+")
CODE: Final = re.compile(r"[0-9]{8}")


class NumberField(forms.CharField):
    """A slip's number in any spelling; gives year and serial."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """The year and the serial."""
        read = typed_number(str(super().clean(value)))
        if read is None:
            raise forms.ValidationError(
                _("Type the number as it stands on the slip: К-2026-000123.")
            )
        return read


class CodeField(forms.CharField):
    """The eight digits of a slip, with or without spaces; "" when it may be left out."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The digits alone."""
        text = BETWEEN.sub("", str(super().clean(value) or ""))
        if text and not CODE.fullmatch(text):
            raise forms.ValidationError(_("The code has eight digits and nothing else."))
        return text


def _number() -> NumberField:
    return NumberField(
        label=_("Number on the slip"),
        max_length=TYPED,
        help_text=_("For example К-2026-000123. The letter may be left out."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


def _code(words: Any, *, required: bool) -> CodeField:  # noqa: ANN401 - lazy text
    return CodeField(
        label=_("Code on the slip"),
        max_length=TYPED,
        required=required,
        help_text=words,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )


class StatusForm(forms.Form):
    """What a resident types."""

    number = _number()
    code = _code(_("Eight digits. Spaces do not matter."), required=True)


class DeskStatusForm(forms.Form):
    """What a colleague types for somebody on the telephone or at the desk."""

    number = _number()
    code = _code(_("Needed for what was written in another room."), required=False)


class BatchForm(forms.Form):
    """An order for slips that are printed before the talks."""

    room = forms.ChoiceField(label=_("Reception room"))
    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST,
        help_text=_("Four fit on a sheet."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    batch = forms.RegexField(KEY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rooms: Iterable[ServicePoint], **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **kwargs)
        offered = [(room.code, labels.name(room).text) for room in rooms]
        self.fields["room"].choices = offered  # type: ignore[attr-defined]  # a list to choose from, which `fields` does not say
