"""Letters to members with an account: that they are invited, that a meeting moved or is off."""

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from baqylau.councils.models import AgendaItem, Meeting
from baqylau.councils.queries.councils import seated
from baqylau.councils.queries.meetings import day_of
from baqylau.councils.queries.said import said
from baqylau.jobs.letters import enqueue
from baqylau.staff.models import User


def tell_members(meeting: Meeting, what: str, address: str) -> int:
    """Put a letter into the queue for each member with an account, in the caller's transaction.

    `what` is invited, moved or cancelled; `address` the meeting's public page. Returns how many.
    Without a mail server nothing is sent, and the secretary gives the file away.
    """
    if not settings.MAIL_SERVER:
        return 0
    keys = [member.person for member in seated(meeting.council, day_of(meeting)) if member.person]
    people = User.objects.filter(key__in=keys, is_active=True).order_by("pk")
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    for person in people:
        with translation.override(person.language):
            subject, body = wording(meeting, items, what, address)
        enqueue(to=person.email, subject=subject, body=body, until=meeting.starts_at)
    return len(people)


def wording(meeting: Meeting, items: list[AgendaItem], what: str, address: str) -> tuple[str, str]:
    """Subject and text in the active language."""
    subjects = {
        "invited": _("Invitation: %(topic)s"),
        "moved": _("Moved: %(topic)s"),
        "cancelled": _("Cancelled: %(topic)s"),
    }
    subject = subjects[what] % {"topic": said(meeting, "topic")}
    lines = [str(said(meeting.council, "name")), str(said(meeting, "topic")), ""]
    if meeting.starts_at:
        moment = timezone.localtime(meeting.starts_at)
        when = formats.date_format(moment, "DATETIME_FORMAT")
        lines.append(_("When: %(moment)s") % {"moment": when})
    lines.append(_("Where: %(place)s") % {"place": said(meeting, "place")})
    if what == "cancelled":
        lines.append(_("It is cancelled: %(reason)s") % {"reason": said(meeting, "reason")})
    else:
        lines += ["", _("Agenda:"), *(f"{row.number}. {said(row, 'title')}" for row in items)]
    lines += ["", _("Materials and a file for your calendar:"), address, ""]
    return subject, "\n".join(lines)
