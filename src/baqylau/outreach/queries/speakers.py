"""Who speaks for the programme, and what is noted about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from baqylau.outreach.models import Event, Speaker, SpeakerNote, Speaking
from baqylau.outreach.queries.unknown import UnknownError
from baqylau.outreach.rules.speaking import Noted, is_trained, is_within, paused_until


def speaker(code: str) -> Speaker:
    """The speaker with their district. Raises: UnknownError."""
    found = Speaker.objects.select_related("district").filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such speaker."))
    return found


def speakers() -> list[Speaker]:
    """Everybody who speaks or spoke, those who have not ended first, by name."""
    rows = Speaker.objects.select_related("district")
    return sorted(rows, key=lambda row: (row.until_on is not None, row.name, row.pk))


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a speaker may speak on a day; `paused_until` is None in no pause."""

    is_here: bool
    is_trained: bool
    paused_until: date | None


def standing(rows: Sequence[Speaker], day: date) -> Mapping[int, Standing]:
    """How several speakers stand on a day, by their id; one query."""
    notes = noted(rows)
    return {
        row.pk: Standing(
            is_within(row.first_on, row.until_on, day),
            is_trained(notes[row.pk], day),
            paused_until(notes[row.pk], day),
        )
        for row in rows
    }


def notes_of(row: Speaker) -> list[SpeakerNote]:
    """What is noted about a speaker, the newest first."""
    return list(SpeakerNote.objects.filter(speaker=row).order_by("-on", "-pk"))


def noted(rows: Sequence[Speaker]) -> Mapping[int, list[Noted]]:
    """What is noted about several speakers, by their id; one query."""
    found: dict[int, list[Noted]] = {row.pk: [] for row in rows}
    for note in SpeakerNote.objects.filter(speaker__in=rows).order_by("on", "pk"):
        found[note.speaker_id].append(Noted(note.kind, note.on, note.until_on))
    return found


def events_of_speaker(row: Speaker, most: int = 50) -> list[Event]:
    """The newest events of a speaker."""
    ids = Speaking.objects.filter(speaker=row).values("event")
    return list(Event.objects.filter(pk__in=ids).order_by("-on", "-pk")[:most])
