"""Forms of the desk: a draft's head and text, papers, reading and answering comments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import InstitutionField
from baqylau.councils.forms.fields import offer
from baqylau.councils.models import Answer, Council, DraftKind, Refusal, Stance
from baqylau.councils.services import typing_in
from baqylau.councils.services.drafting import DOCX, Head
from baqylau.councils.services.moderating import LONGEST as LONGEST_ANSWER
from baqylau.councils.services.moderating import NOTE, Replied
from baqylau.documents.wording.shapes import FILE_BYTES
from baqylau.files.forms import UploadField
from baqylau.web.forms import DayField

LANGUAGES = (("kk", _("Kazakh")), ("ru", _("Russian")))
Choices = list[tuple[str, Any]]


class HeadForm(forms.Form):
    """What stands at the head of a draft."""

    kind = forms.ChoiceField(label=_("What is drafted"), choices=DraftKind.choices)
    title_kk = forms.CharField(label=_("Title of the draft in Kazakh"), max_length=300)
    title_ru = forms.CharField(
        label=_("Title of the draft in Russian"), max_length=300, required=False
    )
    institution = InstitutionField(label=_("Institution"), required=True)
    council = forms.ChoiceField(label=_("Council that discusses it"), required=False)
    opens_on = DayField(label=_("First day"))
    last_on = DayField(
        label=_("Last day"),
        help_text=_("An act on public services: ten working days at least, by law."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, councils: Choices, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offer(self, "council", [("", "–"), *councils])

    def head(self) -> Head:
        """What was typed."""
        named = ("kind", "title_kk", "title_ru", "institution", "opens_on", "last_on")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in named}
        chosen = self.cleaned_data["council"]
        council = Council.objects.filter(code=chosen).first() if chosen else None
        return Head(**values, council=council)


def _text(label: Any) -> forms.CharField:  # noqa: ANN401 - lazy text
    return forms.CharField(
        label=label, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 20})
    )


class TextForm(forms.Form):
    """The text in both languages, points apart by an empty line."""

    text_kk = _text(_("Text in Kazakh"))
    text_ru = _text(_("Text in Russian"))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    """A file that the text is read from."""

    language = forms.ChoiceField(label=_("Language of the file"), choices=LANGUAGES)
    file = UploadField(
        label=_("Text as a DOCX file"),
        kinds={DOCX},
        limit=FILE_BYTES,
        help_text=_("Numbered paragraphs become points. Nothing is changed before you save."),
    )


class LastDayForm(forms.Form):
    """A later last day."""

    last_on = DayField(label=_("Open through"))


def _number(label: Any) -> forms.IntegerField:  # noqa: ANN401 - lazy text
    return forms.IntegerField(label=label, required=False, initial=0)


class PaperForm(forms.Form):
    """A sheet that came on paper, or what was said at a meeting."""

    point = forms.ChoiceField(label=_("Point"))
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(each.value, each.label) for each in typing_in.CHANNELS]
    )
    written_on = DayField(label=_("Day"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(
        label=_("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Word for word, without names, telephones and numbers of persons."),
    )
    agree = _number(_("Agree"))
    disagree = _number(_("Disagree"))
    passed = _number(_("Pass"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, points: Choices, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offer(self, "point", points)

    def paper(self) -> typing_in.Paper:
        """What was typed."""
        typed = self.cleaned_data
        names = {Stance.AGREE: "agree", Stance.DISAGREE: "disagree", Stance.PASS: "passed"}
        return typing_in.Paper(
            key=typed["key"],
            channel=typed["channel"],
            written_on=typed["written_on"],
            language=typed["language"],
            text=typed["text"],
            counts={stance.value: typed[name] or 0 for stance, name in names.items()},
        )


class ReadForm(forms.Form):
    """Publish a comment, or refuse it by a rule."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    refusal = forms.ChoiceField(
        label=_("Not published because of"),
        choices=[("", "–"), *Refusal.choices],
        required=False,
    )
    note = forms.CharField(label=_("Reason in words"), max_length=NOTE, required=False)


class AnswerForm(forms.Form):
    """One answer to the comments that were ticked."""

    answer = forms.ChoiceField(label=_("Answer"), choices=[("", ""), *Answer.choices])
    text_kk = forms.CharField(
        label=_("Reason in Kazakh"),
        max_length=LONGEST_ANSWER,
        required=False,
        help_text=_("A reason in one language at least: an answer without a reason is none."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_ru = forms.CharField(
        label=_("Reason in Russian"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def replied(self) -> Replied:
        """What was typed."""
        return Replied(**self.cleaned_data)
