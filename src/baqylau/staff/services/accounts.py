"""Accounts: opening, closing, roles, passphrase, PIN, second factors."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal import services as journal
from baqylau.journal.rules import Value
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.roles import Role
from baqylau.staff import rules
from baqylau.staff.changes import changes
from baqylau.staff.models import RoleGrant, Sitting, User, new_key
from baqylau.staff.passphrase import require_strong
from baqylau.staff.queries import personal_roles, roles_of

SYSTEM = Actor("system")
"""Who acts when nobody is signed in: the console, the clock."""


def _note(action: str, actor: Actor, user: User, **payload: Value) -> None:
    changes.tell()
    journal.append(
        action=f"staff.{action}", actor=actor, subject=f"staff:{user.key}", payload=payload
    )


@transaction.atomic
def open_account(
    *, email: str, name: str, language: str, roles: Iterable[str], actor: Actor
) -> User:
    """Store an account without a passphrase, with its roles.

    Raises: ConflictError when the address is taken; DomainError for roles that exclude each other.
    """
    if User.objects.filter(email=email.strip().lower()).exists():
        raise ConflictError(_("This address has an account already."), field="email")
    chosen = frozenset(roles)
    _require_compatible(chosen)
    user = User.objects.create_user(email, None, name=name, language=language)
    for role in sorted(chosen):
        grant_role(user=user, role=role, actor=actor)
    _note("account_opened", actor, user, language=language)
    return user


@transaction.atomic
def grant_role(*, user: User, role: str, actor: Actor) -> None:
    """Give a role; nothing happens when it is held. Raises: ValueError for an unknown code."""
    _require_compatible(roles_of(user) | {role})
    _grant, is_new = RoleGrant.objects.get_or_create(
        user=user,
        role=str(Role(role)),
        revoked_at=None,
        defaults={"granted_by": actor.key, "granted_at": clock.now()},
    )
    if is_new:
        _note("role_granted", actor, user, role=str(role))


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[str], actor: Actor) -> None:
    """Make these the person's roles.

    Raises: DomainError for one's own roles, for roles that exclude each other, and for taking the
    last administrator's role.
    """
    wanted, held = frozenset(roles), roles_of(user)
    if wanted == held:
        return
    _require_other(user, actor)
    _require_compatible(wanted)
    if Role.ADMINISTRATOR in held - wanted:
        _require_another_administrator(user)
    for role in sorted(held - wanted):
        _revoke_role(user, role, actor)
    for role in sorted(wanted - held):
        grant_role(user=user, role=role, actor=actor)


def _revoke_role(user: User, role: str, actor: Actor) -> None:
    RoleGrant.objects.filter(user=user, role=role, revoked_at=None).update(
        revoked_at=clock.now(), revoked_by=actor.key
    )
    _note("role_revoked", actor, user, role=role)


def _require_other(user: User, actor: Actor) -> None:
    if user.key == actor.key:
        raise DomainError(
            _("Another administrator decides about your own account."), code="own_account"
        )


def _require_compatible(roles: frozenset[str]) -> None:
    """Who opens accounts sees nobody's case: the two would add up to everything."""
    if Role.ADMINISTRATOR in roles and roles & personal_roles():
        raise DomainError(
            _(
                "An administrator cannot also hold a role that sees people's data. "
                "Open a second account for that work."
            ),
            code="roles_exclude",
            field="roles",
        )


def _require_another_administrator(user: User) -> None:
    # The rows are held until the end of the transaction, so that two cannot remove each other.
    grants = RoleGrant.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, revoked_at=None, user__is_active=True
    )
    if all(grant.user_id == user.pk for grant in grants):
        raise DomainError(
            _("This is the last administrator. Give the role to somebody else first."),
            code="last_administrator",
        )


@transaction.atomic
def close_account(*, user: User, actor: Actor) -> None:
    """Let the person in no more; nothing of what they did is removed.

    Raises: DomainError for oneself and for the last administrator.
    """
    _require_other(user, actor)
    if Role.ADMINISTRATOR in roles_of(user):
        _require_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    _note("account_closed", actor, user)


@transaction.atomic
def reopen_account(*, user: User, actor: Actor) -> None:
    """Let the person in again. Raises: DomainError for oneself."""
    _require_other(user, actor)
    user.is_active = True
    user.save(update_fields=["is_active"])
    _note("account_reopened", actor, user)


@transaction.atomic
def reset_factors(*, user: User, actor: Actor) -> None:
    """Forget the person's second factors and PIN, and end their sessions.

    Raises: DomainError for oneself: one's own factors are managed on one's own page.
    """
    _require_other(user, actor)
    number, _kinds = Authenticator.objects.filter(user=user).delete()
    user.pin = ""
    user.save(update_fields=["pin"])
    end_sessions(user=user)
    _note("factors_reset", actor, user, number=number)


@transaction.atomic
def change_passphrase(*, user: User, passphrase: str, actor: Actor) -> None:
    """Store a new passphrase; every session of the person ends.

    Raises: DomainError when it is easy to guess.
    """
    require_strong(passphrase, [user.name, user.email])
    user.set_password(passphrase)
    user.save(update_fields=["password"])
    end_sessions(user=user)
    _note("passphrase_changed", actor, user)


@transaction.atomic
def set_pin(*, user: User, pin: str, actor: Actor) -> None:
    """Store a PIN of 4 to 8 digits. Raises: DomainError for any other shape or a plain run."""
    if not rules.is_pin(pin):
        raise DomainError(
            _("4 to 8 digits, please, and neither 1111 nor 1234."), code="pin", field="pin"
        )
    user.pin = make_password(pin)
    user.save(update_fields=["pin"])
    _note("pin_set", actor, user)


@transaction.atomic
def change_language(*, user: User, language: str) -> None:
    """Remember in which language the person wants the desk."""
    user.language = language
    user.save(update_fields=["language"])
    _note("language_changed", Actor(user.key), user, language=language)


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """End every session of the person, at every browser."""
    Sitting.objects.filter(user=user).delete()
    user.stamp = new_key()
    user.save(update_fields=["stamp"])
