"""Drafting a final document with its recommendations, and signing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.writing import living_body, refuse_tied
from baqylau.councils.access import SIGN, WRITE
from baqylau.councils.models import (
    Council,
    Delivery,
    FinalDocument,
    Meeting,
    Recommendation,
    YearNumber,
)
from baqylau.councils.models import Draft as DraftText
from baqylau.councils.queries.documents import UnknownDocumentError, addressees
from baqylau.councils.queries.recommendations import recommendations_of
from baqylau.councils.rules.completeness import lacking
from baqylau.councils.rules.numbers import digest, document_number, recommendation_number
from baqylau.councils.rules.sources import clean_source
from baqylau.councils.services.writing import public_faults, subject_of
from baqylau.councils.taxonomy import ControlForm, DocumentKind, Origin
from baqylau.journal.services import Draft, append, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.codes import new_code as draw_code
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

TEXTS: Final = ("title", "place", "tasks", "subjects", "facts")
LANGUAGES: Final = ("kk", "ru")
SHORT: Final = frozenset({"title", "place"})
LINE, TEXT = 300, 12_000
"""Signs of a line, and of a part of the document."""
MOST = 60
"""Recommendations of one document."""
SEQUENCE = "document"


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it is typed: `texts` by field (`title_kk`, `facts_ru`, …)."""

    kind: str
    first_on: date
    completed_on: date
    form: str = ""
    signer: str = ""
    council: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """One text without its margins."""
        return self.texts.get(name, "").strip().replace("\r\n", "\n")


def locked_draft(code: str, revision: int | None = None) -> FinalDocument:
    """The document, held until the transaction ends, while it may still be changed.

    Raises: UnknownDocumentError; ConflictError; DomainError when it is signed.
    """
    row = FinalDocument.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise UnknownDocumentError(_("There is no such document."))
    if row.signed_on is not None:
        raise DomainError(
            _("This document is signed: nothing in it changes any more."), code="signed"
        )
    if revision is not None and row.revision != revision:
        raise ConflictError(_("Somebody has changed this document meanwhile. Look at it again."))
    return row


def write_document(
    *,
    actor: Actor,
    said: Written,
    code: str = "",
    revision: int | None = None,
    new_code: str = "",
) -> FinalDocument:
    """Write a new draft, or change one as it was when its `revision` was read.

    `new_code` is the code of a new one; without it one is drawn.

    Raises: NotAllowedError; RefusalsError; UnknownDocumentError; ConflictError; DomainError.
    """
    require(actor, WRITE)
    refuse_all(_faults(said))
    council = Council.objects.filter(code=said.council).first() if said.council else None
    with transaction.atomic():
        fresh = FinalDocument(author=actor.key, code=new_code or draw_code())
        row = locked_draft(code, revision) if code else fresh
        row.revision = row.revision + 1 if code else 1
        row.kind, row.council = said.kind, council
        row.first_on, row.completed_on = said.first_on, said.completed_on
        row.form, row.signer = said.form, said.signer.strip()
        for part in TEXTS:
            for language in LANGUAGES:
                setattr(row, f"{part}_{language}", said.of(f"{part}_{language}"))
        row.save()
        append(
            action="councils.document_written",
            actor=actor,
            subject=f"document:{row.code}",
            payload={"kind": row.kind, "revision": row.revision, "completed_on": row.completed_on},
        )
    return row


def _faults(said: Written) -> list[DomainError]:
    lines = {f"{part}_{lang}" for part in SHORT for lang in LANGUAGES}
    names = [f"{part}_{lang}" for part in TEXTS for lang in LANGUAGES]
    faults = public_faults({name: said.of(name) for name in lines} | {"signer": said.signer}, LINE)
    faults += public_faults({name: said.of(name) for name in names if name not in lines}, TEXT)
    if not said.of("title_kk"):
        faults.append(DomainError(_("Fill this in."), code="empty", field="title_kk"))
    if said.kind not in DocumentKind:
        faults.append(DomainError(_("Choose what is sent."), field="kind"))
    if said.form and said.form not in ControlForm:
        faults.append(DomainError(_("Choose the form of the control."), field="form"))
    if said.completed_on < said.first_on:
        faults.append(DomainError(_("The end lies before the beginning."), field="completed_on"))
    if said.completed_on > clock.today():
        faults.append(DomainError(_("This day is in the future."), field="completed_on"))
    if said.council and not Council.objects.filter(code=said.council).exists():
        faults.append(DomainError(_("There is no such council."), field="council"))
    return faults


