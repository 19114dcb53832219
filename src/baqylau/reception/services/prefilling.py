"""What a letter begins with: what the desk knows already, so that nobody types it again."""

from django.utils import translation

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.rules.clocks import answer_deadline
from baqylau.casework.rules.facts import picture_of
from baqylau.catalogue.queries.published import name_of
from baqylau.contacts.queries import UnknownContactError
from baqylau.contacts.services import Reason, reveal
from baqylau.contacts.services.consent import NoConsentError
from baqylau.documents.letters import strange_signs
from baqylau.institutions import labels
from baqylau.kernel.access import Actor
from baqylau.law.errors import LawError
from baqylau.lawbook.queries.book import book
from baqylau.reception.models import Consultation
from baqylau.reception.queries.letters import kept_for
from baqylau.reception.rules.requisites import LetterKind


def known_already(
    actor: Actor, row: Consultation, kind: LetterKind, language: str
) -> dict[str, str]:
    """Places of the letter with what is known: the service, the case, a visitor who agreed.

    Opening the visitor's name is journalled with its reason; within the caller's transaction.
    """
    found = {**_about(row, language), **_person(actor, row)}
    return {
        name: value
        for name, value in found.items()
        if name in kind.fields and value and not strange_signs(value)
    }


def _about(row: Consultation, language: str) -> dict[str, str]:
    found = {"service_name": name_of(row.service, language) if row.service else ""}
    if row.case:
        with translation.override(language):
            found |= _case(row.case)
    return found


def _case(case: Case) -> dict[str, str]:
    """Who was asked, under which number, when, and until when they had to answer."""
    picture = picture_of(facts_of([case])[case.pk])
    found = {"decided_by": labels.name(case.body).text if case.body else ""}
    if picture.filed and picture.received:
        found["appeal_number"] = picture.filed.reference
        found["appeal_date"] = picture.received.on.isoformat()
    try:
        due = answer_deadline(picture, book())
    except LawError:
        due = None
    if due:
        found["answer_due"] = due.due_on.isoformat()
    return found


def _person(actor: Actor, row: Consultation) -> dict[str, str]:
    if not row.contact:
        return {}
    try:
        identity = reveal(actor=actor, key=row.contact, reason=Reason.LETTER)
    except (UnknownContactError, NoConsentError):
        return {}
    return {
        **kept_for(row.contact),
        "applicant_name": identity.name,
        "applicant_phone": identity.phone,
    }
