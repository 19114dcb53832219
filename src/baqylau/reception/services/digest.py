"""The daily letter: what is due, to each colleague once a day, by numbers and without names."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from baqylau.jobs.letters import enqueue
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import may_somewhere, require_role
from baqylau.kernel.work import Task
from baqylau.reception.access import SEE
from baqylau.reception.models import Digest
from baqylau.staff.models import RoleGrant, User
from baqylau.staff.queries import actor_of
from baqylau.web.worklist import at_work, part

AT: Final = "07:30"
AHEAD: Final = timedelta(days=4)
"""Work of today and of so many days together: on a Friday Monday's too."""
LINES: Final = 40


def send_digests() -> str:
    """Put a letter into the queue for each colleague who has work due; safe to repeat."""
    if not settings.MAIL_SERVER:
        return "no mail server"
    granted = RoleGrant.objects.filter(revoked_at=None).values("user")
    people = User.objects.filter(is_active=True, pk__in=granted).order_by("pk")
    return f"{sum(_send(person) for person in people)} letters"


def _send(person: User) -> bool:
    actor, today = actor_of(person), clock.today()
    if not may_somewhere(actor, SEE):
        return False
    with translation.override(person.language):
        tasks = due_work(actor, today)
        if not tasks:
            return False
        subject, body = wording(tasks, today)
    Digest.objects.bulk_create([Digest(owner=person.key)], ignore_conflicts=True)
    with transaction.atomic():
        # Whoever changes the row sends the letter: a second process finds it changed.
        mine = Digest.objects.filter(owner=person.key, is_wanted=True).exclude(sent_on=today)
        if not mine.update(sent_on=today):
            return False
        enqueue(to=person.email, subject=subject, body=body, until=_next_letter(today))
    return True


def _next_letter(today: date) -> datetime:
    """When tomorrow's letter is written, which says it all better."""
    at = time.fromisoformat(AT)
    return datetime.combine(today + timedelta(days=1), at, ZoneInfo(settings.TIME_ZONE))


def due_work(actor: Actor, today: date) -> list[Task]:
    """What of the worklist is overdue or due soon, one row more than a letter holds."""
    tasks = part(at_work(actor, today), today, limit=LINES + 1).tasks
    soon = [task for task in tasks if task.due_on and task.due_on < today + AHEAD]
    return [task for task in soon if not task.stays_here]


def wording(tasks: list[Task], today: date) -> tuple[str, str]:
    """Subject and text in the active language: days, numbers, what is to be done."""
    lines = [_line(task, today) for task in tasks[:LINES]]
    if len(tasks) > LINES:
        lines.append(_("And more: the worklist shows all of it."))
    day = formats.date_format(today, "DATE_FORMAT")
    note = _("You can switch this letter off at the desk: worklist, calendar and letters.")
    body = "\n".join([_("This is due:"), "", *lines, "", note, ""])
    return _("Work for %(day)s") % {"day": day}, body


def _line(task: Task, today: date) -> str:
    due_on = task.due_on or today
    day = formats.date_format(due_on, "SHORT_DATE_FORMAT")
    late = f" ({_('overdue')})" if due_on < today else ""
    return f"{day}{late}  {task.reference}  {task.label}"


def choose_digest(*, actor: Actor, is_wanted: bool) -> None:
    """Switch one's daily letter on or off. Raises: NotAllowedError."""
    require_role(actor, SEE)
    with transaction.atomic():
        Digest.objects.update_or_create(owner=actor.key, defaults={"is_wanted": is_wanted})
        append(
            action="reception.digest_chosen",
            actor=actor,
            subject=f"staff:{actor.key}",
            payload={"is_wanted": is_wanted},
        )
