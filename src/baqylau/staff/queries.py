"""Who somebody is, what they may, and where they sit."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from baqylau.kernel import clock
from baqylau.kernel.access import Actor, Nobody
from baqylau.kernel.modules import Action, Text, registry
from baqylau.kernel.permissions import table
from baqylau.kernel.roles import Role
from baqylau.staff.labels import ROLE_LABELS
from baqylau.staff.models import KeptText, RoleGrant, Sitting, User
from baqylau.staff.sealing import unseal


def roles_of(user: User) -> frozenset[str]:
    """The role codes that the person holds now."""
    grants = RoleGrant.objects.filter(user=user, revoked_at=None)
    return frozenset(grants.values_list("role", flat=True))


def actor_of(user: User | None) -> Actor:
    """The actor behind an account; Nobody without one or when it is closed."""
    if user is None or not user.is_active:
        return Nobody()
    return Actor(key=user.key, roles=roles_of(user))


def personal_roles() -> frozenset[str]:
    """The roles that may do at least one thing that shows a person's data."""
    return frozenset(
        role for action in table().values() if action.personal for role in action.roles
    )


def needs_factor(actor: Actor) -> bool:
    """Whether the actor must have a second factor: who sees people's data, and administrators."""
    return bool(actor.roles & (personal_roles() | {Role.ADMINISTRATOR}))


def has_factor(user: User) -> bool:
    """Whether the person has an app or a passkey; recovery codes alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def has_passkey(user: User) -> bool:
    """Whether a passkey may reopen the desk."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists())


def sittings_at(browser: str) -> QuerySet[Sitting]:
    """The running shifts at one browser, by name."""
    since = clock.now() - timedelta(seconds=settings.STAFF_SHIFT)
    running = Sitting.objects.filter(browser=browser, opened_at__gt=since, user__is_active=True)
    return running.select_related("user").order_by("user__name", "pk")


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept text, opened for its author."""

    number: int
    page: str
    row: KeptText
    fields: Sequence[tuple[str, str]]
    files: Sequence[str]

    @property
    def texts(self) -> list[str]:
        """What the person typed, without the empty fields."""
        return [value for _name, value in self.fields if value.strip()]


def kept_texts(user: User, since: timedelta) -> list[Kept]:
    """The person's own kept texts that are younger than `since`, newest first."""
    rows = KeptText.objects.filter(user=user, kept_at__gt=clock.now() - since).order_by("-pk")
    opened = []
    for row in rows:
        plain = unseal(bytes(row.sealed), f"kept:{user.key}")
        if plain is not None:
            content = json.loads(plain)
            fields = [(str(name), str(value)) for name, value in content["fields"]]
            opened.append(Kept(row.pk, row.page, row, fields, content["files"]))
    return opened


@dataclass(frozen=True, slots=True)
class Account:
    """A row of the accounts page."""

    user: User
    roles: Sequence[Text]
    has_factor: bool


def accounts() -> list[Account]:
    """Everybody who has an account, open ones first, by name."""
    users = list(User.objects.order_by("-is_active", "name", "pk"))
    held: dict[int, list[str]] = {}
    for user_id, role in RoleGrant.objects.filter(revoked_at=None).values_list("user_id", "role"):
        held.setdefault(user_id, []).append(role)
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    secured = set(Authenticator.objects.filter(type__in=kinds).values_list("user_id", flat=True))
    return [
        Account(
            user,
            [label for code, label in ROLE_LABELS.items() if code in held.get(user.pk, [])],
            user.pk in secured,
        )
        for user in users
    ]


@dataclass(frozen=True, slots=True)
class Right:
    """A row of the permission table: an action, and who may do it."""

    action: Action
    roles: Sequence[Text]


def rights() -> list[tuple[Text, list[Right]]]:
    """The permission table, room by room: (room's label, its rows)."""
    return [
        (
            room.label,
            [
                Right(action, [name for code, name in ROLE_LABELS.items() if code in action.roles])
                for action in room.actions
            ],
        )
        for room in registry
        if room.actions
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an opaque key stands for: the name, the roles held now (none when it is closed)."""

    name: str
    is_active: bool
    roles: frozenset[str]


def known(keys: Iterable[str]) -> dict[str, Known]:
    """The people behind opaque keys, for pages of the desk; keys of nobody are left out."""
    users = list(User.objects.filter(key__in=frozenset(keys)))
    held: dict[int, set[str]] = {}
    grants = RoleGrant.objects.filter(user__in=users, revoked_at=None, user__is_active=True)
    for user_id, role in grants.values_list("user_id", "role"):
        held.setdefault(user_id, set()).add(role)
    return {
        user.key: Known(user.name, user.is_active, frozenset(held.get(user.pk, ())))
        for user in users
    }


def person(user_id: int) -> User:
    """The account with this number, read anew. Raises: User.DoesNotExist."""
    return User.objects.get(pk=user_id)
