"""Visitors who agreed to be known, and visits of theirs."""

from typing import Any

from baqylau.contacts import keyring as contacts_keys
from baqylau.contacts.models import Contact
from baqylau.contacts.services import open_contact
from baqylau.kernel.access import Actor
from baqylau.reception.models import Call, Consultation
from tests.reception.making import ADVISER, record

PHONE = "+7 701 123 45 67"


def make_visitor(phone: str = PHONE, language: str = "kk") -> Contact:
    """Somebody who agreed."""
    contacts_keys.make()
    return open_contact(actor=ADVISER, name="Әлия Серікқызы", phone=phone, language=language)


def visited(actor: Actor = ADVISER, **changes: Any) -> Consultation:  # noqa: ANN401 - of many kinds
    """A visit of somebody who agreed to be called."""
    given = {"contact": make_visitor().key, "agreed_to_call": True, **changes}
    return record(actor, **given)


def check_of(row: Consultation, **changes: Any) -> Call:  # noqa: ANN401 - of many kinds
    """A check of the visit that is due on the day of the visit."""
    given = {"kind": "check", "due_on": row.held_on, "not_by": row.author, "seed": "s" * 64}
    return Call.objects.create(consultation=row, **{**given, **changes})
