"""Why a visitor's name is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.contacts.services import Reason


class ReasonForm(forms.Form):
    """One reason; the journal keeps it."""

    reason = forms.ChoiceField(label=_("Why do you open it?"), choices=[("", "—"), *Reason.choices])
