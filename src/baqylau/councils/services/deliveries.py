"""That a signed document went to a body and arrived: a step of each recommendation to it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.rules.numbers import clean_reference
from baqylau.councils.access import FOLLOW, SIGN
from baqylau.councils.models import Delivery, FinalDocument, Recommendation
from baqylau.councils.queries.documents import UnknownDocumentError
from baqylau.councils.queries.recommendations import facts_of, kind_of, pictured
from baqylau.councils.rules.clocks import Law
from baqylau.councils.rules.order import check
from baqylau.councils.rules.steps import Fact, standing
from baqylau.councils.services.stepping import struck
from baqylau.councils.services.writing import Shown, public_faults, write_step
from baqylau.councils.taxonomy import State, StepKind
from baqylau.journal.rules import Value
from baqylau.journal.services import Draft, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.lawbook.queries.book import book
from baqylau.web.dates import said_day


def send(*, actor: Actor, document: str, body: str, on: date) -> Delivery:
    """Write down that a body was sent the document.

    Raises: NotAllowedError; UnknownDocumentError; ConflictError; StepRefusedError; DomainError.
    """
    require(actor, SIGN)
    with transaction.atomic():
        row = _locked(document, body)
        if row.sent_on is not None:
            raise ConflictError(_("It was sent to this body already. Look at the page again."))
        signed = row.document.signed_on
        if signed and on < signed:
            raise DomainError(
                _("It cannot go out before it is signed. Day of signing: %(day)s."),
                field="on",
                params={"day": said_day(signed)},
            )
        drafts = _for_each(row, Fact(0, StepKind.SENT, on), Shown(), actor)
        row.sent_on = on
        row.save(update_fields=["sent_on"])
        append_many(drafts=[*drafts, _told("councils.document_sent", row, actor, on)])
    return row


def receive(*, actor: Actor, document: str, body: str, on: date, reference: str = "") -> Delivery:
    """Write down that it arrived, under the number that the body has given it.

    The term of each answer begins with this day. Raises: as `send`.
    """
    require(actor, FOLLOW)
    number = clean_reference(reference) if reference.strip() else ""
    if number is None:
        raise DomainError(
            _("This is no number of a letter: up to 40 digits and signs, few letters."),
            field="reference",
        )
    with transaction.atomic():
        row = _locked(document, body)
        if row.received_on is not None:
            raise ConflictError(_("Its arrival is written down already. Look at the page again."))
        if row.sent_on is None:
            raise DomainError(_("Nothing arrives before it was sent."), field="on")
        drafts = _for_each(row, Fact(0, StepKind.RECEIVED, on), Shown(reference=number), actor)
        row.received_on, row.reference = on, number
        row.save(update_fields=["received_on", "reference"])
        append_many(drafts=[*drafts, _told("councils.document_received", row, actor, on)])
    return row


def take_back(*, actor: Actor, document: str, body: str, reason: str) -> Delivery:
    """Take back what was last written down for a body by mistake: its arrival, else its sending.

    Raises: NotAllowedError; UnknownDocumentError; RefusalsError; StepRefusedError when something
    was written down since; DomainError when there is nothing.
    """
    require(actor, FOLLOW)
    reason, law = reason.strip(), book()
    faults = public_faults({"reason": reason}, limit=500)
    if not reason:
        faults.append(DomainError(_("Say why it is struck out."), code="empty", field="reason"))
    refuse_all(faults)
    with transaction.atomic():
        row = _locked(document, body)
        kind = StepKind.RECEIVED if row.received_on else StepKind.SENT
        if row.sent_on is None:
            raise DomainError(_("Nothing is written down for this body yet."))
        drafts = _struck_in_each(row, kind, reason, actor, law)
        row.reference = ""
        if kind == StepKind.RECEIVED:
            row.received_on = None
        else:
            row.sent_on = None
        row.save(update_fields=["sent_on", "received_on", "reference"])
        told = _told("councils.document_taken_back", row, actor, clock.today())
        append_many(drafts=[*drafts, told])
    return row


def _locked(document: str, body: str) -> Delivery:
    found = FinalDocument.objects.select_for_update().filter(code=document).first()
    rows = Delivery.objects.select_for_update(of=("self",)).select_related(
        "document", "institution"
    )
    row = rows.filter(document=found, institution__code=body).first() if found else None
    if row is None:
        raise UnknownDocumentError(_("This document goes to no such body."))
    return row


def _recommendations(row: Delivery) -> list[Recommendation]:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("document")
    wanted = rows.filter(document=row.document_id, institution=row.institution_id)
    return list(wanted.order_by("order"))


def _for_each(row: Delivery, fact: Fact, shown: Shown, actor: Actor) -> list[Draft]:
    """The step in each recommendation to the body that waits for it. Raises: StepRefusedError.

    One that was withdrawn, or answered, before its arrival was known keeps its steps.
    """
    law, today, drafts = book(), clock.today(), []
    waits = State.WRITTEN if fact.kind == StepKind.SENT else State.SENT
    rows = [each for each in _recommendations(row) if each.state == waits]
    known = facts_of(rows)
    for each in rows:
        earlier = known[each.pk]
        step = Fact(each.steps + 1, fact.kind, fact.on)
        check(pictured(each, earlier), step, today, kind=kind_of(each), law=law)
        drafts.append(write_step(each, earlier, step, shown, actor, law))
    return drafts


def _struck_in_each(
    row: Delivery, kind: StepKind, reason: str, actor: Actor, law: Law
) -> list[Draft]:
    rows = _recommendations(row)
    known, drafts = facts_of(rows), []
    for each in rows:
        earlier = known[each.pk]
        targets = [fact.number for fact in standing(earlier) if fact.kind == kind]
        drafts += [struck(each, earlier, target, reason, actor, law) for target in targets]
    return drafts


def _told(action: str, row: Delivery, actor: Actor, on: date) -> Draft:
    payload: dict[str, Value] = {"body": row.institution.code, "on": on}
    return Draft(action, actor, f"document:{row.document.code}", payload)
