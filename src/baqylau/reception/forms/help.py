"""Shapes of what is typed when help begins."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.casework.taxonomy import ContactKind, Severity, Urgency
from baqylau.lawbook.queries.letters import LETTER_LANGUAGES
from baqylau.reception.rules.requisites import KINDS
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory

LETTER_NAMES = {"kk": _("in Kazakh"), "ru": _("in Russian")}


class HelpForm(forms.Form):
    """What a case is about; nothing about the visitor."""

    kind = forms.ChoiceField(label=_("About"), choices=ContactKind.choices)
    territory = forms.ChoiceField(label=_("District"))
    body = BodyField(
        label=_("Body"),
        required=False,
        max_length=200,
        help_text=_("Whom the matter is about: a name, a part of it, or a code. May stay empty."),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, widget=forms.RadioSelect, coerce=int
    )

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        field = self.fields["territory"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.kato, full_name(unit)) for unit in districts]


class LinkForm(forms.Form):
    """The case that a consultation belongs to."""

    case = forms.CharField(label=_("Number of the case"), max_length=40)


class BeginForm(forms.Form):
    """Which letter, in which language; nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        label=_("Which letter"),
        choices=[(kind.code, kind.label) for kind in KINDS.values()],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[(code, LETTER_NAMES[code]) for code in LETTER_LANGUAGES],
        widget=forms.RadioSelect,
    )
