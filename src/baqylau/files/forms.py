"""The one field for uploads: size, kind by content, a clean name."""

import unicodedata
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from baqylau.files.sniff import media_type
from baqylau.files.uploads import LIMIT, NoRoom, TooLarge

NAME_LIMIT = 120
MEGABYTE = 1_048_576


class UploadField(forms.FileField):
    """An upload whose content is one of `kinds` (media types) and at most `limit` bytes.

    The cleaned value's `content_type` is what the content says, not what the browser claims.
    """

    def __init__(self, *, kinds: Collection[str], limit: int = LIMIT, **options: Any) -> None:  # noqa: ANN401 - a field's options
        super().__init__(**options)
        self.kinds = frozenset(kinds)
        self.limit = limit

    def to_python(self, data: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Check the upload. Raises: ValidationError with one sentence."""
        if isinstance(data, UploadedFile):
            if isinstance(data, TooLarge) or (data.size or 0) > self.limit:
                raise ValidationError(
                    _("The file is larger than %(limit)s MB. Make it smaller and choose it again."),
                    code="too_large",
                    params={"limit": self.limit // MEGABYTE or 1},
                )
            if isinstance(data, NoRoom):
                raise ValidationError(
                    _("The disk of this site is full: the file was not taken. Send it later."),
                    code="no_room",
                )
            data.name = clean_name(data.name or "")
        file = super().to_python(data)
        if isinstance(file, UploadedFile) and file.file is not None:
            file.content_type = media_type(file.file)
            if file.content_type not in self.kinds:
                raise ValidationError(
                    _("The content of this file is not of a kind that is taken here."), code="kind"
                )
        return file


def clean_name(name: str) -> str:
    """A file name without folders, control characters and writing-direction marks, bounded."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    stem, dot, ending = shown.strip(". ").rpartition(".")
    short = f"{stem[:NAME_LIMIT]}{dot}{ending[:12]}" if dot else ending[:NAME_LIMIT]
    return short or "file"
