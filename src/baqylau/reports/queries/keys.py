"""The state of the keys as the desk shows it: who holds one, what is missing, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Task
from baqylau.reports import access
from baqylau.reports.models import KeyCheck, Keyholder, NameRequest
from baqylau.reports.queries.holders import AWAY, Readiness, readiness
from baqylau.reports.queries.readers import few
from baqylau.reports.queries.recovery import coming_recovery, drill_due_on
from baqylau.reports.queries.standing import is_gone
from baqylau.seal.people import fingerprint
from baqylau.staff.queries import known

Office = Keyholder.Office
FRESH = timedelta(days=14)
"""For so long colleagues are asked to compare the fingerprint of a new key."""


class About(models.TextChoices):
    """What somebody has to look after, gravest first."""

    CLOSED = "closed", _("The form is closed: keys are missing")
    GONE = "gone", _("A key lives on, but its holder's account or role has ended")
    FEW = "few", _("Reports that fewer than two living keys open")
    AWAY = "away", _("An officer has not unlocked their key for 14 days")
    DOUBTED = "doubted", _("Somebody says that the digits of a key are not right")
    WAITING_KEY = "waiting_key", _("A key waits: no report is sealed to it until you compare it")
    UNPROVEN = "unproven", _("Nobody has tried lately whether two shares open the recovery key")
    WAITING = "waiting", _("A new recovery key waits to be agreed to or brought into use")
    CODE = "code", _("A printed code was not checked: type its last group")
    NEW = "new", _("A key is new: compare its fingerprint by voice")


@dataclass(frozen=True, slots=True)
class Concern:
    """A warning: whom it is about (names), how many, since when it is due (None: at once)."""

    code: About
    names: Sequence[str] = ()
    number: int = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A living key, with who holds it."""

    row: Keyholder
    name: str
    fingerprint: str
    is_gone: bool
    is_away: bool
    is_doubted: bool = False

    @property
    def is_trusted(self) -> bool:
        """Whether new reports are sealed to it, as far as its digits go."""
        return self.row.trusted_on is not None

    @property
    def masked(self) -> str:
        """The fingerprint without its last group: that one has to be heard."""
        return f"{self.fingerprint[:-4]}····"


def holders(today: date) -> list[Holder]:
    """The living keys, officers first, by name."""
    rows = list(Keyholder.objects.filter(until_on=None))
    people = known(row.holder for row in rows)
    doubts = KeyCheck.objects.filter(public__in=[row.public for row in rows], is_same=False)
    doubted = frozenset(doubts.values_list("public", flat=True))
    found = [
        Holder(
            row,
            people[row.holder].name if row.holder in people else row.holder,
            fingerprint(row.public),
            is_gone=is_gone(row.office, people.get(row.holder)),
            is_away=row.office == Office.OFFICER and row.seen_on < today - AWAY,
            is_doubted=row.trusted_on is None and row.public in doubted,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.row.office != Office.OFFICER, each.name))


def warnings(today: date) -> list[Concern]:
    """What is not as it should be, gravest first; nothing before there is any key."""
    there = holders(today)
    if not there:
        return []
    ready = readiness(today)
    found = [
        Concern(About.CLOSED, number=0 if ready.is_open else 1),
        _about(About.GONE, [each for each in there if each.is_gone]),
        Concern(About.FEW, number=few().count()),
        _about(About.AWAY, [each for each in there if each.is_away]),
        _about(About.DOUBTED, [each for each in there if each.is_doubted]),
        _about(About.WAITING_KEY, _uncompared(there)),
        *_of_recovery(ready, today),
        _about(About.CODE, [each for each in there if each.row.code_kept_on is None]),
        _about(About.NEW, _fresh(there, today)),
    ]
    return [each for each in found if each.number]


def _uncompared(there: Sequence[Holder]) -> list[Holder]:
    return [each for each in there if not each.is_trusted and not each.is_doubted]


def _for_custodians(asked: Asked) -> list[Task]:
    """Keys that wait to be compared; others who look after keys see them among all warnings."""
    if may_somewhere(asked.actor, access.CEREMONY):
        return []
    wanted = (About.DOUBTED, About.WAITING_KEY)
    return [_task(each) for each in warnings(asked.today) if each.code in wanted]


def _task(concern: Concern) -> Task:
    rank = list(About).index(concern.code) + 1
    url = reverse("reports_keys")
    return Task(
        concern.code.label, url, concern.due_on, _("key of an officer"), rank, stays_here=True
    )


def _about(code: About, people: Sequence[Holder]) -> Concern:
    return Concern(code, [each.name for each in people], len(people))


def _of_recovery(ready: Readiness, today: date) -> list[Concern]:
    found = []
    if ready.recovery is not None and (due := drill_due_on(ready.recovery)) <= today:
        found.append(Concern(About.UNPROVEN, number=1, due_on=due))
    if coming_recovery() is not None:
        found.append(Concern(About.WAITING, number=1))
    return found


def _fresh(there: Sequence[Holder], today: date) -> list[Holder]:
    """Keys younger than FRESH, once others are older: at the first set-up all are new."""
    first = min(each.row.since_on for each in there)
    return [
        each for each in there if each.row.since_on > max(first, today - FRESH - timedelta(days=1))
    ]


def tasks(asked: Asked) -> Sequence[Task]:
    """Warnings about keys for those who look after them; requests for names for custodians."""
    found = []
    if may_somewhere(asked.actor, access.CEREMONY):
        found += [_task(each) for each in warnings(asked.today)]
    if may_somewhere(asked.actor, access.CUSTODY):
        found += _for_custodians(asked)
        waiting = NameRequest.objects.filter(state=NameRequest.State.ASKED)
        if waiting.exclude(asker=asked.actor.key).exists():
            url = reverse("reports_names")
            label, kind = _("Decide about a name"), _("request for a name")
            asking = Task(label, url, None, kind, len(About) + 1)
            found.append(replace(asking, stays_here=True))
    return asked.take(found)
