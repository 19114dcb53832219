"""Shapes of what is typed about final documents."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.casework.rules.numbers import LIMIT
from baqylau.councils.forms.fields import offer
from baqylau.councils.rules.sources import LIMIT as SOURCE
from baqylau.councils.services.documents import LANGUAGES, LINE, SHORT, TEXT, TEXTS, Written
from baqylau.councils.services.writing import TEXT as SHORTER
from baqylau.councils.taxonomy import ControlForm, DocumentKind, Origin
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField

LABELS: Mapping[str, Any] = {
    "title_kk": _("Title in Kazakh"),
    "title_ru": _("Title in Russian"),
    "place_kk": _("Place, in Kazakh"),
    "place_ru": _("Place, in Russian"),
    "tasks_kk": _("Tasks of the control, in Kazakh"),
    "tasks_ru": _("Tasks of the control, in Russian"),
    "subjects_kk": _("Whom the control was about, in Kazakh"),
    "subjects_ru": _("Whom the control was about, in Russian"),
    "facts_kk": _("What was found, in Kazakh"),
    "facts_ru": _("What was found, in Russian"),
}


def _text(name: str) -> forms.CharField:
    part = name[:-3]
    if part in SHORT:
        return forms.CharField(label=LABELS[name], max_length=LINE, required=name == "title_kk")
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=LABELS[name], max_length=TEXT, required=False, widget=area)


class DocumentForm(forms.Form):
    """A final document or a letter; what the law wants is asked for when it is signed."""

    kind = forms.ChoiceField(label=_("What is sent"), choices=DocumentKind.choices)
    council = forms.ChoiceField(label=_("Council"), required=False)
    first_on = DayField(label=_("First day of the control"))
    completed_on = DayField(
        label=_("Last day of the control"),
        help_text=_("The term for sending runs from this day."),
    )
    form = forms.ChoiceField(
        label=_("Form of the control"), required=False, choices=[("", ""), *ControlForm.choices]
    )
    signer = forms.CharField(label=_("Who signs it"), required=False, max_length=160)
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, councils: Iterable[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offer(self, "council", [("", ""), *councils])
        for part in TEXTS:
            for language in LANGUAGES:
                self.fields[f"{part}_{language}"] = _text(f"{part}_{language}")

    def written(self) -> Written:
        """What the service takes."""
        data = self.cleaned_data
        names = ("kind", "first_on", "completed_on", "form", "signer", "council")
        return Written(
            **{name: data[name] for name in names},
            texts={name: data[name] for name in LABELS},
        )


class RecommendationForm(forms.Form):
    """One recommendation of a draft."""

    text_kk = forms.CharField(
        label=_("What is recommended, in Kazakh"),
        max_length=SHORTER,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_ru = forms.CharField(
        label=_("What is recommended, in Russian"),
        max_length=SHORTER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    body = BodyField(
        label=_("To whom"), max_length=200, help_text=_("Its name, a part of it, or its code.")
    )
    district = forms.ChoiceField(
        label=_("District"),
        required=False,
        help_text=_("Leave it empty for the body's own district."),
    )
    origin = forms.ChoiceField(label=_("Where it came from"), choices=Origin.choices)
    source = forms.CharField(
        label=_("Which one"),
        required=False,
        max_length=SOURCE,
        help_text=_(
            "A figure's code and period, a case's number, the code of a meeting or of a draft."
        ),
    )

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offer(self, "district", [("", ""), *((unit.kato, full_name(unit)) for unit in districts)])


class SignForm(forms.Form):
    """The button that signs, with what was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class PublicationForm(forms.Form):
    """The decision to show a document to everybody, with what was seen."""

    is_read = forms.BooleanField(
        label=_(
            "I have read it: it names no private person, and nobody who told us something can be "
            "recognised in it"
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class DeliveryForm(forms.Form):
    """When it went to a body, or when it arrived and under which number."""

    on = DayField(label=_("Day"))
    reference = forms.CharField(
        label=_("Number that the body gave it"), required=False, max_length=LIMIT
    )

    def __init__(self, *args: Any, is_arrival: bool, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        if not is_arrival:
            del self.fields["reference"]


class TakeBackForm(forms.Form):
    """Why a sending or an arrival is taken back."""

    reason = forms.CharField(label=_("Why it is struck out"), max_length=500)
