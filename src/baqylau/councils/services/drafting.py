"""Writing a draft, and putting it before the people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.councils.access import DISCUSS
from baqylau.councils.models import Council, Draft, Point
from baqylau.councils.queries.drafts import least
from baqylau.councils.rules.points import LONGEST, MOST, Pair, paired, words_of
from baqylau.councils.rules.term import DAY
from baqylau.councils.rules.term import LONGEST as LONGEST_TERM
from baqylau.documents.wording import Wording, WordingError, read_wording
from baqylau.files import services as files
from baqylau.institutions.models import Institution
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.codes import new_code
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Head:
    """What a draft is, of whom, and from which day through which it stands open."""

    kind: str
    title_kk: str
    title_ru: str
    institution: Institution
    opens_on: date
    last_on: date
    council: Council | None = None
    code: str = ""
    """Of a new draft; drawn where none is given."""


def _refuse_term(kind: str, opens_on: date, last_on: date) -> None:
    """Raises: RefusalsError for a term that is none, endless, or shorter than the law wants."""
    faults: list[DomainError] = []
    if last_on < opens_on:
        faults.append(
            DomainError(_("The last day lies before the first."), code="order", field="last_on")
        )
    elif last_on - opens_on > LONGEST_TERM:
        faults.append(
            DomainError(_("A draft is open for a year at most."), code="long", field="last_on")
        )
    elif (found := least(kind, opens_on)) and last_on < found.due_on:
        faults.append(
            DomainError(
                _("By law such a draft stays open through %(day)s at least."),
                code="short",
                field="last_on",
                params={"day": f"{found.due_on:%d.%m.%Y}"},
            )
        )
    refuse_all(faults)


def _fields(head: Head) -> dict[str, object]:
    return {
        "kind": head.kind,
        "title_kk": head.title_kk.strip(),
        "title_ru": head.title_ru.strip(),
        "institution": head.institution,
        "council": head.council,
        "opens_on": head.opens_on,
        "closes_on": head.last_on + DAY,
    }


def write_draft(
    *, actor: Actor, head: Head, draft: Draft | None = None, revision: int = 0
) -> Draft:
    """Begin a draft, or change what stands at its head until it is published.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError once it is published.
    """
    require(actor, DISCUSS)
    _refuse_term(head.kind, head.opens_on, head.last_on)
    if not Institution.objects.open_on(head.opens_on).filter(pk=head.institution.pk).exists():
        raise DomainError(
            _("This institution does not exist any more on that day: choose its successor."),
            code="abolished",
            field="institution",
        )
    with transaction.atomic():
        row = (
            Draft(code=head.code or new_code()) if draft is None else _unpublished(draft, revision)
        )
        for name, value in _fields(head).items():
            setattr(row, name, value)
        row.revision += draft is not None
        row.save()
        _append("councils.draft_written", actor, row, {"kind": row.kind, "on": row.opens_on})
    return row


def _unpublished(draft: Draft, revision: int) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.published_at is not None:
        raise DomainError(
            _("This draft is published: people answer to what stands there, so it stays as it is."),
            code="published",
        )
    if row.revision != revision:
        raise ConflictError(
            _("A colleague has changed this meanwhile. Open it again and look at the changes.")
        )
    return row


def _append(action: str, actor: Actor, row: Draft, payload: Mapping[str, Value]) -> None:
    append(action=action, actor=actor, subject=f"draft:{row.code}", payload=payload)


def checked(text_kk: str, text_ru: str) -> list[Pair]:
    """The points of what was typed. Raises: RefusalsError naming each place that is wrong."""
    found = paired(words_of(text_kk), words_of(text_ru))
    faults = []
    if not found:
        faults.append(
            DomainError(_("Type the text, or bring it as a file."), code="empty", field="text_kk")
        )
    if len(found) > MOST:
        faults.append(
            DomainError(
                _("A draft has %(limit)s points at most; this one has %(count)s."),
                code="many",
                field="text_kk",
                params={"limit": MOST, "count": len(found)},
            )
        )
    for number, pair in enumerate(found, start=1):
        faults += [
            DomainError(
                _("Point %(number)s is longer than %(limit)s signs: divide it by an empty line."),
                code="long",
                field=field,
                params={"number": pair.label or number, "limit": LONGEST},
            )
            for field, text in (("text_kk", pair.kk), ("text_ru", pair.ru))
            if len(text) > LONGEST
        ]
    refuse_all(faults)
    return found


def write_points(
    *, actor: Actor, draft: Draft, text_kk: str, text_ru: str, revision: int
) -> list[Pair]:
    """Put the typed text in the place of the draft's points.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError once it is published.
    """
    require(actor, DISCUSS)
    found = checked(text_kk, text_ru)
    with transaction.atomic():
        row = _unpublished(draft, revision)
        Point.objects.filter(draft=row).delete()
        Point.objects.bulk_create(
            Point(draft=row, order=order, label=pair.label, text_kk=pair.kk, text_ru=pair.ru)
            for order, pair in enumerate(found, start=1)
        )
        row.revision += 1
        row.save(update_fields=["revision"])
        _append("councils.draft_points", actor, row, {"points": len(found)})
    return found


def take_file(*, actor: Actor, draft: Draft, content: bytes) -> Wording:
    """Read a DOCX for the draft and keep it beside; the points stay until somebody saves them.

    Raises: NotAllowedError; DomainError when it cannot be read, or the draft is published.
    """
    require(actor, DISCUSS)
    try:
        found = read_wording(content)
    except WordingError as error:
        raise DomainError(_unread(error.code), code=error.code, field="file") from error
    kept = files.keep(pieces=[content], media_type=DOCX)
    with transaction.atomic():
        row = _unpublished(draft, draft.revision)
        row.file = kept
        row.save(update_fields=["file"])
        _append("councils.draft_file", actor, row, {"size": kept.size})
    return found


def _unread(code: str) -> str:
    if code == "large":
        return _("This text is too long to be read here. Divide it into several files.")
    if code == "empty":
        return _("There are no words in this file. Is it a scanned picture? Then type the text.")
    return _("This file is no DOCX, or it is broken. Open it in a text program and save it anew.")


def publish_draft(*, actor: Actor, draft: Draft, revision: int) -> Draft:
    """Put the draft before the people; from then on its text stays.

    Raises: NotAllowedError; RefusalsError; ConflictError; DomainError without points, when its
    term is over, or when it is published already.
    """
    require(actor, DISCUSS)
    today = clock.today()
    with transaction.atomic():
        row = _unpublished(draft, revision)
        if not Point.objects.filter(draft=row).exists():
            raise DomainError(_("Write the text first: there are no points yet."), code="empty")
        if row.opens_on < today:
            raise DomainError(
                _("The first day has passed: choose today or a later one, so that nobody loses."),
                code="late",
            )
        _refuse_term(row.kind, row.opens_on, row.closes_on - DAY)
        row.published_at = clock.now()
        row.revision += 1
        row.save(update_fields=["published_at", "revision"])
        term: Mapping[str, Value] = {"opens": row.opens_on, "closes": row.closes_on}
        _append("councils.draft_published", actor, row, {**term, "kind": row.kind})
    return row


def extend_draft(*, actor: Actor, draft: Draft, last_on: date) -> Draft:
    """Leave an open draft open for longer; never for shorter.

    Raises: NotAllowedError; RefusalsError; DomainError when it is closed or the day is no later.
    """
    require(actor, DISCUSS)
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.published_at is None or clock.today() >= row.closes_on:
            raise DomainError(_("Only an open draft can stay open for longer."), code="closed")
        if last_on < row.closes_on:
            raise DomainError(
                _("It stays open longer, never shorter: choose a later day."),
                code="shorter",
                field="last_on",
            )
        _refuse_term(row.kind, row.opens_on, last_on)
        row.closes_on = last_on + DAY
        row.revision += 1
        row.save(update_fields=["closes_on", "revision"])
        _append("councils.draft_extended", actor, row, {"closes": row.closes_on})
    return row
