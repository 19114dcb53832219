"""Secret calendar addresses: made, shown once, and taken back."""

import secrets
from typing import Final

from django.db import transaction

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import require_role
from baqylau.outreach.access import VIEW
from baqylau.outreach.models import Feed
from baqylau.outreach.rules.feeds import mark_of

BYTES: Final = 20
"""160 random bits: nobody guesses them, so nothing slow is needed against guessing."""


def make_feed(*, actor: Actor, language: str) -> str:
    """A new address's secret, which only its digest remembers; an earlier one ends.

    Raises: NotAllowedError.
    """
    require_role(actor, VIEW)
    token = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        _end(actor)
        Feed.objects.create(
            owner=actor.key, mark=mark_of(token), language=language, created_at=clock.now()
        )
        append(action="outreach.feed_made", actor=actor, subject=f"staff:{actor.key}")
    return token


def revoke_feed(*, actor: Actor) -> bool:
    """End one's address; returns whether there was one."""
    with transaction.atomic():
        was_there = _end(actor)
        if was_there:
            append(action="outreach.feed_revoked", actor=actor, subject=f"staff:{actor.key}")
    return was_there


def _end(actor: Actor) -> bool:
    return bool(
        Feed.objects.filter(owner=actor.key, revoked_at=None).update(revoked_at=clock.now())
    )
