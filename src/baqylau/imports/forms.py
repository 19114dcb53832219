"""Bring a table, and say that it shall be written."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import DEFAULT


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("Excel (.xlsx), CSV or TSV, up to 20 MB"),
        max_length=200,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than is ever read, before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > DEFAULT.file_bytes:
            raise forms.ValidationError(_("The file is too large: at most 20 MB."))
        return file


class ApplyForm(forms.Form):
    """Whether the rows without a fault shall be written although others have faults."""

    despite_errors = forms.BooleanField(
        label=_("Write the rows without faults, leave the others out"), required=False
    )
