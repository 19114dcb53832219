"""Who acts in the training year, and when."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.staff.models import RoleGrant, User
from baqylau.staff.queries import actor_of

MORNING = time(5, 30)
"""Of the day in UTC: the programme's people are at their desks."""


def somebody(role: str) -> Actor | None:
    """The first who holds the role; None when nobody does."""
    held = RoleGrant.objects.filter(role=role, revoked_at=None, user__is_active=True)
    grant = held.select_related("user").order_by("user_id").first()
    return actor_of(grant.user) if grant else None


def account_of(actor: Actor) -> User:
    """The account behind an actor. Raises: User.DoesNotExist."""
    return User.objects.get(key=actor.key)


def morning_of(day: date) -> AbstractContextManager[None]:
    """Hold the clock at the morning of the day."""
    return clock.frozen(datetime.combine(day, MORNING, UTC))
