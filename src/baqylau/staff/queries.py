"""Who somebody is, as the rest of the house may know it."""

from baqylau.kernel.access import Actor, Nobody
from baqylau.staff.models import RoleGrant, User


def roles_of(user: User) -> frozenset[str]:
    """The role codes that the person holds now."""
    grants = RoleGrant.objects.filter(user=user, revoked_at=None)
    return frozenset(grants.values_list("role", flat=True))


def actor_of(user: User | None) -> Actor:
    """The actor behind an account; Nobody without one or when it is closed."""
    if user is None or not user.is_active:
        return Nobody()
    return Actor(key=user.key, roles=roles_of(user))
