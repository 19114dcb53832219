"""Noting replies and complaints, and answering complaints."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baqylau.accountability.access import COMPLAINTS, REPLIES, SETTLE
from baqylau.accountability.models import Complaint, Reply
from baqylau.files import services as files
from baqylau.institutions.models import Institution
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.text.personal import personal

TEXT = 4_000
"""Signs of a reply, a summary or an answer."""
AGAIN = 5
"""How often a number is drawn anew."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A body's reply; the letter itself may lie beside it, but never becomes public."""

    institution: Institution
    replied_on: date
    text_kk: str
    text_ru: str
    content: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint in our words, without names."""

    received_on: date
    about: str
    summary_kk: str
    summary_ru: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer to a complaint."""

    result: str
    answer_kk: str
    answer_ru: str = ""


def _faults(said: object, *names: str) -> Iterator[DomainError]:
    """What is wrong with texts that become public."""
    for name in names:
        text = getattr(said, name)
        if len(text) > TEXT:
            yield DomainError(
                _("At most %(limit)s signs."), code="long", field=name, params={"limit": TEXT}
            )
        if personal(text):
            yield DomainError(
                _("A telephone or a person's number does not belong here."),
                code="personal",
                field=name,
            )


def _empty(said: object, name: str) -> Iterator[DomainError]:
    if not getattr(said, name).strip():
        yield DomainError(_("Fill this in."), code="empty", field=name)


def _future(on: date, name: str) -> Iterator[DomainError]:
    if on > clock.today():
        yield DomainError(_("This day is still to come."), code="future", field=name)


def note_reply(*, actor: Actor, said: Replied) -> Reply:
    """Publish what a body replied. Raises: NotAllowedError; RefusalsError."""
    require(actor, REPLIES)
    faults = [*_faults(said, "text_kk", "text_ru"), *_future(said.replied_on, "replied_on")]
    if not (said.text_kk.strip() or said.text_ru.strip()):
        faults.append(
            DomainError(_("Write down what the body says."), code="empty", field="text_kk")
        )
    refuse_all(faults)
    kept = files.keep(pieces=[said.content], media_type=said.media_type) if said.content else None
    with transaction.atomic():
        made = Reply.objects.create(
            institution=said.institution,
            replied_on=said.replied_on,
            text_kk=said.text_kk.strip(),
            text_ru=said.text_ru.strip(),
            file=kept,
            person=actor.key,
            noted_at=clock.now(),
        )
        append(
            action="accountability.replied",
            actor=actor,
            subject=f"institution:{said.institution.code}",
            payload={"reply": made.pk, "on": said.replied_on},
        )
    return made


def withdraw_reply(*, actor: Actor, reply: Reply) -> None:
    """Take a reply off the page that was noted wrongly; safe to repeat. Raises: NotAllowedError."""
    require(actor, REPLIES)
    with transaction.atomic():
        rows = Reply.objects.filter(pk=reply.pk, withdrawn_at=None)
        if rows.update(withdrawn_at=clock.now()):
            append(
                action="accountability.reply_withdrawn",
                actor=actor,
                subject=f"institution:{reply.institution.code}",
                payload={"reply": reply.pk},
            )


def note_complaint(*, actor: Actor, said: Complained) -> Complaint:
    """Write down a complaint against the programme. Raises: NotAllowedError; RefusalsError."""
    require(actor, COMPLAINTS)
    refuse_all(
        [
            *_empty(said, "summary_kk"),
            *_faults(said, "summary_kk", "summary_ru"),
            *_future(said.received_on, "received_on"),
        ]
    )
    for _again in range(AGAIN):
        try:
            return _numbered(actor, said)
        except IntegrityError:
            """A colleague has just taken the number."""
    return _numbered(actor, said)


def _numbered(actor: Actor, said: Complained) -> Complaint:
    year = clock.today().year
    with transaction.atomic():
        last = Complaint.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
        made = Complaint.objects.create(
            year=year, number=last + 1, noted_by=actor.key, **asdict(said)
        )
        append(
            action="accountability.complained",
            actor=actor,
            subject=f"complaint:{made.number}/{made.year}",
            payload={"about": made.about, "on": made.received_on},
        )
    return made


def settle(*, actor: Actor, complaint: Complaint, said: Settled) -> Complaint:
    """Answer a complaint; never the person who wrote it down.

    Raises: NotAllowedError; RefusalsError; ConflictError when it is answered already.
    """
    require(actor, SETTLE)
    if actor.key == complaint.noted_by:
        raise DomainError(
            _("You wrote this complaint down: a colleague answers it."), code="same_person"
        )
    faults = [*_empty(said, "answer_kk"), *_faults(said, "answer_kk", "answer_ru")]
    refuse_all(faults)
    today = clock.today()
    with transaction.atomic():
        rows = Complaint.objects.filter(pk=complaint.pk, answered_on=None)
        if not rows.update(answered_on=today, answered_by=actor.key, **asdict(said)):
            raise ConflictError(_("This complaint is answered already."))
        append(
            action="accountability.settled",
            actor=actor,
            subject=f"complaint:{complaint.number}/{complaint.year}",
            payload={"result": said.result},
        )
    complaint.refresh_from_db()
    return complaint
