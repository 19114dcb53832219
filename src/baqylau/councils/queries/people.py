"""Colleagues who may look after a recommendation."""

from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant, User

FOLLOWERS = (Role.SECRETARY, Role.COORDINATOR, Role.LAWYER)


def followers() -> list[tuple[str, str]]:
    """(key, name) of everybody who may be given a recommendation, by name."""
    granted = RoleGrant.objects.filter(revoked_at=None, role__in=FOLLOWERS).values("user")
    people = User.objects.filter(is_active=True, pk__in=granted)
    return list(people.order_by("name", "pk").values_list("key", "name"))
