"""Forms of the staff room."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from baqylau.kernel.channels import ADDRESS_MOST
from baqylau.staff import browser as browsers
from baqylau.staff import guesses, rules
from baqylau.staff.labels import ROLE_LABELS
from baqylau.web.rules import MINUTES_MOST, NAME_MOST, SENTENCE_MOST, Name


def passphrase_field(label: Any = None, **attrs: str) -> forms.CharField:  # noqa: ANN401 - lazy text
    """A passphrase: never stripped, never shown again."""
    return forms.CharField(
        label=label or _("Passphrase"),
        max_length=rules.PASSPHRASE_MOST,
        strip=False,
        widget=forms.PasswordInput(attrs=attrs),
    )


def wait_sentence(seconds: int) -> str:
    """How long to wait, in words."""
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many wrong tries. Please try again in %(minutes)s minute.",
        "Too many wrong tries. Please try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """An address and a passphrase; guesses are slowed down."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"] = passphrase_field(autocomplete="current-password")
        self.fields["login"].widget.attrs.pop("placeholder", None)

    def _clean_with_password(self, credentials: dict[str, str]) -> dict[str, Any]:
        counted = guesses.scopes(self.request, credentials["email"], browsers.read(self.request))
        if wait := guesses.admit(counted):
            raise forms.ValidationError(wait_sentence(wait))
        cleaned: dict[str, Any] = super()._clean_with_password(credentials)
        guesses.succeeded(counted)
        return cleaned


class AcceptForm(forms.Form):
    """One's own passphrase, twice."""

    passphrase = passphrase_field(autocomplete="new-password")
    again = passphrase_field(_("The same passphrase once more"), autocomplete="new-password")

    def clean_again(self) -> str:
        """Both are the same."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("passphrase", again) != again:
            raise forms.ValidationError(_("The two are not the same."))
        return again


class ChangePassphraseForm(AcceptForm):
    """The passphrase so far, and a new one twice."""

    field_order = ("now", "passphrase", "again")
    now = passphrase_field(_("Your passphrase so far"), autocomplete="current-password")


class PinForm(forms.Form):
    """A PIN, and the passphrase, so that nobody sets it at a desk that was left open."""

    pin = forms.CharField(
        label=_("PIN"),
        min_length=4,
        max_length=8,
        help_text=_("4 to 8 digits. It reopens the desk after a pause."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    passphrase = passphrase_field(autocomplete="current-password")


class ReopenForm(forms.Form):
    """What reopens the desk: the PIN, or the passphrase of somebody who has none."""

    secret = passphrase_field(_("PIN"), autocomplete="off")

    def __init__(self, *args: Any, has_pin: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **kwargs)
        self.fields["secret"].widget.attrs["autofocus"] = True
        if has_pin:
            self.fields["secret"].widget.attrs["inputmode"] = "numeric"
        else:
            self.fields["secret"].label = _("Passphrase")


class ChangeForm(forms.Form):
    """Who takes the place, and their PIN."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    secret = passphrase_field(
        _("PIN, or the passphrase of somebody without one"), autocomplete="off"
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["person"])
        field.choices = people
        field.initial = people[0][0] if len(people) == 1 else None


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("Email"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class RolesForm(forms.Form):
    """What somebody is in the programme."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _line(label: Any, most: int, **attrs: str) -> forms.CharField:  # noqa: ANN401 - lazy text
    return forms.CharField(
        label=label, max_length=most, required=False, widget=forms.TextInput(attrs=attrs)
    )


class SiteForm(forms.Form):
    """The settings that are changed at the desk; an empty field takes the value of the file.

    `defaults` are those values, by name; `languages` the codes that the site offers.
    """

    organisation_kk = _line(_("The organisation's name in Kazakh"), NAME_MOST, lang="kk")
    organisation_ru = _line(_("The organisation's name in Russian"), NAME_MOST, lang="ru")
    organisation_en = _line(_("The organisation's name in English"), NAME_MOST, lang="en")
    phone = _line(_("The public telephone of the programme"), 24, inputmode="tel")
    idle_minutes = forms.IntegerField(
        label=_("Minutes without a touch until the desk locks"),
        min_value=1,
        max_value=MINUTES_MOST,
        required=False,
    )
    safe_channel = _line(
        _("Telephone or https address where a demand for money is told safely"),
        ADDRESS_MOST,
        inputmode="url",
    )
    safe_channel_kk = _line(_("Who answers there, in Kazakh"), SENTENCE_MOST, lang="kk")
    safe_channel_ru = _line(_("Who answers there, in Russian"), SENTENCE_MOST, lang="ru")
    safe_channel_en = _line(_("Who answers there, in English"), SENTENCE_MOST, lang="en")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - a form's own
        defaults: Mapping[str, str],
        languages: Sequence[str],
        **kwargs: Any,  # noqa: ANN401 - a form's own
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in Name:
            field = self.fields[name.value]
            if name[-3:] in {"_kk", "_ru", "_en"} and name[-2:] not in languages:
                del self.fields[name.value]
            elif defaults[name]:
                field.help_text = _("Empty: %(value)s") % {"value": defaults[name]}

    def values(self) -> dict[str, str]:
        """What was typed, by name."""
        typed = {name.value: self.cleaned_data.get(name.value) for name in Name}
        return {name: "" if value is None else str(value) for name, value in typed.items()}
