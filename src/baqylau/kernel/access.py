"""Who asks, as the rooms below `staff` may know them: an opaque key and the roles."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: `key` is opaque (never a name or an address), `roles` are stable codes.

    `places` narrows rights to rooms or units where a predicate asks for it.
    """

    key: str
    roles: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Nobody(Actor):
    """A visitor of the public site: no key, no roles."""

    key: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)


SYSTEM = Actor(key="system", roles=frozenset({"system"}))
"""The clock's own hand: jobs, set-up, migrations of content."""
