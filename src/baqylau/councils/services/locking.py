"""A meeting for writing: locked, and not frozen."""

from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Meeting, MeetingStage
from baqylau.kernel.errors import ConflictError, DomainError

CHANGED = _("Somebody has changed this meanwhile. Look again.")


def locked(meeting: Meeting, revision: int | None = None) -> Meeting:
    """The meeting, locked in the caller's transaction, as it was when `revision` was read.

    Raises: DomainError when it is cancelled or its minutes are published; ConflictError.
    """
    row = Meeting.objects.select_for_update().select_related("council").get(pk=meeting.pk)
    if row.published_at is not None:
        raise DomainError(
            _("The minutes are published: nothing about this meeting changes any more."),
            code="frozen",
        )
    if row.stage == MeetingStage.CANCELLED:
        raise DomainError(_("This meeting was cancelled."), code="cancelled")
    if revision is not None and row.revision != revision:
        raise ConflictError(CHANGED)
    return row
