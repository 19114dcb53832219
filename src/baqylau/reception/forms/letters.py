"""Shapes of what is typed into a letter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.institutions import labels
from baqylau.lawbook.labels import PLACES
from baqylau.reception.forms.fields import Later, LaterChoice
from baqylau.reception.queries.addressees import Receiver
from baqylau.reception.rules.requisites import BODY, DAYS, LONG, LetterKind
from baqylau.web.forms import DayField

OFF = {"autocomplete": "off"}
HINTS: Mapping[str, Any] = {
    "applicant_iin": _("Twelve digits. Dropped after printing unless the person agrees."),
    "applicant_address": _("Dropped after printing unless the person agrees."),
    "applicant_name": _("As in the identity paper."),
}


class LaterText(Later, forms.CharField):
    """A text."""


class LaterDay(Later, DayField):
    """A day."""


class LaterBody(Later, BodyField):
    """A body."""


def _field(name: str, *, is_needed: bool) -> forms.Field:
    words: dict[str, Any] = {
        "label": capfirst(str(PLACES[name])),
        "help_text": HINTS.get(name, ""),
        "required": is_needed,
    }
    if name in DAYS:
        return LaterDay(**words)
    if name in LONG:
        return LaterText(widget=forms.Textarea({"rows": 6, **OFF}), **words)
    attrs = {**OFF, "inputmode": "numeric"} if name == "applicant_iin" else OFF
    return LaterText(widget=forms.TextInput(attrs), **words)


class LetterForm(forms.Form):
    """One letter; its fields follow from its kind. Nothing is required while it is written."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's own
        kind: LetterKind,
        receivers: Sequence[Receiver],
        **options: Any,  # noqa: ANN401 - as Django's own
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if receivers:
            self.fields["receiver"] = LaterChoice(
                label=_("Who receives it, by the list of addressees"),
                choices=[(each.body.code, _receiver(each)) for each in receivers],
                widget=forms.RadioSelect,
                help_text=_("Choose one of these, or name another body below."),
            )
        self.fields["body"] = LaterBody(
            label=_("Another body, if none of these") if receivers else _("Who receives it"),
            max_length=200,
            help_text=_("Its name, a part of it, or its code."),
        )
        for name in kind.fields:
            self.fields[name] = _field(name, is_needed=name in kind.needed)

    def clean(self) -> dict[str, Any]:
        """One body, not two."""
        data = super().clean() or {}
        if data.get("receiver") and data.get("body"):
            self.add_error("body", _("Choose one of the list, or write another body: not both."))
        return data

    def typed(self) -> dict[str, str]:
        """The places as text, days as ISO."""
        said = {name: self.cleaned_data.get(name) for name in self.kind.fields}
        return {
            name: value.isoformat() if isinstance(value, date) else str(value or "")
            for name, value in said.items()
        }

    def body_code(self) -> str:
        """The code of the chosen body, "" for none."""
        data = self.cleaned_data
        return str(data.get("receiver") or data.get("body") or "")

    def place_of(self, name: str) -> str:
        """The field that a refusal about a place belongs to."""
        if name == BODY:
            return "receiver" if "receiver" in self.fields else "body"
        return name


def _receiver(each: Receiver) -> str:
    name = labels.name(each.body).text
    if each.instead_of:
        return gettext("%(body)s, in place of %(gone)s (source: %(source)s)") % {
            "body": name,
            "gone": labels.name(each.instead_of).text,
            "source": each.row.source,
        }
    return gettext("%(body)s (source: %(source)s)") % {"body": name, "source": each.row.source}
