"""The forms of this room: shape only; services hold the rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.law.calendar import Day, DayKind
from baqylau.law.rule_table import LONGEST
from baqylau.law.rules import Rule
from baqylau.law.words import Wording
from baqylau.lawbook.labels import COLUMNS, DAY_KINDS, VALUES
from baqylau.lawbook.models import RuleVersion
from baqylau.lawbook.queries.versions import rule_of
from baqylau.lawbook.questions import QUESTIONS
from baqylau.web.forms import DayField

LONG = max(LONGEST.values())
DAYS = ("adopted_on", "valid_from", "valid_until")
FREE = ("article", "source")
"""Columns of text that may stay empty."""
HINTS = {
    "amount": _("0: the same day. With a minus: counted back from the event."),
    "source": _("Act and edition in the register, or where else the text was read."),
    "valid_from": _(
        "The version applies to events from this day on. Empty: to events of any day. "
        "A version from the same day takes the place of the earlier one."
    ),
    "valid_until": _("Empty: until further notice."),
}


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, **words: Any) -> None:  # noqa: ANN401 - Django's own keywords
        super().__init__(widget=forms.TextInput({"autocomplete": "off"}), **words)


def _column_field(name: str, known_rules: list[str]) -> forms.Field:
    """Return the field of one column of a rule."""
    words: dict[str, Any] = {"label": COLUMNS[name], "help_text": HINTS.get(name, "")}
    if name in DAYS:
        return DayField(required=False, **words)
    if name == "amount":
        return forms.IntegerField(min_value=-LONG, max_value=LONG, **words)
    if name == "is_receipt":
        return forms.BooleanField(required=False, **words)
    if name == "extends":
        choices = [("", "—"), *((code, code) for code in known_rules)]
        return forms.ChoiceField(choices=choices, required=False, **words)
    if name in VALUES:
        is_free = "" in VALUES[name]
        return forms.ChoiceField(choices=list(VALUES[name].items()), required=not is_free, **words)
    limit = getattr(RuleVersion._meta.get_field(name), "max_length", None)
    return LineField(max_length=limit, required=name not in FREE, **words)


class RuleForm(forms.Form):
    """A version of a rule; with `rule_id` empty, of a new rule whose code is asked for."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rule_id: str = "",
        known_rules: list[str],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.rule_id = rule_id
        if not rule_id:
            self.fields["rule_id"] = LineField(
                label=_("Code"), max_length=63, help_text=_("Small Latin letters: app.answer")
            )
        for name in COLUMNS:
            self.fields[name] = _column_field(name, known_rules)

    def rule(self) -> Rule:
        """Return what was entered, as `law` knows it."""
        values = {name: self.cleaned_data[name] for name in COLUMNS}
        rule_id = self.rule_id or self.cleaned_data["rule_id"]
        return rule_of(RuleVersion(rule_id=rule_id, **values))


class VerifyForm(forms.Form):
    """Who has checked a version, and when."""

    verified_by = LineField(
        label=_("Checked by"), max_length=120, help_text=_("As readers shall see it.")
    )
    verified_on = DayField(label=_("Checked on"))


class TransferForm(forms.Form):
    """A day off moved by a decree."""

    off_on = DayField(label=_("Day off"))
    worked_on = DayField(
        label=_("Worked instead"),
        required=False,
        help_text=_("Empty, if the decree names no day to be worked instead."),
    )
    decree = LineField(label=_("Decree"), max_length=200, help_text=_("Its number and day."))


class SpecialDayForm(forms.Form):
    """One day that differs from the plain week."""

    on = DayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What kind of day"), choices=list(DAY_KINDS.items()))
    reason_kk = LineField(label=_("Reason, in Kazakh"), max_length=200)
    reason_ru = LineField(label=_("Reason, in Russian"), max_length=200)
    reason_en = LineField(label=_("Reason, in English"), max_length=200)
    source = LineField(label=_("Source"), max_length=200)
    is_estimated = forms.BooleanField(
        label=_("The day is expected, not announced yet"), required=False
    )

    def day(self) -> Day:
        """Return what was entered, as `law` knows it."""
        entered = self.cleaned_data
        reason = Wording(*(entered[f"reason_{code}"].strip() for code in ("kk", "ru", "en")))
        kind = DayKind(entered["kind"])
        return Day(entered["on"], kind, reason, entered["source"], entered["is_estimated"])


class EmptyForm(forms.Form):
    """Nothing to enter, only to confirm."""


class ConfirmForm(forms.Form):
    """Whether the transfers of a year are known."""

    is_confirmed = forms.BooleanField(
        label=_("The transfers of days off of this year are known"), required=False
    )
    decree = LineField(
        label=_("Decree"), max_length=200, required=False, help_text=_("Its number and day.")
    )


class LetterForm(forms.Form):
    """A letter with its places."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = LineField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Letter"), max_length=10_000, widget=forms.Textarea({"rows": 30})
    )


class CountForm(forms.Form):
    """Which term a resident asks about, and the day of the event."""

    rule = forms.ChoiceField(
        label=_("What happened?"), choices=list(QUESTIONS.items()), widget=forms.RadioSelect
    )
    on = DayField(
        label=_("On which day?"),
        help_text=_("The day on the slip or in the message, for example 05.03.2026."),
    )
