"""Shapes of what is typed into a letter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.institutions import labels
from baqylau.lawbook.labels import PLACES
from baqylau.reception.queries.addressees import Receiver
from baqylau.reception.rules.requisites import BODY, DAYS, LONG, LetterKind
from baqylau.web.forms import DayInput

OFF = {"autocomplete": "off"}
HINTS: Mapping[str, Any] = {
    "applicant_iin": _("Twelve digits. Dropped after printing unless the person agrees."),
    "applicant_address": _("Dropped after printing unless the person agrees."),
    "applicant_name": _("As in the identity paper."),
}


def _field(name: str) -> forms.Field:
    words = {"label": PLACES[name], "help_text": HINTS.get(name, ""), "required": False}
    if name in DAYS:
        return forms.DateField(widget=DayInput(), **words)
    if name in LONG:
        return forms.CharField(widget=forms.Textarea({"rows": 6, **OFF}), **words)
    attrs = {**OFF, "inputmode": "numeric"} if name == "applicant_iin" else OFF
    return forms.CharField(widget=forms.TextInput(attrs), **words)


class LetterForm(forms.Form):
    """One letter; its fields follow from its kind. Nothing is required while it is written."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        kind: LetterKind,
        receivers: Sequence[Receiver],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        if receivers:
            self.fields["receiver"] = forms.ChoiceField(
                label=_("Who receives it, by the list of addressees"),
                choices=[(each.body.code, _receiver(each)) for each in receivers],
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["body"] = BodyField(
            label=_("Another body") if receivers else _("Who receives it"),
            required=False,
            max_length=200,
            help_text=_("Its name, a part of it, or its code."),
        )
        for name in kind.fields:
            self.fields[name] = _field(name)

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
