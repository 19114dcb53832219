"""Calls that are due, and what the caller needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.contacts.models import Contact
from baqylau.contacts.queries import has_consent
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.roles import Role
from baqylau.kernel.work import Asked, Only, Task, order
from baqylau.reception.access import CALL
from baqylau.reception.models import Call, Draft
from baqylau.reception.queries.listing import room_ids
from baqylau.reception.rules.calls import (
    GREETING_CHECK,
    GREETING_PROMISED,
    QUESTION_HAPPENED,
    QUESTION_SOLVED,
    THANKS,
)
from baqylau.reception.taxonomy import CallKind


class UnknownCallError(DomainError):
    """There is no such call, or it is not this colleague's to know of."""

    code = "unknown"
    status = 404


def call_for(actor: Actor, pk: int) -> Call:
    """The call with its consultation. Raises: UnknownCallError.

    A check does not exist for the adviser whose talk it is.
    """
    rows = Call.objects.select_related("consultation__room", "consultation__service")
    found = rows.exclude(not_by=actor.key).filter(pk=pk).first()
    if found is None:
        raise UnknownCallError(gettext_lazy("There is no such call."))
    return found


def promised(asked: Asked) -> Sequence[Task]:
    """Calls that I have promised, or a colleague of my rooms; overdue, or due within a week.

    Those who coordinate see everybody's overdue ones too.
    """
    if asked.span() is None or not may_somewhere(asked.actor, CALL):
        return ()
    lanes: list[tuple[Q, bool]] = []
    if asked.only is not Only.ROOM:
        lanes.append((Q(person=asked.actor.key), False))
    if asked.only is not Only.MINE:
        lanes.append((_in_my_rooms(asked.actor), False))
    is_wide = Role.COORDINATOR in asked.actor.roles
    if is_wide and asked.only in {Only.ALL, Only.OVERDUE, Only.CALL}:
        lanes.append((Q(), True))
    return _found(asked, CallKind.PROMISED, lanes)


def checks(asked: Asked) -> Sequence[Task]:
    """Checks of other people's talks in my rooms; those who coordinate see all but their own."""
    is_meant = asked.only is not Only.MINE
    if asked.span() is None or not is_meant or not may_somewhere(asked.actor, CALL):
        return ()
    is_wide = Role.COORDINATOR in asked.actor.roles and asked.only is not Only.ROOM
    lane = Q() if is_wide else _in_my_rooms(asked.actor)
    return _found(asked, CallKind.CHECK, [(lane & ~Q(not_by=asked.actor.key), False)])


def drafts(asked: Asked) -> Sequence[Task]:
    """One line for all consultations that I have begun and not finished."""
    if not asked.undated() or asked.only is Only.ROOM:
        return ()
    count = Draft.objects.filter(owner=asked.actor.key).count()
    if not count:
        return ()
    label = _("Finish what you have begun to write: %(count)s") % {"count": count}
    url = reverse("consultation_drafts")
    return asked.take([Task(label, url, None, _("draft"), 1, is_mine=True)])


def _in_my_rooms(actor: Actor) -> Q:
    return Q(consultation__room__in=list(room_ids(actor).values()))


def _found(asked: Asked, kind: str, lanes: list[tuple[Q, bool]]) -> list[Task]:
    """The next calls of each lane, which is the beginning of an index; True: only overdue ones."""
    first, until = asked.span() or (asked.today, asked.today)
    after = asked.after_number if first == asked.after_on else 0
    found: dict[int, Call] = {}
    for lane, is_overdue in lanes:
        end = min(until, asked.today) if is_overdue else until
        rows = _open().filter(lane, kind=kind, due_on__gte=first, due_on__lt=end)
        rows = rows.filter(Q(due_on__gt=first) | Q(pk__gt=after))
        found |= {row.pk: row for row in rows.order_by("due_on", "pk")[: asked.limit]}
    return sorted((_task(row, asked) for row in found.values()), key=order)[: asked.limit]


def _open() -> QuerySet[Call]:
    rows = Call.objects.select_related("consultation")
    return rows.filter(closed_on=None, consultation__is_struck=False)


def _task(row: Call, asked: Asked) -> Task:
    is_check = row.kind == CallKind.CHECK
    return Task(
        label=_("Call and ask how it went") if is_check else _("Call back, as promised"),
        url=reverse("reception_call", args=[row.pk]),
        due_on=row.due_on,
        kind=_("call"),
        number=row.pk,
        reference=row.consultation.number,
        is_mine=row.person == asked.actor.key,
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the caller says, in the language of whoever is called."""

    language: str
    greeting: str
    questions: tuple[str, ...]
    thanks: str


def spoken(row: Call, language: str) -> Spoken:
    """The words for a call."""
    is_check = row.kind == CallKind.CHECK
    greeting = GREETING_CHECK if is_check else GREETING_PROMISED
    questions = (QUESTION_SOLVED, QUESTION_HAPPENED) if is_check else (QUESTION_SOLVED,)
    with translation.override(language):
        said = tuple(str(question) for question in questions)
        return Spoken(language, str(greeting), said, str(THANKS))


def reachable(row: Call) -> Contact | None:
    """The visitor, if their name is kept and they still agree to it."""
    key = row.consultation.contact
    found = Contact.objects.filter(key=key).first() if key else None
    return found if found and has_consent(found) else None
