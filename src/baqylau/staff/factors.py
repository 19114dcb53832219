"""Second factors leave a trace: which kind was added or removed, and by whom."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from baqylau.journal import services as journal
from baqylau.kernel.access import Actor
from baqylau.staff.models import User


def note_added(*, user: User, authenticator: Authenticator, **_others: object) -> None:
    """The person has set up a factor."""
    _note("staff.factor_added", user, authenticator)


def note_removed(*, user: User, authenticator: Authenticator, **_others: object) -> None:
    """The person has removed a factor of their own."""
    _note("staff.factor_removed", user, authenticator)


def _note(action: str, user: User, authenticator: Authenticator) -> None:
    with transaction.atomic():
        journal.append(
            action=action,
            actor=Actor(user.key),
            subject=f"staff:{user.key}",
            payload={"kind": str(authenticator.type)},
        )
