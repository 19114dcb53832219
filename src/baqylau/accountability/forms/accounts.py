"""Forms of an account: its period, its texts, its pictures, the template, the answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.accountability.queries.outline import current
from baqylau.accountability.rules.outline import Part
from baqylau.accountability.services.making import DOCX
from baqylau.accountability.services.sealing import REMARKS
from baqylau.accountability.services.writing import Pictured
from baqylau.documents.accounts import limits
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.showing import name_of
from baqylau.files.forms import UploadField
from baqylau.web.forms import NeededText

NEEDED = _("needed before approval")
LANGUAGES = (("kk", _("in Kazakh")), ("ru", _("in Russian")))


class PeriodForm(forms.Form):
    """The period that an account is given of."""

    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, periods: Sequence[Chosen], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        choices = [(each.code, name_of(each)) for each in periods]
        self.fields["period"] = forms.ChoiceField(label=_("Period"), choices=choices)


class NarrativeForm(forms.Form):
    """The texts of an account, each section in both languages. They are texts, never markup."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(self, *args: Any, language: str, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        for part in current().sections:
            for code, label in LANGUAGES:
                self.fields[f"{part.code}_{code}"] = _text(part, code, label, language)

    def texts(self) -> Mapping[tuple[str, str], str]:
        """What was typed, by section and language."""
        return {
            (part.code, code): self.cleaned_data[f"{part.code}_{code}"]
            for part in current().sections
            for code, _label in LANGUAGES
        }


def _text(part: Part, code: str, label: Any, language: str) -> forms.CharField:  # noqa: ANN401 - lazy text
    """The field of a section; what is too long is refused by the service, and nothing is lost.

    A draft is saved with whatever is there; what approval waits for says so beside its label.
    """
    reads = "ru" if language == "ru" else "kk"
    return NeededText(
        label=f"{part.heading[reads]}, {label}",
        help_text=part.hint[reads],
        when=NEEDED if part.is_required else "",
        widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
    )


class PictureForm(forms.Form):
    """A picture with its words."""

    file = UploadField(
        label=_("Picture"),
        kinds={"image/jpeg", "image/png"},
        limit=limits.PICTURE_BYTES,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        help_text=_(
            "JPEG or PNG, up to 4 MB. Place, time and telephone are taken out; faces are not: "
            "choose a picture on which nobody can be recognised who did not agree."
        ),
    )
    caption_kk = forms.CharField(label=_("Caption, in Kazakh"), max_length=300)
    caption_ru = forms.CharField(label=_("Caption, in Russian"), max_length=300)
    alt_kk = forms.CharField(label=_("What is seen, in Kazakh"), max_length=300)
    alt_ru = forms.CharField(label=_("What is seen, in Russian"), max_length=300)

    def said(self) -> Pictured:
        """What was typed and chosen."""
        data = dict(self.cleaned_data)
        upload = data.pop("file")
        return Pictured(upload.read(), upload.content_type, **data)


class TemplateForm(forms.Form):
    """The organisation's own template."""

    language = forms.ChoiceField(label=_("Language of the account"), choices=LANGUAGES)
    file = UploadField(
        label=_("Template (DOCX)"),
        kinds={DOCX},
        limit=limits.TEMPLATE_BYTES,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class AnswerForm(forms.Form):
    """What the commissioner says to an account."""

    remarks = NeededText(
        label=_("Remarks"),
        when=_("needed when the account is returned"),
        max_length=REMARKS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
