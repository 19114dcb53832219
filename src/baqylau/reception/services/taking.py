"""Taking a consultation: the visit and, if they agreed, the visitor, in one transaction."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.services.words import note_missed
from baqylau.contacts.models import Contact
from baqylau.contacts.services import act_for, count_answers, open_contact, prolong
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation
from baqylau.reception.queries.earlier import has_met
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.visit import Visit
from baqylau.reception.rules.visitor import Newcomer
from baqylau.reception.services.recording import Recorded, record, written


class _BeatenError(Exception):
    """Another thread was first with the same key; `row` is what it wrote."""

    def __init__(self, row: Consultation) -> None:
        super().__init__(row.number)
        self.row = row


def take_consultation(
    *,
    actor: Actor,
    idempotency_key: str,
    visit: Visit,
    newcomer: Newcomer | None = None,
    missed: str = "",
) -> Recorded:
    """Write the visit down, with the visitor who agreed, or return what the key has written before.

    `visit.contact` names a visitor who is known already: their time begins anew. `missed` is what
    was typed to find a service that is not in the list; the editor gets it, nothing personal in it.
    Raises: as `record_consultation`; DomainError for a name or phone that is none, a visitor whose
    consent is taken back, a call promised to somebody without a phone.
    """
    if newcomer or visit.contact:
        taken = _with_visitor(actor, idempotency_key, visit, newcomer)
    else:
        _check_calls(visit, None)
        taken = record(actor=actor, idempotency_key=idempotency_key, visit=visit)
    if taken.row.is_unlisted and missed:
        note_missed(missed)
    return taken


def _with_visitor(actor: Actor, key: str, visit: Visit, newcomer: Newcomer | None) -> Recorded:
    # Nobody is opened for a key that has been used.
    if (found := written(key)) is not None:
        return Recorded(found, is_new=False)
    try:
        with transaction.atomic():
            return Recorded(_take(actor, key, visit, newcomer), is_new=True)
    except _BeatenError as beaten:
        return Recorded(beaten.row, is_new=False)


def _take(actor: Actor, key: str, visit: Visit, newcomer: Newcomer | None) -> Consultation:
    person = _person(actor, visit, newcomer)
    _check_calls(visit, person)
    visit = replace(visit, contact=person.key if person else "")
    taken = record(actor=actor, idempotency_key=key, visit=visit)
    row = taken.row
    if not taken.is_new:
        # The person who was opened here must not stay behind.
        raise _BeatenError(row)
    if person and newcomer and newcomer.answers:
        count_answers(actor=actor, key=person.key, answers=newcomer.answers)
    if person and visit.acted_as:
        act_for(actor=actor, key=person.key, relation=visit.acted_as)
    return row


def _person(actor: Actor, visit: Visit, newcomer: Newcomer | None) -> Contact | None:
    """The visitor's row: known and prolonged, or opened now; None for one without a name."""
    if visit.contact:
        check_met(actor, visit.contact)
        return prolong(actor=actor, key=visit.contact)
    if newcomer is None:
        return None
    return open_contact(
        actor=actor,
        name=newcomer.name,
        phone=newcomer.phone,
        language=visit.language,
        text_language=newcomer.text_language,
    )


def check_met(actor: Actor, key: str) -> None:
    """A known visitor is taken by whoever found them by phone, or may read a visit of theirs.

    Raises: DomainError.
    """
    if not has_met(at_the_desk(actor, clock.today()), key):
        raise DomainError(_("Find the visitor by phone first."), field="contact")


def _check_calls(visit: Visit, person: Contact | None) -> None:
    """Nobody is promised a call who has left no phone."""
    if person and person.phone_mark:
        return
    for error in calls_without_phone(visit):
        raise error


def calls_without_phone(visit: Visit) -> list[DomainError]:
    """What is wrong about the calls of a visit whose visitor has left no phone."""
    asked = {"agreed_to_call": visit.agreed_to_call, "call_on": visit.call_on}
    return [
        DomainError(_("To call, we need a phone that the visitor agreed to leave."), field=field)
        for field, is_asked in asked.items()
        if is_asked
    ]
