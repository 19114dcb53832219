"""Typed text that a lock interrupted: sealed, for its author alone, for a day."""

import json
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.staff.models import Invitation, KeptText, Sitting, User
from baqylau.staff.sealing import seal

KEPT_FOR = timedelta(hours=24)
MOST = 20
"""Texts that are kept for one person at a time."""

Fields = Sequence[tuple[str, str]]


@transaction.atomic
def keep_text(
    *, user: User, page: str, fields: Fields, files: Sequence[str] = (), was_sent: bool
) -> KeptText:
    """Keep what was typed on a page: (field, text) pairs, and the names of files to choose again.

    Raises: DomainError when the person has too many kept texts already.
    """
    KeptText.objects.filter(user=user, kept_at__lte=clock.now() - KEPT_FOR).delete()
    if KeptText.objects.filter(user=user).count() >= MOST:
        raise DomainError(
            _("Too many unsent texts are kept already. Sign in, send or discard some of them."),
            code="too_many_kept",
        )
    content = json.dumps({"fields": list(fields), "files": list(files)}, ensure_ascii=False)
    return KeptText.objects.create(
        user=user,
        page=page[:2000],
        was_sent=was_sent,
        kept_at=clock.now(),
        sealed=seal(content.encode(), purpose_for(user)),
    )


def purpose_for(user: User) -> str:
    """The sealing purpose of one person's kept texts."""
    return f"kept:{user.key}"


@transaction.atomic
def drop_kept(*, user: User, number: int) -> None:
    """Forget one of the person's kept texts."""
    KeptText.objects.filter(user=user, pk=number).delete()


def tidy() -> str:
    """Forget what is too old: kept texts, used links, shifts, sessions. Safe to repeat."""
    now = clock.now()
    with transaction.atomic():
        texts, _kinds = KeptText.objects.filter(kept_at__lte=now - KEPT_FOR).delete()
        links, _kinds = Invitation.objects.filter(expires_at__lte=now - timedelta(days=30)).delete()
        shifts, _kinds = Sitting.objects.filter(opened_at__lte=now - timedelta(days=2)).delete()
        sessions, _kinds = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return f"{texts} texts, {links} links, {shifts} shifts, {sessions} sessions"
