"""Shapes of what is typed about campaigns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.files.forms import UploadField
from baqylau.outreach.forms.days import LastDayField
from baqylau.outreach.services import campaigns
from baqylau.web.forms import DayField


class CampaignForm(forms.Form):
    """A campaign: its name, its aim in a sentence, its span."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=160)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=160, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    aim_kk = forms.CharField(
        label=_("Aim in Kazakh"),
        required=False,
        max_length=campaigns.AIM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    aim_ru = forms.CharField(
        label=_("Aim in Russian"),
        required=False,
        max_length=campaigns.AIM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    aim_en = forms.CharField(
        label=_("Aim in English"),
        required=False,
        max_length=campaigns.AIM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_on = DayField(label=_("First day"))
    until_on = LastDayField(label=_("Last day"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class MaterialForm(forms.Form):
    """A file that anybody may take."""

    file = UploadField(
        label=_("File"),
        kinds=campaigns.KINDS,
        limit=campaigns.LIMIT,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
        help_text=_("PDF, DOCX, JPEG or PNG, up to 20 MB. Anybody can take it: no names in it."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again."),
        },
    )
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200, required=False)
