"""The letter as it came, sealed, for the desk alone; and the picture of a check, for everybody."""

from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from baqylau.casework.rules import papers
from baqylau.casework.taxonomy import Paper
from baqylau.councils.models import Recommendation, Step
from baqylau.councils.services.writing import Shown, subject_of
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.light import light, size_of
from baqylau.files import services as files
from baqylau.files import store
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.seal import pieces

SCANS: Final = papers.KINDS
SCAN_LIMIT: Final = papers.LIMIT
PICTURES: Final = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it came."""

    content: bytes
    media_type: str


class UnknownPaperError(DomainError):
    """This step has no letter."""

    code = "unknown"
    status = 404


def with_scan(shown: Shown, scan: Uploaded) -> Shown:
    """The step with the letter, sealed under a key of its own, before any transaction.

    Raises: DomainError for a file that is not taken.
    """
    kind = papers.KINDS.get(scan.media_type)
    problem = ""
    if kind is None:
        problem = _("Only PDF, DOCX, JPEG, PNG, WebP and HEIC are taken here.")
    elif not scan.content:
        problem = _("This file is empty. Choose it again.")
    elif len(scan.content) > papers.LIMIT:
        problem = _("The file is too large: up to 20 MB are taken here.")
    elif not papers.is_whole(scan.content, kind) or not papers.is_harmless(scan.content, kind):
        problem = _("This file is cut off, damaged or unsafe. Save it as PDF and choose that.")
    if problem or kind is None:
        raise DomainError(problem, code="paper", field="file")
    key = pieces.new_key()
    sealed = pieces.sealed(key, scan.content, papers.CONTENT)
    stored = files.keep(pieces=sealed, media_type="application/octet-stream")
    return replace(shown, file=stored, file_key=key, file_kind=kind.value)


def with_picture(shown: Shown, picture: Uploaded, alt: str) -> Shown:
    """The step with a picture that holds its pixels and nothing else.

    Raises: DomainError for what is no picture, or for one without words about it.
    """
    if not alt.strip():
        raise DomainError(_("Say in Kazakh what is seen on it."), code="empty", field="picture_alt")
    try:
        small = light(picture.content, picture.media_type)
    except CleanError as error:
        raise DomainError(
            _("This is no picture that can be shown: choose a JPEG, PNG or WebP."),
            code="picture",
            field="picture",
        ) from error
    stored = files.keep(pieces=[small], media_type="image/jpeg")
    return replace(shown, picture=stored, picture_size=size_of(small), picture_alt=alt.strip())


def open_scan(*, actor: Actor, row: Recommendation, number: int) -> tuple[Step, str, bytes]:
    """The letter of a step, its media type and content; that it was opened is kept.

    Raises: UnknownPaperError; DomainError when the disk has lost it.
    """
    step = Step.objects.filter(recommendation=row, number=number).exclude(file=None).first()
    if step is None or step.file_id is None:
        raise UnknownPaperError(_("This step has no letter."))
    with store.read(step.file_id) as file:
        content = pieces.opened(bytes(step.file_key), file, papers.CONTENT)
    append(
        action="councils.paper_opened",
        actor=actor,
        subject=subject_of(row),
        payload={"step": number},
    )
    return step, papers.MEDIA_TYPES[Paper(step.file_kind)], content
