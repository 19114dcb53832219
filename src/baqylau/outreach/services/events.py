"""Planning events, and what becomes of them until they are reported."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.institutions.models import Institution
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD, PLAN
from baqylau.outreach.models import Campaign, Event, EventKind, Speaker, Speaking, Stage, Visited
from baqylau.outreach.queries.events import holding
from baqylau.outreach.queries.speakers import noted
from baqylau.outreach.rules import wording
from baqylau.outreach.rules.life import COMING, may_follow
from baqylau.outreach.rules.speaking import Noted, is_within, paused_until
from baqylau.outreach.services.reaching import follow
from baqylau.web.dates import said_day

INSTITUTIONS = 20
"""Institutions of one event at most."""
SPEAKERS = 10
TOPIC, PLACE, REASON = 300, 240, 300
"""Signs of a topic, a place, a reason."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An event as it is planned. `code`, drawn with the form, makes sending it again harmless."""

    kind: str
    topic_kk: str
    on: date
    district: str
    institutions: Sequence[Institution]
    speakers: Sequence[Speaker] = ()
    campaign: Campaign | None = None
    topic_ru: str = ""
    place_kk: str = ""
    place_ru: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    code: str = ""

    def columns(self) -> dict[str, object]:
        """What stands in the event's row."""
        texts = ("topic_kk", "topic_ru", "place_kk", "place_ru")
        plain = ("kind", "on", "campaign", "starts_at", "ends_at")
        found: dict[str, object] = {name: getattr(self, name).strip() for name in texts}
        found |= {name: getattr(self, name) for name in plain}
        return {**found, "district_id": self.district}


BACK, AHEAD = timedelta(days=366), timedelta(days=731)
"""How far from today an event may lie that is written down here: beyond, it is a slip of the year.
What is older comes with a table."""
MOVING = ("on", "district_id", "place_kk", "place_ru", "starts_at", "ends_at")
"""What a calendar shows: a change of it raises the sequence."""


def plan_event(*, actor: Actor, said: Planned) -> Event:
    """Plan an event; sending the same form again gives the same event.

    Raises: NotAllowedError; RefusalsError.
    """
    require(actor, PLAN)
    if said.code and (there := Event.objects.filter(code=said.code, author=actor.key).first()):
        return there
    refuse_all(list(_faults(said)))
    with transaction.atomic():
        drawn = {"code": said.code} if said.code else {}
        row = Event.objects.create(author=actor.key, **said.columns(), **drawn)
        _tie(row, said)
        append(
            action="outreach.planned", actor=actor, subject=f"event:{row.code}", payload=_told(row)
        )
    return row


def change_event(*, actor: Actor, event: Event, said: Planned, revision: int) -> Event:
    """Change an event as it was when `revision` was read; moving it raises its sequence.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, HOLD, holding(event))
    with transaction.atomic():
        row = locked(event, revision)
        if row.stage == Stage.CANCELLED:
            raise ConflictError(_("This event was cancelled: plan another one."))
        kept = set(Visited.objects.filter(event=row).values_list("institution_id", flat=True))
        speaking = set(Speaking.objects.filter(event=row).values_list("speaker_id", flat=True))
        refuse_all(list(_faults(said, kept, speaking, row)))
        before = [getattr(row, name) for name in MOVING]
        for name, value in said.columns().items():
            setattr(row, name, value)
        if before != [getattr(row, name) for name in MOVING]:
            row.sequence += 1
        row.revision += 1
        row.save()
        _tie(row, said)
        follow(event=row, actor=actor)
        append(
            action="outreach.changed",
            actor=actor,
            subject=f"event:{row.code}",
            payload={**_told(row), "sequence": row.sequence},
        )
    return row


def _told(row: Event) -> dict[str, Value]:
    return {
        "kind": row.kind,
        "on": row.on,
        "district": row.district_id,
        "campaign": row.campaign.code if row.campaign else "",
    }


def _tie(row: Event, said: Planned) -> None:
    """Let the event's institutions and speakers be those that are said."""
    bodies = {each.pk for each in said.institutions}
    visits = Visited.objects.filter(event=row)
    visits.exclude(institution__in=bodies).delete()
    there = set(visits.values_list("institution", flat=True))
    for pk in sorted(bodies - there):
        Visited.objects.create(event=row, institution_id=pk)
    speakers = {each.pk for each in said.speakers}
    speaking = Speaking.objects.filter(event=row)
    speaking.exclude(speaker__in=speakers).delete()
    there = set(speaking.values_list("speaker", flat=True))
    for pk in sorted(speakers - there):
        Speaking.objects.create(event=row, speaker_id=pk)


