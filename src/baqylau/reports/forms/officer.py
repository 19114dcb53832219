"""What officers type about a report. Each form carries a mark, so that sent twice it is once."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baqylau.casework.forms import BodyField
from baqylau.casework.taxonomy import ContactKind, Severity, Urgency
from baqylau.catalogue.models import PublicService
from baqylau.catalogue.queries.search import search
from baqylau.files.forms import UploadField
from baqylau.reports.rules.contents import WORDS
from baqylau.reports.rules.labels import Label
from baqylau.reports.taxonomy import Conduct, Credibility, Ending, ExportReason

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SENT = ("application/pdf", "image/jpeg", "image/png", DOCX)
"""Media types that an officer may send."""

Choices = Iterable[tuple[Any, Any]]


def draw_mark() -> str:
    """A mark for a form that nobody has sent yet."""
    return secrets.token_hex(16)


class Marked(forms.Form):
    """A form that is sent once."""

    mark = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        options["initial"] = {"mark": draw_mark(), **options.get("initial", {})}
        options.setdefault("use_required_attribute", False)
        super().__init__(*args, **options)


def _words(label: Any, *, rows: int, **options: Any) -> forms.CharField:  # noqa: ANN401 - lazy text
    attrs = {"rows": rows, "autocomplete": "off"}
    return forms.CharField(
        label=label, max_length=WORDS, widget=forms.Textarea(attrs=attrs), **options
    )


def _pick(label: Any, choices: Choices, *, required: bool = True) -> forms.ChoiceField:  # noqa: ANN401 - lazy text
    return forms.ChoiceField(label=label, choices=[("", ""), *choices], required=required)


class AnswerForm(Marked):
    """A message to the reporter."""

    text = _words(_("Your answer to the reporter"), rows=5)
    is_feedback = forms.BooleanField(
        label=_("This tells what became of the report"),
        help_text=_("Keeps the promise of feedback within three months."),
        required=False,
    )


class NoteForm(Marked):
    """A note for colleagues."""

    text = _words(_("Note for colleagues"), rows=3, help_text=_("The reporter never sees it."))


class AskForm(Marked):
    """Asks for agreement to a case."""

    text = _words(_("Your question to the reporter"), rows=5)


class SendFileForm(forms.Form):
    """A file for the reporter. `seen` is how many items the page showed."""

    file = UploadField(
        label=_("File"),
        kinds=SENT,
        help_text=_("PDF, DOCX, JPEG or PNG. It is sealed at once; its name travels with it."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again."),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)


class LabelForm(Marked):
    """How officers judge a report."""

    district = forms.ChoiceField(label=_("District"), required=False)
    conduct = _pick(pgettext_lazy("conduct", "What was done"), Conduct.choices[:-1], required=False)
    credibility = _pick(_("What it rests on"), Credibility.choices, required=False)
    severity = _pick(_("Severity"), Severity.choices, required=False)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **options)
        _offer(self, "district", places)

    def label(self) -> Label:
        """The label that was chosen."""
        chosen = self.cleaned_data
        return Label(
            chosen["district"],
            chosen["conduct"],
            chosen["credibility"],
            int(chosen["severity"] or 0),
        )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", ""), *choices]


class TwinForm(forms.Form):
    """Another report about the same."""

    locator = forms.RegexField(
        r"\A[0-9]{6}\Z",
        label=_("Number of the other report"),
        help_text=_("Six digits, as in the list. You must be able to open it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("A report's number has six digits.")},
    )


class ColleagueForm(forms.Form):
    """Who gets a key to the report."""

    person = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **options)
        _offer(self, "person", people)


class ServiceField(forms.CharField):
    """A service by its code or by words that people use; gives the code."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The code of the one service that fits."""
        text = str(super().clean(value) or "").strip()
        if not text or PublicService.objects.filter(code=text).exists():
            return text
        found = [hit.code for hit in search(text, 5)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No service has this name or code."))
        raise forms.ValidationError(
            _("Several services fit, write the code: %(codes)s"),
            params={"codes": "; ".join(found)},
        )


class CaseForm(Marked):
    """A case without names: codes alone. `seen` is how many cases the page showed."""

    kind = _pick(_("About"), ContactKind.choices)
    territory = forms.ChoiceField(label=_("District"))
    body = BodyField(
        label=_("Body"),
        required=False,
        max_length=200,
        help_text=_("Its name, a part of it, or its code."),
    )
    service = ServiceField(
        label=_("Service"),
        required=False,
        max_length=200,
        help_text=_("Its everyday name or its code."),
    )
    urgency = _pick(_("Urgency"), Urgency.choices)
    severity = _pick(_("Severity"), Severity.choices)
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **options)
        _offer(self, "territory", places)


class CloseForm(Marked):
    """With what a report is closed, and the last word."""

    ending = _pick(_("With what it ends"), Ending.choices)
    text = _words(_("Last word to the reporter"), rows=5)


class ExportForm(forms.Form):
    """Why a report leaves the house."""

    reason = _pick(_("Reason"), ExportReason.choices)


class TakeForm(forms.Form):
    """Takes an export: the public half of the key that the page showed, once it is kept."""

    is_kept = forms.BooleanField(
        label=_("I have written the key down: it is shown nowhere again"),
        error_messages={
            "required": _("Write the key down first. Without it nobody opens the file.")
        },
    )
