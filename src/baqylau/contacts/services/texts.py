"""Texts of consent: dated versions that are never changed."""

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.contacts import keyring
from baqylau.contacts.access import TEXTS
from baqylau.contacts.models import ConsentText, Contact
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError
from baqylau.kernel.permissions import require
from baqylau.web.dates import said_day


def publish_text(
    *, actor: Actor, purpose: str, valid_from: date, keep_days: int, texts: Mapping[str, str]
) -> ConsentText:
    """Add a version that is asked from the day on; `texts` by language. What was agreed stays.

    Raises: NotAllowedError; ConflictError unless the day is after the last version's.
    """
    require(actor, TEXTS)
    with transaction.atomic():
        last = ConsentText.objects.filter(purpose=purpose).order_by("-number").first()
        if last and last.valid_from >= valid_from:
            raise ConflictError(
                gettext_lazy("A later version is there already: %(day)s."),
                field="valid_from",
                params={"day": said_day(last.valid_from)},
            )
        made = _add(purpose, last.number + 1 if last else 1, valid_from, keep_days, texts)
        append(
            action="contacts.text_published",
            actor=actor,
            subject=f"consent:{purpose}",
            payload={"number": made.number, "from": valid_from, "days": keep_days},
        )
    return made


def _add(
    purpose: str, number: int, valid_from: date, keep_days: int, texts: Mapping[str, str]
) -> ConsentText:
    return ConsentText.objects.create(
        purpose=purpose,
        number=number,
        valid_from=valid_from,
        keep_days=keep_days,
        text_kk=texts["kk"],
        text_ru=texts["ru"],
        text_en=texts["en"],
    )


def shipped_texts() -> list[dict[str, Any]]:
    """The texts that ship: the first version of each purpose."""
    source = files("baqylau.contacts").joinpath("seed", "consents.toml")
    found: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["text"]
    return found


def seed() -> str:
    """Make the key and load the first texts, each once; returns a line about it."""
    # With people kept already, a missing file is a loss to be mended, not a first start.
    is_made = not Contact.objects.exists() and keyring.make()
    with transaction.atomic():
        missing = [
            row
            for row in shipped_texts()
            if not ConsentText.objects.filter(purpose=row["purpose"]).exists()
        ]
        for row in missing:
            _add(row["purpose"], 1, row["valid_from"], row["keep_days"], row)
    if is_made:
        return _("key of identities made, texts of consent: %(count)s") % {"count": len(missing)}
    if not keyring.path().exists():
        return _("keys/contacts.key is missing: put your copy back.")
    return _("key of identities in place, texts of consent: %(count)s") % {"count": len(missing)}