def _faults(
    said: Planned,
    kept: Iterable[int] = (),
    speaking: Iterable[int] = (),
    row: Event | None = None,
) -> Iterator[DomainError]:
    """What is wrong with a plan; on the day of before, who was down already is not asked about."""
    if said.kind not in EventKind.values:
        yield DomainError(_("Fill this in."), code="empty", field="kind")
    yield from _faults_of_texts(said)
    if said.starts_at and said.ends_at and said.ends_at <= said.starts_at:
        yield DomainError(
            _("The end lies before the beginning. An event ends on its day."),
            code="times",
            field="ends_at",
        )
    if row is not None and row.stage not in COMING and said.on > clock.today():
        yield DomainError(
            _("This event was held: its day cannot lie ahead."), code="future", field="on"
        )
    if row is None or not (row.is_imported or row.on == said.on):
        yield from day_faults(said.on)
    if not 1 <= len(said.institutions) <= INSTITUTIONS:
        yield DomainError(
            _("Choose from one to %(limit)s institutions."),
            code="institutions",
            field="institutions",
            params={"limit": INSTITUTIONS},
        )
    if len(said.speakers) > SPEAKERS:
        yield DomainError(
            _("At most %(limit)s speakers."),
            code="speakers",
            field="speakers",
            params={"limit": SPEAKERS},
        )
    if row is None or row.on != said.on:
        kept, speaking = (), ()
    yield from _faults_of_the_day(said, set(kept), set(speaking))


def _faults_of_the_day(
    said: Planned, kept: AbstractSet[int], speaking: AbstractSet[int]
) -> Iterator[DomainError]:
    """Who is not there on the day, but for those that were down for it already."""
    for body in said.institutions:
        if body.pk not in kept:
            yield from _closed(body, said.on)
    notes = noted(said.speakers)
    for each in said.speakers:
        if each.pk not in speaking:
            yield from _not_speaking(each, said.on, notes[each.pk])


def day_faults(on: date) -> Iterator[DomainError]:
    """What is wrong with the day of an event that is planned, moved or reported today."""
    if not clock.today() - BACK <= on <= clock.today() + AHEAD:
        yield DomainError(
            _(
                "Look at the year. An event is planned at most two years ahead; one that took place"
                " more than a year ago comes with a table of older events."
            ),
            code="far",
            field="on",
        )


def _faults_of_texts(said: Planned) -> Iterator[DomainError]:
    if not said.topic_kk.strip():
        yield DomainError(_("Fill this in."), code="empty", field="topic_kk")
    limits = {"topic_kk": TOPIC, "topic_ru": TOPIC, "place_kk": PLACE, "place_ru": PLACE}
    for name, limit in limits.items():
        text = str(getattr(said, name))
        if len(text.strip()) > limit:
            yield DomainError(
                _("At most %(limit)s signs."), code="long", field=name, params={"limit": limit}
            )
    yield from wording.faults({name: getattr(said, name) for name in limits})


def _closed(body: Institution, day: date) -> Iterator[DomainError]:
    if body.until_on is None or day < body.until_on:
        return
    heir = body.successor
    if heir is None:
        yield DomainError(
            _("“%(name)s” is no longer there on this day. Nobody is known to have taken over."),
            code="closed",
            field="institutions",
            params={"name": body.name_kk},
        )
        return
    yield DomainError(
        _("“%(name)s” is no longer there on this day. Its successor: “%(heir)s” (%(code)s)."),
        code="closed",
        field="institutions",
        params={"name": body.name_kk, "heir": heir.name_kk, "code": heir.code},
    )


