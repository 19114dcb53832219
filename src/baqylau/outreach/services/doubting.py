"""Asking a person to look at an event, and writing down what they found.

The program concludes nothing: an event with a doubt counts as every other until somebody has found
that it did not take place as written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require
from baqylau.outreach.access import CHECK
from baqylau.outreach.models import Doubt, DoubtKind, Event, Speaking, Stage, Verdict
from baqylau.outreach.queries import doubts as queries
from baqylau.outreach.queries.events import institutions_of
from baqylau.outreach.rules.suspicion import (
    apart,
    cannot_both,
    days_late,
    is_above,
    is_round_alone,
    rounded,
)
from baqylau.outreach.services.reaching import follow

BACK = timedelta(days=90)
"""How far back the nightly look goes: pictures and sizes may come after the report."""
AGAIN = timedelta(days=90)
"""Days in which one speaker's round numbers are asked about once."""
Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class _Raised:
    kind: DoubtKind
    facts: Facts
    other: Event | None = None


def examine(*, event: Event) -> int:
    """Raise what asks a person to look at a reported event; returns how many are new.

    What was raised once is not raised again, whatever was found.
    """
    if event.stage != Stage.REPORTED:
        return 0
    return _raise(event, [*_alone(event), *_beside(event), *_of_pictures(event)])


def examine_pictures(*, event: Event) -> int:
    """The same for its pictures alone, when one came after the report."""
    return _raise(event, list(_of_pictures(event)))


def _raise(event: Event, found: list[_Raised]) -> int:
    made = 0
    for each in found:
        # Of two events the younger one is asked about, whichever was looked at.
        mine, other = event, each.other
        if other is not None and other.pk > mine.pk:
            mine, other = other, mine
        row, is_new = Doubt.objects.get_or_create(
            event=mine,
            kind=each.kind,
            other=other,
            defaults={"raised_on": clock.today(), "facts": dict(each.facts)},
        )
        if is_new:
            made += 1
            append(
                action="outreach.doubted",
                actor=SYSTEM,
                subject=f"event:{mine.code}",
                payload={"kind": each.kind, "doubt": row.pk, "other": other.code if other else ""},
            )
    return made


def _alone(event: Event) -> Iterator[_Raised]:
    """What the event's own numbers say, and those of its speakers."""
    people = event.people or 0
    if event.reported_at:
        late = days_late(event.on, timezone.localdate(event.reported_at))
        if late:
            yield _Raised(DoubtKind.LATE, {"days": late})
    sizes = [body.people for body in institutions_of(event)]
    if is_above(people, sizes):
        yield _Raised(
            DoubtKind.TOO_MANY, {"people": people, "size": sum(each or 0 for each in sizes)}
        )
    if is_round_alone(people):
        yield _Raised(DoubtKind.ROUND, {"people": people})
        return
    for speaker in Speaking.objects.filter(event=event).values_list("speaker", flat=True):
        found = rounded(queries.headcounts(speaker, event.on))
        if found and people % found.step == 0 and not _asked_lately(speaker):
            yield _Raised(
                DoubtKind.ROUND,
                {
                    "step": found.step,
                    "hits": found.hits,
                    "count": found.count,
                    "odds": found.odds,
                },
            )
            return


def _asked_lately(speaker: int) -> bool:
    since = clock.today() - AGAIN
    rows = Speaking.objects.filter(speaker=speaker, event__on__gte=since - AGAIN).values("event")
    asked = Doubt.objects.filter(kind=DoubtKind.ROUND, event__in=rows, raised_on__gt=since)
    return any("step" in facts for facts in asked.values_list("facts", flat=True))


def _beside(event: Event) -> Iterator[_Raised]:
    """Events of its speakers on the same day that they can hardly have been at too."""
    mine = queries.held(event)
    for other in queries.same_day(event):
        theirs = queries.held(other)
        if cannot_both(mine, theirs):
            yield _Raised(DoubtKind.TWO_PLACES, {"minutes": apart(mine, theirs) or 0}, other)


def _of_pictures(event: Event) -> Iterator[_Raised]:
    seen: set[int] = set()
    for alike in (*queries.same_pictures(event), *queries.like_pictures(event)):
        if alike.other.event_id not in seen:
            seen.add(alike.other.event_id)
            kind = DoubtKind.SAME_PICTURE if alike.is_same else DoubtKind.LIKE_PICTURE
            facts = {"bits": alike.bits, "mine": alike.mine.pk, "theirs": alike.other.pk}
            yield _Raised(kind, facts, alike.other.event)


def look_again() -> str:
    """Look at the events of the last 90 days: a picture, a size or a second event came later.

    Safe to repeat.
    """
    since = clock.today() - BACK
    rows = Event.objects.filter(stage=Stage.REPORTED, on__gte=since).order_by("on", "pk")
    made = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            made += examine(event=Event.objects.get(pk=pk))
    return f"{made} doubts"


def judge(*, actor: Actor, doubt: Doubt, verdict: str, note: str = "") -> Doubt:
    """Write down what somebody found who looked; an event that was not as written counts no more.

    Raises: NotAllowedError; ConflictError when somebody was first; DomainError without a verdict or
    its reason, and for whoever had a part in the event.
    """
    require(actor, CHECK)
    if verdict not in Verdict.values:
        raise DomainError(_("Choose what you found."), code="empty", field="verdict")
    if not note.strip():
        raise DomainError(_("Say how you found out."), code="empty", field="note")
    if actor.key in queries.bystanders(doubt):
        raise DomainError(
            _("You had a part in this event: somebody else must look at it."), code="bystander"
        )
    with transaction.atomic():
        row = Doubt.objects.select_for_update(of=("self",)).select_related("event").get(pk=doubt.pk)
        if row.verdict:
            raise ConflictError(_("Somebody has looked at it already."))
        row.verdict, row.note = verdict, note.strip()
        row.looked_by, row.looked_on = actor.key, clock.today()
        row.save()
        if verdict == Verdict.FALSE:
            follow(event=row.event, actor=actor)
        append(
            action="outreach.judged",
            actor=actor,
            subject=f"event:{row.event.code}",
            payload={"doubt": row.pk, "kind": row.kind, "verdict": verdict},
        )
    return row
