"""Forms around keys: passphrases, printed codes, shares, and who takes over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.reports.models import Keyholder
from baqylau.reports.taxonomy import NameReason, NameRefusal
from baqylau.seal.shares import LONGEST
from baqylau.staff.rules import PASSPHRASE_MOST

NOTE = 4_000


def _secret(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy translations
    """A field for a passphrase; browsers are told not to keep it."""
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=hint, widget=widget, strip=False, max_length=PASSPHRASE_MOST
    )


class PassphraseForm(forms.Form):
    """The sealing passphrase, to act with one's own key."""

    passphrase = _secret(_("Your sealing passphrase"))


class NewPassphraseForm(forms.Form):
    """A new sealing passphrase, typed twice."""

    new = _secret(
        _("New sealing passphrase"),
        _(
            "Four or five words that do not belong together. Not the passphrase with which you "
            "sign in: whoever learns that one must not read reports."
        ),
    )
    again = _secret(_("The same once more"))

    def clean_again(self) -> str:
        """Refuse two that differ."""
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same."))
        return again


class OwnKeyForm(NewPassphraseForm):
    """As what somebody makes their key; `offices` are those that their roles allow."""

    office = forms.ChoiceField(label=_("I hold the key as"), widget=forms.RadioSelect)
    field_order = ("office", "new", "again")

    def __init__(self, data: Any, *, offices: Sequence[str]) -> None:  # noqa: ANN401 - as Django's
        super().__init__(data, initial={"office": offices[0]})
        labels = {
            Keyholder.Office.OFFICER: _("intake officer: reads reports and answers them"),
            Keyholder.Office.CUSTODIAN: _("custodian: decides about names, reads no report"),
        }
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(code, labels[Keyholder.Office(code)]) for code in offices]


class ChangePassphraseForm(NewPassphraseForm):
    """The old passphrase and a new one."""

    passphrase = _secret(_("Your present sealing passphrase"))
    field_order = ("passphrase", "new", "again")


class ForgottenForm(NewPassphraseForm):
    """The printed code and a new passphrase."""

    code = forms.CharField(
        label=_("The code on your paper"),
        help_text=_("40 digits in fours. It is used up with this; you will get a new one."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    field_order = ("code", "new", "again")


class LastGroupForm(forms.Form):
    """Shows that somebody has the printed code before them."""

    last = forms.CharField(
        label=_("Type the last four digits from your paper"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CompareForm(forms.Form):
    """Shows that somebody has heard a colleague's digits."""

    last = forms.CharField(
        label=_("The last four digits, as your colleague reads them"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class GiveForm(PassphraseForm):
    """To whom one's reports are handed on; `choices` are (key, name) of colleagues."""

    to = forms.ChoiceField(label=_("To whom"))
    field_order = ("to", "passphrase")

    def __init__(self, data: Any, *, choices: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - as Django's
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)


class DrillForm(forms.Form):
    """One share; the holders type theirs one after the other."""

    share = forms.CharField(
        label=_("First share"),
        help_text=_("33 words with gaps between; four letters of each are enough."),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "lang": "en",
            }
        ),
    )

    def __init__(self, data: Any = None, *, is_second: bool = False) -> None:  # noqa: ANN401 - as Django's
        super().__init__(data)
        if is_second:
            self.fields["share"].label = _("Second share")


class WordsForm(forms.Form):
    """The words of a sheet that are asked, by their numbers."""

    def __init__(self, data: Any, *, asked: Sequence[int]) -> None:  # noqa: ANN401 - as Django's
        super().__init__(data)
        for place in asked:
            self.fields[f"word_{place}"] = forms.CharField(
                label=_("Word %(place)s of the sheet") % {"place": place},
                max_length=20,
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "autocapitalize": "none", "lang": "en"}
                ),
            )

    def typed(self) -> list[str]:
        """The words in the order in which they were asked."""
        return [str(self.cleaned_data[name]) for name in self.fields]


class AskNameForm(forms.Form):
    """Why an officer asks for a name."""

    reason = forms.ChoiceField(label=_("Why"), choices=NameReason, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What the custodian has to know"),
        help_text=_("Sealed to the custodians alone. They see nothing else of the report."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DecideForm(forms.Form):
    """A custodian's decision, made with their own key."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=(
            ("grant", _("open the name to the officer who asked")),
            *(
                (code, _("leave it closed: %(why)s") % {"why": why})
                for code, why in NameRefusal.choices
            ),
        ),
    )
    passphrase = _secret(_("Your sealing passphrase"))
