"""An adviser's own drafts, opened for them alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from baqylau.kernel.access import Actor
from baqylau.reception import keyring
from baqylau.reception.models import Draft
from baqylau.reception.rules.drafts import AGAIN, row_name


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft and what was typed in it, by the field's name."""

    token: str
    updated_at: datetime
    fields: Mapping[str, str]

    @property
    def words(self) -> str:
        """What its author recognises it by."""
        names = ("query", "answer", "body", "earlier", "slip", "service")
        return next((self.fields[name] for name in names if self.fields.get(name)), "")


def opened_row(row: Draft) -> Opened:
    """What a draft holds, whoever owns it. Raises: KeyFileError."""
    content: Mapping[str, str] = json.loads(keyring.unseal(bytes(row.sealed), row_name(row.token)))
    return Opened(row.token, row.updated_at, content)


def opened(actor: Actor, token: str) -> Opened | None:
    """The actor's draft under the token. Raises: KeyFileError."""
    row = Draft.objects.filter(token=token, owner=actor.key).first()
    return opened_row(row) if row else None


def drafts_of(actor: Actor) -> list[Opened]:
    """The actor's drafts, the newest first. Raises: KeyFileError."""
    own = Draft.objects.filter(owner=actor.key).exclude(token__endswith=AGAIN)
    rows = own.order_by("-updated_at", "-id")
    return [opened_row(row) for row in rows]


def number_of_drafts(actor: Actor, token: str = "") -> int:
    """How many drafts wait for the actor, the one under the token left aside."""
    rows = Draft.objects.filter(owner=actor.key).exclude(token__endswith=AGAIN)
    return rows.exclude(token=token).count()
