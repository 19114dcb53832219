"""Forms of the register, of acts and of everyday words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import Language, LifeSituation
from baqylau.catalogue.services.register import NAME_LIMIT, Entry
from baqylau.catalogue.services.words import ALIAS_LIMIT
from baqylau.kernel.modules import Text
from baqylau.web.forms import DayField


def _day(label: Text, hint: Text = "") -> DayField:
    return DayField(
        label=label,
        required=False,
        help_text=hint,
    )


class ServiceForm(forms.Form):
    """A row of the register; the code is asked for new ones only."""

    code = forms.CharField(label=_("Code"), max_length=24)
    name_kk = forms.CharField(
        label=_("Name in Kazakh"), max_length=NAME_LIMIT, widget=forms.TextInput({"lang": "kk"})
    )
    name_ru = forms.CharField(
        label=_("Name in Russian"), max_length=NAME_LIMIT, widget=forms.TextInput({"lang": "ru"})
    )
    name_en = forms.CharField(
        label=_("Name in English"),
        required=False,
        max_length=NAME_LIMIT,
        widget=forms.TextInput({"lang": "en"}),
    )
    group = forms.ChoiceField(label=_("Life situation"), choices=LifeSituation.choices)
    valid_from = _day(_("Valid from"))
    valid_until = _day(
        _("Not valid from"), _("The first day on which the service is no longer given.")
    )
    successor = forms.CharField(
        label=_("Followed by"),
        required=False,
        max_length=24,
        help_text=_("The code of the service that took its place."),
    )

    def entry(self) -> Entry:
        """What was typed, as the service takes it."""
        return Entry(**self.cleaned_data)


class ActForm(forms.Form):
    """An act of law and its names."""

    key = forms.CharField(
        label=_("Key of the act"),
        max_length=80,
        help_text=_("Short, with number and date; cards name it."),
    )
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=NAME_LIMIT)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=NAME_LIMIT)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LIMIT)


class AliasForm(forms.Form):
    """Everyday words for a service."""

    text = forms.CharField(label=_("What people say"), max_length=ALIAS_LIMIT)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    service = forms.CharField(
        label=_("Code of the service"), max_length=24, help_text=_("For instance s01")
    )
