"""Writing who speaks for the programme, how they were trained and how they behave."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import SPEAKERS
from baqylau.outreach.models import Speaker, SpeakerNote, SpeakerNoteKind

FIELDS = ("name", "person", "district_id", "is_volunteer", "first_on", "until_on")


def _faults(fields: Mapping[str, Any], code: str) -> Iterator[DomainError]:
    if not str(fields.get("name", "")).strip():
        yield DomainError(_("Fill this in."), code="empty", field="name")
    first, until = fields.get("first_on"), fields.get("until_on")
    if first and until and until <= first:
        yield DomainError(
            _("The last day lies before the first one."), code="span", field="until_on"
        )
    person = fields.get("person")
    if person and Speaker.objects.filter(person=person).exclude(code=code).exists():
        yield DomainError(
            _("This account belongs to another speaker already."), code="taken", field="person"
        )


def write_speaker(
    *, actor: Actor, fields: Mapping[str, Any], speaker: Speaker | None = None, revision: int = 0
) -> Speaker:
    """Add a speaker, or change one as they were when `revision` was read.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, SPEAKERS)
    with transaction.atomic():
        row = (
            Speaker.objects.select_for_update().get(pk=speaker.pk)
            if speaker
            else Speaker(first_on=clock.today())
        )
        if speaker and row.revision != revision:
            raise ConflictError(_("Somebody has changed this meanwhile. Look again."))
        refuse_all(list(_faults(fields, row.code)))
        for name in FIELDS:
            if name in fields:
                setattr(row, name, fields[name])
        row.revision = row.revision + 1 if speaker else 1
        row.save()
        append(
            action="outreach.speaker_written",
            actor=actor,
            subject=f"speaker:{row.code}",
            payload={"revision": row.revision},
        )
    return row


def note_speaker(
    *,
    actor: Actor,
    speaker: Speaker,
    kind: str,
    on: date,
    until_on: date | None = None,
    note: str = "",
) -> SpeakerNote:
    """Note something about training or conduct; what is noted stays.

    Raises: NotAllowedError; RefusalsError.
    """
    require(actor, SPEAKERS)
    faults = []
    if on > clock.today() and kind != SpeakerNoteKind.PAUSED:
        faults.append(DomainError(_("This day is still to come."), code="future", field="on"))
    if until_on is not None and until_on <= on:
        faults.append(
            DomainError(_("The last day lies before the first one."), code="span", field="until_on")
        )
    if kind == SpeakerNoteKind.COMPLAINT and not note.strip():
        faults.append(
            DomainError(_("Say what the complaint is about."), code="empty", field="note")
        )
    refuse_all(faults)
    with transaction.atomic():
        made = SpeakerNote.objects.create(
            speaker=speaker,
            kind=kind,
            on=on,
            until_on=until_on,
            note=note.strip(),
            author=actor.key,
        )
        append(
            action="outreach.speaker_noted",
            actor=actor,
            subject=f"speaker:{speaker.code}",
            payload={"kind": kind, "on": on},
        )
    return made
