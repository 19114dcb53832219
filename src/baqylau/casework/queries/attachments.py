"""Files of a case."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Attachment, Case, Step
from baqylau.casework.queries.cases import steps_of
from baqylau.casework.rules.facts import HOUSEKEEPING
from baqylau.casework.rules.papers import CONTENT
from baqylau.casework.taxonomy import StepKind
from baqylau.files import store
from baqylau.kernel.errors import DomainError
from baqylau.seal import pieces
from baqylau.seal.boxes import BoxError


class UnknownAttachmentError(DomainError):
    """There is no such file, or it was removed."""

    code = "unknown"
    status = 404


class LostContentError(DomainError):
    """The disk has lost or changed a content."""

    code = "lost"
    status = 500


def kept(case: Case) -> QuerySet[Attachment]:
    """Those that are still there."""
    return Attachment.objects.filter(case=case, dropped_on=None)


def attachments_of(case: Case) -> list[Attachment]:
    """Every file of a case, removed ones too, in the order in which they came."""
    return list(Attachment.objects.filter(case=case).defer("key").order_by("number"))


def attachment(case: Case, number: int) -> Attachment:
    """One file that is still there. Raises: UnknownAttachmentError."""
    found = kept(case).filter(number=number).first()
    if found is None:
        raise UnknownAttachmentError(_("There is no such file: it may have been removed."))
    return found


def steps_with_files(case: Case) -> list[Step]:
    """The steps that may have files: what happened and was not struck out."""
    rows = steps_of(case)
    struck = {row.target for row in rows}
    ours = HOUSEKEEPING - {StepKind.OPENED}
    return [row for row in rows if row.number not in struck and StepKind(row.kind) not in ours]


def content_of(attached: Attachment) -> bytes:
    """The file as it was added. Raises: LostContentError."""
    try:
        with store.read(attached.file_id or "") as file:
            return pieces.opened(bytes(attached.key), file, CONTENT)
    except (OSError, ValueError, BoxError) as error:
        raise LostContentError(
            _("This file is missing or damaged on the disk: it must come back from a backup.")
        ) from error
