"""Saying yes, and taking it back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.contacts import queries, rules
from baqylau.contacts.access import CHANGE
from baqylau.contacts.models import Consent, ConsentText, Contact, Purpose
from baqylau.contacts.services.noting import locked, note
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require


class NoConsentError(DomainError):
    """The person has not agreed, or has taken it back."""

    code = "no_consent"
    status = 403


def require_consent(row: Contact, purpose: str = Purpose.CONTACT) -> None:
    """Refuse unless the yes is in force. Raises: NoConsentError."""
    if not queries.has_consent(row, purpose):
        raise NoConsentError(_("The person has taken the consent back: nothing is opened."))


def record_consent(row: Contact, text: ConsentText, language: str) -> Consent:
    """Write a yes, within the caller's transaction; the caller journals it."""
    return Consent.objects.create(
        contact=row, purpose=text.purpose, text=text, language=language, given_at=clock.now()
    )


def give_consent(*, actor: Actor, key: str, purpose: str, language: str) -> Consent:
    """Record a yes to today's text, read in the language; an earlier yes gives way to it.

    Raises: NotAllowedError; UnknownContactError; DomainError without a text.
    """
    require(actor, CHANGE)
    today = clock.today()
    text = queries.text_on(purpose, today)
    with transaction.atomic():
        row = locked(key) or queries.contact(key)
        queries.in_force(row, purpose).update(withdrawn_at=clock.now())
        made = record_consent(row, text, language)
        if purpose == Purpose.CONTACT:
            row.keep_until = max(row.keep_until, rules.kept_until(today, text.keep_days))
            row.save(update_fields=["keep_until"])
        note("consent_given", actor, key, purpose=purpose, text=text.number, language=language)
    return made


def withdraw(*, actor: Actor, key: str, purpose: str = Purpose.CONTACT) -> None:
    """Take a yes back. Name and phone are closed at once, and erased by the next night's duty.

    Nothing happens when there is none in force. Raises: NotAllowedError; UnknownContactError.
    """
    require(actor, CHANGE)
    with transaction.atomic():
        row = locked(key) or queries.contact(key)
        if queries.in_force(row, purpose).update(withdrawn_at=clock.now()):
            note("consent_withdrawn", actor, key, purpose=purpose)
