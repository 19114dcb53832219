"""What an adviser has typed so far: sealed on the server, never in the browser's storage."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import require_role
from baqylau.reception import keyring
from baqylau.reception.access import RECORD
from baqylau.reception.models import Consultation, Draft
from baqylau.reception.rules.drafts import kept_fields, row_name

KEPT_FOR: Final = timedelta(days=7)
MOST: Final = 40
"""Drafts of one adviser; the oldest gives way."""


def keep_draft(*, actor: Actor, token: str, fields: Mapping[str, str]) -> bool:
    """Keep what was typed under the token; returns whether it is kept.

    Nothing is kept that says nothing, that is a consultation already, or under a token of somebody
    else. Raises: NotAllowedError; KeyFileError.
    """
    require_role(actor, RECORD)
    content = kept_fields(fields)
    if not content:
        return False
    sealed = keyring.seal(json.dumps(content, ensure_ascii=False), row_name(token))
    try:
        with transaction.atomic():
            return _write(actor, token, sealed)
    except IntegrityError:
        # Another tab was first with this token: its row is there now.
        with transaction.atomic():
            return _write(actor, token, sealed)


def _write(actor: Actor, token: str, sealed: bytes) -> bool:
    if Consultation.objects.filter(idempotency_key=token).exists():
        return False
    own = Draft.objects.filter(token=token, owner=actor.key)
    if own.update(sealed=sealed, updated_at=clock.now()):
        return True
    if Draft.objects.filter(token=token).exists():
        return False
    Draft.objects.create(token=token, owner=actor.key, sealed=sealed, updated_at=clock.now())
    older = Draft.objects.filter(owner=actor.key).order_by("-updated_at", "-id")[MOST:]
    Draft.objects.filter(pk__in=[row.pk for row in older]).delete()
    return True


def drop_draft(*, actor: Actor, token: str) -> bool:
    """Throw one's own draft away; returns whether there was one."""
    with transaction.atomic():
        return bool(Draft.objects.filter(token=token, owner=actor.key).delete()[0])


def forget_old_drafts() -> str:
    """Delete drafts that nobody has touched for a week; says how many. Safe to repeat."""
    with transaction.atomic():
        gone = Draft.objects.filter(updated_at__lt=clock.now() - KEPT_FOR).delete()[0]
    return f"{gone} drafts"
