"""Opening, finding, revealing and changing an identity."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.contacts import queries, rules
from baqylau.contacts.access import CHANGE, FIND, REVEAL
from baqylau.contacts.keyring import Ring, ring
from baqylau.contacts.models import ActingFor, Contact, Purpose, Relation
from baqylau.contacts.sealing import mark, marks, seal, unseal
from baqylau.contacts.services.consent import record_consent, require_consent
from baqylau.contacts.services.noting import locked, note
from baqylau.contacts.services.turns import join_writers
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require

OPEN_FOR: Final = timedelta(minutes=30)
"""How long a page that was drawn again may still show whom it had opened."""


class Reason(models.TextChoices):
    """Why an identity is opened; the journal keeps it."""

    CALL_BACK = "call_back", _("to call back")
    LETTER = "letter", _("to write a letter")
    CORRECTION = "correction", _("to correct what is written")
    REQUEST = "request", _("the person asked what is kept")
    VISIT = "visit", _("the person is here")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person's name and phone in clear; never kept, never logged. `phone` is "" without one."""

    key: str
    name: str
    phone: str
    language: str

    def __repr__(self) -> str:
        return f"Identity({self.key})"


def open_contact(
    *, actor: Actor, name: str, phone: str, language: str, text_language: str = ""
) -> Contact:
    """Keep a person who has just agreed to it; `phone` may be "".

    `text_language` is the language in which the text was read, if another.
    Raises: NotAllowedError; DomainError for a name or phone that is none, or without a text of
    consent.
    """
    require(actor, CHANGE)
    person, number = rules.clean_name(name), _number(phone)
    today = clock.today()
    text = queries.text_on(Purpose.CONTACT, today)
    row = Contact(language=language, created_on=today)
    row.keep_until = rules.kept_until(today, text.keep_days)
    with transaction.atomic():
        join_writers()
        _write(row, ring(), person, number)
        row.save(force_insert=True)
        record_consent(row, text, text_language or language)
        note("opened", actor, row.key, language=language, text=text.number)
    return row


def _write(row: Contact, keys: Ring, name: str, phone: str) -> None:
    """Seal both fields into the row, under one key."""
    row.sealed_with = keys.current
    row.sealed_name = seal(keys, row.key, "name", name)
    row.sealed_phone = seal(keys, row.key, "phone", phone)
    row.phone_mark = mark(keys.keys[keys.current], phone) if phone else ""


def read(row: Contact, keys: Ring) -> Identity:
    """Open a row. Raises: KeyFileError."""
    name, phone = (
        unseal(keys, row.sealed_with, row.key, field, bytes(sealed))
        for field, sealed in (("name", row.sealed_name), ("phone", row.sealed_phone))
    )
    return Identity(row.key, name, phone, row.language)


def find_by_phone(*, actor: Actor, phone: str) -> Sequence[Contact]:
    """Those who share a phone, the latest first; their names stay closed.

    Whoever was found is journalled, the phone never. Raises: NotAllowedError; PhoneError.
    """
    require(actor, FIND)
    number = rules.normal_phone(phone)
    with transaction.atomic():
        found = _sharing(number)
        for row in found:
            note("found", actor, row.key)
    return found


def _sharing(phone: str) -> list[Contact]:
    """Those with the phone, whatever key marked them; again if the keys changed meanwhile."""
    keys = ring()
    while True:
        rows = Contact.objects.filter(phone_mark__in=marks(keys, phone))
        found = list(rows.order_by("-created_on", "-id"))
        if (now := ring()) == keys:
            return found
        keys = now


def reveal(*, actor: Actor, key: str, reason: str) -> Identity:
    """Open name and phone, for a reason that the journal keeps.

    Raises: NotAllowedError; UnknownContactError; DomainError when the consent was withdrawn;
    KeyFileError; ValueError for an unknown reason.
    """
    require(actor, REVEAL)
    with transaction.atomic():
        join_writers()
        row = queries.contact(key)
        require_consent(row)
        identity = read(row, ring())
        note("revealed", actor, key, reason=Reason(reason).value)
    return identity


def still_open(*, actor: Actor, key: str, reason: str) -> Identity | None:
    """What the actor opened for the reason a moment ago, without a second entry; else None.

    For a page that is drawn again after a fault, so that the person is not closed in between.
    Raises: NotAllowedError; KeyFileError.
    """
    require(actor, REVEAL)
    since = (clock.now() - OPEN_FOR).isoformat(timespec="seconds")
    told = Entry.objects.filter(
        subject=f"contact:{key}", action="contacts.revealed", actor=actor.key, at__gte=since
    )
    if not any(json.loads(each.payload).get("reason") == reason for each in told):
        return None
    row = Contact.objects.filter(key=key).first()
    return read(row, ring()) if row and queries.has_consent(row) else None


def change(
    *,
    actor: Actor,
    key: str,
    name: str | None = None,
    phone: str | None = None,
    language: str | None = None,
) -> Contact:
    """Correct what is kept; None leaves a field as it is, a phone "" removes it.

    Raises: NotAllowedError; UnknownContactError; DomainError.
    """
    require(actor, CHANGE)
    with transaction.atomic():
        join_writers()
        row = locked(key) or queries.contact(key)
        require_consent(row)
        keys = ring()
        was = read(row, keys)
        now = Identity(
            key,
            was.name if name is None else rules.clean_name(name),
            was.phone if phone is None else _number(phone),
            was.language if language is None else language,
        )
        fields = ("name", "phone", "language")
        changed = [field for field in fields if getattr(was, field) != getattr(now, field)]
        if not changed:
            return row
        row.language = now.language
        _write(row, keys, now.name, now.phone)
        row.save()
        note("changed", actor, key, changed=[*changed])
    return row


def _number(phone: str) -> str:
    return rules.normal_phone(phone) if phone.strip() else ""


def prolong(*, actor: Actor, key: str) -> Contact:
    """Begin the time of keeping anew, because the person has come again.

    Raises: NotAllowedError; UnknownContactError; DomainError without a consent in force.
    """
    require(actor, CHANGE)
    with transaction.atomic():
        row = locked(key) or queries.contact(key)
        require_consent(row)
        agreed = queries.in_force(row, Purpose.CONTACT).select_related("text").get()
        until = rules.kept_until(clock.today(), agreed.text.keep_days)
        if until > row.keep_until:
            row.keep_until = until
            row.save(update_fields=["keep_until"])
            note("prolonged", actor, key, until=until)
    return row


def act_for(*, actor: Actor, key: str, relation: str, whom: str = "") -> ActingFor:
    """Note that the person came for another, known (`whom` is their key) or not.

    Raises: NotAllowedError; UnknownContactError; DomainError for acting for oneself or an unknown
    relation.
    """
    require(actor, CHANGE)
    if relation not in Relation.values:
        raise DomainError(_("Choose how they are related."), field="relation")
    if whom == key:
        raise DomainError(_("Nobody acts for themselves."), field="whom")
    with transaction.atomic():
        row = queries.contact(key)
        require_consent(row)
        made = ActingFor.objects.create(
            who=row,
            whom=queries.contact(whom) if whom else None,
            relation=relation,
            noted_on=clock.today(),
        )
        note("acted_for", actor, key, relation=relation, whom=whom)
    return made
