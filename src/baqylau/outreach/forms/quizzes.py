"""Tests of five questions, tallies of paper sheets, and sheets of codes, as they are typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baqylau.documents.cells import clean
from baqylau.outreach.models import Moment, Question, Quiz
from baqylau.outreach.queries.words import words
from baqylau.outreach.rules.testing import QUESTIONS
from baqylau.outreach.services.codes import AT_ONCE
from baqylau.outreach.services.quizzes import LANGUAGES, MOST_SHEETS, Asked

_TITLES = {
    "kk": _("Title in Kazakh"),
    "ru": _("Title in Russian"),
    "en": _("Title in English"),
}


def _question_labels(number: int) -> dict[str, dict[str, str]]:
    told = {"number": number}
    return {
        "text": {
            "kk": gettext("Question %(number)s in Kazakh") % told,
            "ru": gettext("Question %(number)s in Russian") % told,
            "en": gettext("Question %(number)s in English") % told,
        },
        "choices": {
            "kk": gettext("Answers to question %(number)s in Kazakh") % told,
            "ru": gettext("Answers to question %(number)s in Russian") % told,
            "en": gettext("Answers to question %(number)s in English") % told,
        },
    }


class QuizForm(forms.Form):
    """Titles and five questions, each with its answers a line each, and which of them is right."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for code in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_TITLES[code], max_length=200, required=code == "kk"
            )
        for number in range(1, QUESTIONS + 1):
            self._add(number)

    def _add(self, number: int) -> None:
        labels = _question_labels(number)
        for code in LANGUAGES:
            self.fields[f"text_{code}_{number}"] = forms.CharField(
                label=labels["text"][code], max_length=300, required=code == "kk"
            )
            self.fields[f"choices_{code}_{number}"] = forms.CharField(
                label=labels["choices"][code],
                max_length=1_500,
                required=code == "kk",
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("One answer a line, two to six of them"),
            )
        self.fields[f"right_{number}"] = forms.IntegerField(
            label=gettext("Which answer to question %(number)s is right") % {"number": number},
            min_value=1,
            max_value=6,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            help_text=_("1 for the first line"),
        )

    def titles(self) -> dict[str, str]:
        """The titles by language."""
        return {code: clean(self.cleaned_data[f"title_{code}"]) for code in LANGUAGES}

    def questions(self) -> list[Asked]:
        """The five questions."""
        data = self.cleaned_data
        return [
            Asked(
                texts={code: clean(data[f"text_{code}_{number}"]) for code in LANGUAGES},
                choices={code: _lines(data[f"choices_{code}_{number}"]) for code in LANGUAGES},
                right=data[f"right_{number}"] - 1,
            )
            for number in range(1, QUESTIONS + 1)
        ]


def _lines(text: str) -> list[str]:
    """Lines that say something, without invisible signs."""
    rows = (" ".join(clean(row).split()) for row in text.splitlines())
    return [row for row in rows if row]


def initial_of(quiz: Quiz, questions: Iterable[Question]) -> dict[str, object]:
    """A test as its form shows it."""
    found: dict[str, object] = {
        f"title_{code}": getattr(quiz, f"title_{code}") for code in LANGUAGES
    }
    for row in questions:
        for code in LANGUAGES:
            found[f"text_{code}_{row.number}"] = getattr(row, f"text_{code}")
            found[f"choices_{code}_{row.number}"] = "\n".join(getattr(row, f"choices_{code}"))
        found[f"right_{row.number}"] = row.right + 1
    return found


class GiveForm(forms.Form):
    """Which test an event is given."""

    quiz = forms.ChoiceField(label=_("Test"))

    def __init__(self, *args: Any, quizzes: Iterable[Quiz], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        field = self.fields["quiz"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(row.code, str(words(row, "title"))) for row in quizzes]


class TallyForm(forms.Form):
    """How many paper sheets had none, one … five right."""

    moment = forms.ChoiceField(choices=Moment.choices, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for right in range(QUESTIONS + 1):
            self.fields[f"right_{right}"] = forms.IntegerField(
                label=gettext("%(number)s right") % {"number": right},
                min_value=0,
                max_value=MOST_SHEETS,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def counts(self) -> list[int]:
        """By the number of right answers."""
        return [self.cleaned_data[f"right_{right}"] for right in range(QUESTIONS + 1)]


MOMENTS = (
    (Moment.BEFORE.value, _("Before the event")),
    (Moment.AFTER.value, _("After the event")),
)
"""The moments in words that can stand alone: on a slip, beside a button."""


class CodesForm(forms.Form):
    """A sheet of new codes."""

    moment = forms.ChoiceField(
        label=_("When it is filled in"), choices=MOMENTS, widget=forms.RadioSelect()
    )
    number = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=AT_ONCE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
