"""Names of colleagues behind the keys that versions and changes carry."""

from collections.abc import Iterable

from baqylau.staff.models import User


def names(keys: Iterable[str]) -> dict[str, str]:
    """Return names by key; keys of nobody, such as "system", are left out."""
    return dict(User.objects.filter(key__in=set(keys)).values_list("key", "name"))
