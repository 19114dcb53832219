"""Shapes of what is typed into the list of addressees, and about referrals."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.casework.taxonomy import Procedure
from baqylau.reception.services.addressees import SOURCE_LIMIT
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField


class AddresseeForm(forms.Form):
    """Which body receives what, from when, and where that is written."""

    procedure = forms.ChoiceField(
        label=_("What is received"), choices=[("", ""), *Procedure.choices]
    )
    body = BodyField(
        label=_("Body"), max_length=200, help_text=_("Its name, a part of it, or its code.")
    )
    service = forms.CharField(
        label=_("Service"),
        max_length=24,
        required=False,
        help_text=_("Its code. Empty: any service."),
    )
    territory = forms.ChoiceField(label=_("District"), required=False)
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=SOURCE_LIMIT,
        help_text=_("The act and article, or the page of the body with its date."),
    )
    first_on = DayField(label=_("From which day"))

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        field = self.fields["territory"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("any"))] + [(unit.kato, full_name(unit)) for unit in districts]


class WhichBodyForm(forms.Form):
    """The body that may be told; none is chosen beforehand."""

    body = BodyField(
        label=_("Which body may be told"),
        max_length=200,
        help_text=_("Its name, a part of it, or its code."),
    )


class ReferralForm(forms.Form):
    """The yes, and the language in which the text was read; nothing is chosen beforehand."""

    body = forms.CharField(max_length=8, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("In which language the text was read"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    is_agreed = forms.BooleanField(label=_("The person has read or heard the text and agrees"))


class WithdrawForm(forms.Form):
    """The body that may not be told any more."""

    body = forms.CharField(max_length=8)


class PapersForm(forms.Form):
    """A yes to keeping number and address, in the language in which the text was read."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
