"""Minutes: the secretary's words, then everything frozen and published as documents."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import AgendaItem, Meeting, MeetingStage, MinutesFile
from baqylau.councils.queries import minutes as telling
from baqylau.councils.services.locking import CHANGED, locked
from baqylau.councils.services.materials import DOCX
from baqylau.documents import minutes as paper
from baqylau.documents.letters import strange_signs
from baqylau.files import services as files
from baqylau.files.models import StoredFile
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.text.personal import personal

TEXT: Final = 20_000
"""Signs of the secretary's text in a language."""
MEDIA_TYPES: Final = {"pdf": "application/pdf", "docx": DOCX}
LANGUAGES: Final = ("kk", "ru")


def write_minutes(
    *, actor: Actor, meeting: Meeting, minutes_kk: str, minutes_ru: str, revision: int
) -> Meeting:
    """Write down what was said, besides what the records say already.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError before the meeting.
    """
    require(actor, KEEP, meeting.council)
    texts = {"minutes_kk": minutes_kk, "minutes_ru": minutes_ru}
    refuse_all([fault for name, text in texts.items() for fault in _faults(name, text)])
    with transaction.atomic():
        row = locked(meeting, revision)
        if row.stage != MeetingStage.HELD:
            raise DomainError(_("Minutes are written when it is known who came."), code="not_held")
        row.minutes_kk, row.minutes_ru = minutes_kk, minutes_ru
        row.revision += 1
        row.save(update_fields=["minutes_kk", "minutes_ru", "revision"])
        append(
            action="councils.minutes_written",
            actor=actor,
            subject=f"meeting:{row.code}",
            payload={"signs": [len(minutes_kk), len(minutes_ru)]},
        )
    return row


def _faults(name: str, text: str) -> list[DomainError]:
    found = []
    if len(text) > TEXT:
        found.append(
            DomainError(
                _("At most %(limit)s signs."), code="long", field=name, params={"limit": TEXT}
            )
        )
    if strange := strange_signs(text.replace("\r", "")):
        found.append(
            DomainError(
                _("These signs cannot be printed: %(signs)s"),
                code="signs",
                field=name,
                params={"signs": " ".join(strange[:10])},
            )
        )
    if personal(text):
        found.append(
            DomainError(
                _("A telephone or a person's number does not belong here."),
                code="personal",
                field=name,
            )
        )
    return found


def publish_minutes(*, actor: Actor, meeting: Meeting, revision: int) -> Meeting:
    """Publish the minutes; with that everything about the meeting is frozen. Safe to repeat.

    The documents are made before anything is locked, and only kept when nothing has changed since.

    Raises: NotAllowedError; ConflictError; DomainError naming what is missing.
    """
    require(actor, KEEP, meeting.council)
    row = Meeting.objects.select_related("council").get(pk=meeting.pk)
    if row.published_at is not None:
        return row
    _refuse_unready(row)
    made = {
        (language, form): _kept(row, language, form)
        for language in LANGUAGES
        for form in MEDIA_TYPES
    }
    try:
        with transaction.atomic():
            return _frozen(actor, row, revision, made)
    except Exception:
        for each in made.values():
            files.forget(digest=each.digest)
        raise


def _kept(row: Meeting, language: str, form: str) -> StoredFile:
    content = document(row, language, form)
    return files.keep(pieces=[content], media_type=MEDIA_TYPES[form])


def document(row: Meeting, language: str, form: str) -> bytes:
    """The minutes as they would be published now, in a language and form."""
    told = telling.minutes(row, language)
    return paper.write_pdf(told) if form == "pdf" else paper.write_docx(told)


def _refuse_unready(row: Meeting) -> None:
    found = []
    if row.stage != MeetingStage.HELD:
        found.append(DomainError(_("Minutes are written when it is known who came.")))
    if not row.minutes_kk:
        found.append(DomainError(_("Write the minutes in Kazakh first."), field="minutes_kk"))
    if telling.has_quorum(row):
        items = AgendaItem.objects.filter(meeting=row, is_voted=True, is_carried=None)
        found += [
            DomainError(
                _("Close the vote on item %(number)s first."), params={"number": item.number}
            )
            for item in items.order_by("number")
        ]
    refuse_all(found)


def _frozen(
    actor: Actor, meeting: Meeting, revision: int, made: dict[tuple[str, str], StoredFile]
) -> Meeting:
    row = locked(meeting)
    if row.revision != revision:
        raise ConflictError(CHANGED)
    _refuse_unready(row)
    for (language, form), file in made.items():
        MinutesFile.objects.create(meeting=row, language=language, form=form, file=file)
    row.published_at = clock.now()
    row.revision += 1
    row.save(update_fields=["published_at", "revision"])
    append(
        action="councils.minutes_published",
        actor=actor,
        subject=f"meeting:{row.code}",
        payload={
            "council": row.council.code,
            "digests": [file.digest for file in made.values()],
        },
    )
    return row
