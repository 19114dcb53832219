"""Everything that changes an account; each change is journalled with opaque keys."""

from collections.abc import Iterable

from django.db import transaction

from baqylau.journal import services as journal
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant, User

SYSTEM = Actor("system")
"""Who acts when nobody is signed in: the console, the clock."""


@transaction.atomic
def open_account(
    *, email: str, name: str, language: str, roles: Iterable[str], actor: Actor
) -> User:
    """Store an account without a passphrase, with its roles. Raises: IntegrityError when taken."""
    user = User.objects.create_user(email, None, name=name, language=language)
    for role in sorted(roles):
        grant_role(user=user, role=role, actor=actor)
    journal.append(
        action="staff.account_opened",
        actor=actor,
        subject=f"staff:{user.key}",
        payload={"language": language},
    )
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, actor: Actor) -> None:
    """Give a role; nothing happens when it is held. Raises: ValueError for an unknown code."""
    _grant, is_new = RoleGrant.objects.get_or_create(
        user=user,
        role=str(Role(role)),
        revoked_at=None,
        defaults={"granted_by": actor.key, "granted_at": clock.now()},
    )
    if is_new:
        journal.append(
            action="staff.role_granted",
            actor=actor,
            subject=f"staff:{user.key}",
            payload={"role": str(role)},
        )
