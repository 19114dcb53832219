"""Files that come with the form: each is looked at by itself, so that one bad file spoils none."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.files.forms import UploadField, clean_name
from baqylau.files.uploads import COUNT, LIMIT, Handler, TooLarge
from baqylau.reports.services.drafts import TOTAL, too_much

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "application/pdf",
    "video/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/amr",
    DOCX,
    XLSX,
    "text/plain",
)
"""Media types that are taken, by content."""

_PICTURE = _("A photo or video may say where, when and with which phone it was taken.")
_PAPER = _("A document may hold the name of whoever wrote it.")
_VOICE = _("A recording may give away a voice, and who was in the room.")
BETRAYS: dict[str, Promise | str] = {
    "image/jpeg": _PICTURE,
    "image/heic": _PICTURE,
    "image/webp": _PICTURE,
    "video/mp4": _PICTURE,
    "application/pdf": _PAPER,
    DOCX: _PAPER,
    XLSX: _PAPER,
    "audio/mpeg": _VOICE,
    "audio/ogg": _VOICE,
    "audio/amr": _VOICE,
}
"""What a kind of file can say about its maker, in one sentence."""

_FIELD = UploadField(
    kinds=KINDS,
    error_messages={"empty": _("This file is empty.")},
)


class EvidenceHandler(Handler):
    """Takes the files of this form; what is over the whole limit is thrown away as it comes."""

    _all = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or count it only."""
        self._all += len(raw_data)
        if self._all > TOTAL:
            # The parent then drops what it has of this file, and calls it too large.
            self._size = LIMIT
        super().receive_data_chunk(raw_data, start)


def sorted_out(
    files: Sequence["UploadedFile[bytes]"],
) -> tuple[list["UploadedFile[bytes]"], list[tuple[str, str]]]:
    """The files that can be taken, and (name, sentence) of each that cannot."""
    good: list[UploadedFile[bytes]] = []
    bad: list[tuple[str, str]] = []
    for file in files[:COUNT]:
        name = clean_name(file.name or "")
        if isinstance(file, TooLarge) and (file.size or 0) <= LIMIT:
            bad.append((name, too_much().message))
            continue
        try:
            good.append(_FIELD.clean(file))
        except ValidationError as error:
            bad.append((name, " ".join(error.messages)))
    if over := files[COUNT:]:
        sentence = _(
            "Only %(count)s files are taken at once. Choose the others again and add them."
        )
        bad.append((clean_name(over[0].name or "") + " …", str(sentence) % {"count": COUNT}))
    return good, bad
