"""Forms of news, replies and complaints."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.accountability.models import About, Result
from baqylau.accountability.services.news import LANGUAGES, TEXT, TITLE, Pictured, Written
from baqylau.accountability.services.voices import Complained, Replied, Settled
from baqylau.casework.forms import InstitutionField
from baqylau.files.forms import UploadField
from baqylau.web.forms import DayField

SHORT = forms.Textarea(attrs={"rows": 4})
LONG = forms.Textarea(attrs={"rows": 10})
PHOTO = 20 * 1_048_576
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
LETTERS = frozenset({"application/pdf", "image/jpeg", "image/png"})
HINT = _("It is public: name nobody.")


class PostForm(forms.Form):
    """A post in three languages; Kazakh is needed."""

    title_kk = forms.CharField(label=_("Title, in Kazakh"), max_length=TITLE)
    text_kk = forms.CharField(
        label=_("Text, in Kazakh"),
        max_length=TEXT,
        widget=LONG,
        help_text=_("An empty line begins a new paragraph. Signs stay as they are typed."),
    )
    title_ru = forms.CharField(label=_("Title, in Russian"), max_length=TITLE, required=False)
    text_ru = forms.CharField(
        label=_("Text, in Russian"), max_length=TEXT, widget=LONG, required=False
    )
    title_en = forms.CharField(label=_("Title, in English"), max_length=TITLE, required=False)
    text_en = forms.CharField(
        label=_("Text, in English"), max_length=TEXT, widget=LONG, required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def said(self) -> Written:
        """What was typed."""
        return Written({name: str(value) for name, value in self.cleaned_data.items()})


class PictureForm(forms.Form):
    """A picture and what is seen on it."""

    file = UploadField(
        label=_("Picture"),
        kinds=PICTURES,
        limit=PHOTO,
        help_text=_("It is made small; place, time and telephone are removed."),
    )
    alt_kk = forms.CharField(label=_("What is seen, in Kazakh"), max_length=300)
    alt_ru = forms.CharField(label=_("What is seen, in Russian"), max_length=300, required=False)
    alt_en = forms.CharField(label=_("What is seen, in English"), max_length=300, required=False)

    def said(self) -> Pictured:
        """What was chosen and typed."""
        file = self.cleaned_data["file"]
        words = {f"alt_{code}": self.cleaned_data[f"alt_{code}"] for code in LANGUAGES}
        return Pictured(file.read(), file.content_type, **words)


class ReplyForm(forms.Form):
    """A body's reply."""

    institution = InstitutionField(label=_("Which body"), required=True)
    replied_on = DayField(label=_("Day of the reply"))
    text_kk = forms.CharField(
        label=_("What it says, in Kazakh"), widget=SHORT, required=False, help_text=HINT
    )
    text_ru = forms.CharField(label=_("What it says, in Russian"), widget=SHORT, required=False)
    file = UploadField(
        label=_("The letter itself"),
        kinds=LETTERS,
        limit=PHOTO,
        required=False,
        help_text=_("It stays at the desk: the page shows the words only."),
    )

    def said(self) -> Replied:
        """What was typed."""
        file = self.cleaned_data["file"]
        named = ("institution", "replied_on", "text_kk", "text_ru")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in named}
        if file:
            values |= {"content": file.read(), "media_type": file.content_type}
        return Replied(**values)


class ComplaintForm(forms.Form):
    """A complaint against the programme, in our words."""

    received_on = DayField(label=_("Received on"))
    about = forms.ChoiceField(label=_("About"), choices=About.choices)
    summary_kk = forms.CharField(label=_("What it says, in Kazakh"), widget=SHORT, help_text=HINT)
    summary_ru = forms.CharField(label=_("What it says, in Russian"), widget=SHORT, required=False)

    def said(self) -> Complained:
        """What was typed."""
        return Complained(**self.cleaned_data)


class SettleForm(forms.Form):
    """The answer to a complaint."""

    result = forms.ChoiceField(label=_("What we found"), choices=Result.choices)
    answer_kk = forms.CharField(label=_("Our answer, in Kazakh"), widget=SHORT, help_text=HINT)
    answer_ru = forms.CharField(label=_("Our answer, in Russian"), widget=SHORT, required=False)

    def said(self) -> Settled:
        """What was typed."""
        return Settled(**self.cleaned_data)
