"""Who acts in the training year, and when."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant
from baqylau.staff.queries import actor_of

MORNING = time(4, 30)
"""Of the day in UTC: people are at their desks."""
NOBODY = Actor(key="training", roles=frozenset({Role.SECRETARY, Role.COORDINATOR, Role.LAWYER}))
"""Writes where no account holds the role."""


def somebody(role: str) -> Actor:
    """The first who holds the role; a stand-in when nobody does."""
    held = RoleGrant.objects.filter(role=role, revoked_at=None, user__is_active=True)
    grant = held.select_related("user").order_by("user_id").first()
    return actor_of(grant.user) if grant else NOBODY


def morning_of(day: date) -> AbstractContextManager[None]:
    """Hold the clock at the morning of the day."""
    return clock.frozen(datetime.combine(day, MORNING, UTC))