def _not_speaking(speaker: Speaker, day: date, notes: Sequence[Noted]) -> Iterator[DomainError]:
    if not is_within(speaker.first_on, speaker.until_on, day):
        yield DomainError(
            _("%(name)s does not speak for the programme on this day."),
            code="ended",
            field="speakers",
            params={"name": speaker.name},
        )
    elif (until := paused_until(notes, day)) is not None:
        yield DomainError(
            _("%(name)s pauses until %(day)s.")
            if until != date.max
            else _("%(name)s pauses, and no day is known until which."),
            code="paused",
            field="speakers",
            params={"name": speaker.name, "day": said_day(until, "SHORT_DATE_FORMAT")},
        )


def locked(event: Event, revision: int | None = None) -> Event:
    """The row for writing, as it was when `revision` was read. Raises: ConflictError."""
    row = Event.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=event.pk)
    if revision is not None and row.revision != revision:
        raise ConflictError(_("Somebody has changed this meanwhile. Look again."))
    return row


def _turn(actor: Actor, row: Event, stage: Stage) -> None:
    """Bring a locked row to a stage. Raises: ConflictError."""
    if not may_follow(row.stage, stage):
        raise ConflictError(
            _("This event is at another stage already: %(stage)s.")
            % {"stage": row.get_stage_display()}
        )
    row.stage = stage
    row.revision += 1
    row.save()
    follow(event=row, actor=actor)
    append(
        action=f"outreach.{stage}",
        actor=actor,
        subject=f"event:{row.code}",
        payload={"on": row.on},
    )


def confirm_event(*, actor: Actor, event: Event, confirmed_by: str) -> Event:
    """Note that the institution agreed, and what shows it; safe to repeat.

    Raises: NotAllowedError; ConflictError; DomainError; RefusalsError.
    """
    require(actor, HOLD, holding(event))
    words = confirmed_by.strip()
    if not words:
        raise DomainError(
            _("Say what shows it: an office, a letter's number."), field="confirmed_by"
        )
    refuse_all(list(wording.faults({"confirmed_by": words})))
    with transaction.atomic():
        row = locked(event)
        if row.stage == Stage.CONFIRMED:
            return row
        row.confirmed_by = words
        _turn(actor, row, Stage.CONFIRMED)
    return row


def hold_event(*, actor: Actor, event: Event) -> Event:
    """Note that it was held; its numbers come with the report. Safe to repeat.

    Raises: NotAllowedError; ConflictError; DomainError before its day.
    """
    require(actor, HOLD, holding(event))
    with transaction.atomic():
        row = locked(event)
        if row.stage == Stage.HELD:
            return row
        refuse_ahead(row)
        _turn(actor, row, Stage.HELD)
    return row


def refuse_ahead(row: Event) -> None:
    """Raises: DomainError for an event whose day is still to come."""
    if row.on > clock.today():
        raise DomainError(
            _("This event is still to come: its day is %(day)s."),
            code="future",
            params={"day": said_day(row.on, "SHORT_DATE_FORMAT")},
        )


def cancel_event(*, actor: Actor, event: Event, reason_kk: str, reason_ru: str = "") -> Event:
    """Cancel an event, saying why in words that everybody may read; safe to repeat.

    Raises: NotAllowedError; ConflictError; RefusalsError.
    """
    require(actor, HOLD, holding(event))
    faults = list(wording.faults({"reason_kk": reason_kk, "reason_ru": reason_ru}))
    if not reason_kk.strip():
        faults.append(DomainError(_("Say why."), code="empty", field="reason_kk"))
    refuse_all(faults)
    with transaction.atomic():
        row = locked(event)
        if row.stage == Stage.CANCELLED:
            return row
        row.reason_kk, row.reason_ru = reason_kk.strip()[:REASON], reason_ru.strip()[:REASON]
        row.sequence += 1
        _turn(actor, row, Stage.CANCELLED)
    return row
