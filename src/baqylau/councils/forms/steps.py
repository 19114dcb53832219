"""Shapes of what is typed about a recommendation's steps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.rules.numbers import LIMIT
from baqylau.councils.forms.fields import offer
from baqylau.councils.services.papers import PICTURES, SCAN_LIMIT, SCANS
from baqylau.councils.services.writing import TEXT
from baqylau.councils.taxonomy import ANSWERS, CHECKS, State, StepKind
from baqylau.files.forms import UploadField
from baqylau.web.forms import DayField


def _choices(states: Iterable[State]) -> list[tuple[str, Any]]:
    return [("", ""), *((state.value, state.label) for state in states)]


def _words(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 - lazy text
    return forms.CharField(
        label=label,
        required=False,
        max_length=TEXT,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


PUBLIC = _("Everybody reads it. No names, no telephones.")


def _fields(kind: str) -> dict[str, forms.Field]:
    return {
        "finding": forms.ChoiceField(
            label=_("What the answer comes to"),
            choices=_choices(ANSWERS),
        ),
        "found": forms.ChoiceField(label=_("What was found"), choices=_choices(CHECKS)),
        "hearing_on": DayField(label=_("Day of the hearing")),
        "promised": DayField(label=_("For which day it is promised")),
        "until_on": DayField(
            label=_("For which day it is promised"),
            required=False,
            help_text=_("Leave it empty when the answer names no day."),
        ),
        "text_kk": _words(
            _("The body's own words, in Kazakh")
            if kind == StepKind.ANSWERED
            else _("What everybody may read, in Kazakh"),
            PUBLIC,
        ),
        "text_ru": _words(
            _("The body's own words, in Russian")
            if kind == StepKind.ANSWERED
            else _("What everybody may read, in Russian"),
        ),
        "reference": forms.CharField(
            label=_("Number of the letter"), required=False, max_length=LIMIT
        ),
        "file": UploadField(
            label=_("The letter as it came"),
            kinds=SCANS,
            limit=SCAN_LIMIT,
            required=False,
            widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png,.webp,.heic"}),
            help_text=_("Kept sealed, for the desk alone. Up to 20 MB."),
        ),
        "picture": UploadField(
            label=_("Photograph"),
            kinds=PICTURES,
            limit=SCAN_LIMIT,
            required=False,
            widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
            help_text=_("Everybody sees it, without place, time and telephone. No faces."),
        ),
        "picture_alt": forms.CharField(
            label=_("What is seen on it, in Kazakh"), required=False, max_length=300
        ),
    }


_TEXTS = ("text_kk", "text_ru")
ASKED: Mapping[str, tuple[str, ...]] = {
    StepKind.SENT: ("reference",),
    StepKind.RECEIVED: ("reference",),
    StepKind.NOTICE: ("hearing_on", *_TEXTS, "reference"),
    StepKind.HEARING: _TEXTS,
    StepKind.SILENCE: (),
    StepKind.ANSWERED: ("finding", "until_on", *_TEXTS, "reference", "file"),
    StepKind.PROMISED: ("promised", *_TEXTS, "reference"),
    StepKind.EXECUTED: (*_TEXTS, "reference", "file", "picture", "picture_alt"),
    StepKind.VERIFIED: ("found", *_TEXTS, "picture", "picture_alt"),
    StepKind.WITHDRAWN: _TEXTS,
}
"""What each step asks besides its day."""
_SAME = {"found": "finding", "hearing_on": "until_on", "promised": "until_on"}
_SAID = frozenset({*_TEXTS, "reference", "picture_alt"})
_FILES = frozenset({"file", "picture"})


class StepForm(forms.Form):
    """One step; its fields follow from its kind. `seen` tells whether somebody was first."""

    on = DayField(label=_("Day"))
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        fields = _fields(kind)
        for name in ASKED[kind]:
            self.fields[name] = fields[name]
        if kind == StepKind.VERIFIED:
            self.fields["text_kk"].required = True

    def step(self) -> dict[str, Any]:
        """What the service takes, but for the files."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in _FILES}
        words = {name: value for name, value in data.items() if name in _SAID}
        rest = {_SAME.get(n, n): value for n, value in data.items() if n not in _SAID}
        return {**rest, "said": words}

    def named(self, field: str) -> str:
        """The form's own name of a field that a service names."""
        return next((n for n, same in _SAME.items() if same == field and n in self.fields), field)


class StrikeForm(forms.Form):
    """Which step is struck out, and why."""

    reason = forms.CharField(label=_("Why it is struck out"), max_length=500, help_text=PUBLIC)
    target = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class GiveForm(forms.Form):
    """Who looks after it."""

    person = forms.ChoiceField(label=_("Colleague"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offer(self, "person", [("", _("nobody")), *people])
