"""Visitors who agreed to be known."""

from datetime import UTC, datetime

from baqylau.contacts.models import Contact
from baqylau.contacts.services import open_contact
from baqylau.kernel.access import Actor

ADVISER = Actor("adviser-1", frozenset({"adviser"}))
LAWYER = Actor("lawyer-1", frozenset({"lawyer"}))
ADMINISTRATOR = Actor("admin-1", frozenset({"administrator"}))
OFFICIAL = Actor("official-1", frozenset({"official"}))
NAME = "Қаламқас Өтегенқызы"
PHONE = "+77011234567"
MOMENT = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


def visitor(name: str = NAME, phone: str = PHONE, language: str = "kk") -> Contact:
    """Somebody who agreed today."""
    return open_contact(actor=ADVISER, name=name, phone=phone, language=language)