def write_recommendation(
    *,
    actor: Actor,
    document: str,
    text_kk: str,
    body: str,
    origin: str,
    text_ru: str = "",
    source: str = "",
    district: str = "",
    code: str = "",
) -> Recommendation:
    """Add a recommendation to a draft, or change one of it. A district not named is the body's.

    Raises: NotAllowedError; RefusalsError; AbolishedError with its successor; TiedError;
    UnknownInstitutionError; UnknownDocumentError; DomainError.
    """
    require(actor, WRITE)
    texts = {"text_kk": text_kk.strip(), "text_ru": text_ru.strip()}
    faults = public_faults(texts)
    if not texts["text_kk"]:
        faults.append(DomainError(_("Fill this in."), code="empty", field="text_kk"))
    if origin not in Origin:
        faults.append(DomainError(_("Say where it came from."), field="origin"))
    refuse_all(faults)
    said_source, today = clean_source(origin, source), clock.today()
    _refuse_unknown(origin, said_source)
    with transaction.atomic():
        row = locked_draft(document)
        institution = living_body(body, today)
        refuse_tied(actor.key, institution.pk)
        made = _recommendation(row, code, actor)
        made.text_kk, made.text_ru = texts["text_kk"], texts["text_ru"]
        made.institution = institution
        made.territory_id = district or institution.district_id
        made.council_id = row.council_id
        made.origin, made.source, made.written_on = origin, said_source, today
        made.save()
        append_many(drafts=[_told(made, actor)])
    return made


def _refuse_unknown(origin: str, source: str) -> None:
    """Refuse the code of a meeting or a draft that nobody has: the public page leads there."""
    rows = {
        Origin.MEETING: Meeting.objects.filter(code=source),
        Origin.COMMENTS: DraftText.objects.filter(code=source).exclude(published_at=None),
    }
    if origin in rows and not rows[Origin(origin)].exists():
        raise DomainError(
            _("No meeting and no published draft has this code."), code="source", field="source"
        )


def _recommendation(row: FinalDocument, code: str, actor: Actor) -> Recommendation:
    """The one to change, or a new one at the end."""
    rows = Recommendation.objects.filter(document=row)
    if code:
        found = rows.filter(code=code).first()
        if found is None:
            raise UnknownDocumentError(_("This document has no such recommendation."))
        return found
    if rows.count() >= MOST:
        raise DomainError(
            _("A document has at most %(limit)s recommendations."), params={"limit": MOST}
        )
    last = rows.aggregate(last=Max("order"))["last"] or 0
    return Recommendation(document=row, order=last + 1, owner=actor.key)


def _told(row: Recommendation, actor: Actor) -> Draft:
    payload: dict[str, Any] = {
        "body": row.institution.code,
        "district": row.territory_id,
        "origin": row.origin,
        "text": digest(row.text_kk, row.text_ru),
    }
    return Draft("councils.recommendation_written", actor, subject_of(row), payload)


def remove_recommendation(*, actor: Actor, document: str, code: str) -> None:
    """Take a recommendation out of a draft; safe to repeat.

    Raises: NotAllowedError; UnknownDocumentError; DomainError when it is signed.
    """
    require(actor, WRITE)
    with transaction.atomic():
        row = locked_draft(document)
        gone = Recommendation.objects.filter(document=row, code=code).first()
        if gone is None:
            return
        gone.delete()
        append(
            action="councils.recommendation_removed", actor=actor, subject=f"recommendation:{code}"
        )


def sign(*, actor: Actor, code: str, revision: int, on: date | None = None) -> FinalDocument:
    """Sign a draft: it gets its number, once, and nothing in it changes any more.

    Raises: NotAllowedError; RefusalsError with every field that is lacking by its name;
    AbolishedError; ConflictError; DomainError.
    """
    require(actor, SIGN)
    day = on or clock.today()
    with transaction.atomic():
        row = locked_draft(code, revision)
        rows = recommendations_of(row)
        _check_whole(row, rows, day)
        row.number = document_number(day.year, _next_number(day.year))
        row.signed_on, row.signed_by = day, actor.key
        row.revision += 1
        row.save()
        for place, each in enumerate(rows, start=1):
            each.order, each.written_on = place, day
            each.number = recommendation_number(row.number, place)
            each.save(update_fields=["order", "written_on", "number"])
        Delivery.objects.bulk_create(
            Delivery(document=row, institution=body) for body in addressees(rows)
        )
        append(
            action="councils.signed",
            actor=actor,
            subject=f"document:{row.code}",
            payload={"number": row.number, "on": day, "recommendations": len(rows)},
        )
    return row


def _check_whole(row: FinalDocument, rows: list[Recommendation], day: date) -> None:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    faults = list(lacking(row.kind, {**fields, "council": row.council_id}, len(rows)))
    if day > clock.today():
        faults.append(DomainError(_("This day is in the future."), field="on"))
    if day < row.completed_on:
        faults.append(
            DomainError(_("It is signed after the control has ended, not before."), field="on")
        )
    refuse_all(faults)
    for body in addressees(rows):
        living_body(body.code, day)


def _next_number(year: int) -> int:
    """The next number of the year; whoever takes one holds the row until the commit."""
    YearNumber.objects.get_or_create(year=year, kind=SEQUENCE)
    row = YearNumber.objects.select_for_update().get(year=year, kind=SEQUENCE)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
