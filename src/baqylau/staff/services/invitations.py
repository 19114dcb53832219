"""Links by which people choose their own passphrase: nobody ever hears another's."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal import services as journal
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.staff.models import Invitation, User
from baqylau.staff.services.accounts import change_passphrase, open_account

LIVES_FOR = timedelta(days=3)
SALT = "baqylau.staff.invitation"
NO_LONGER = _("This link has been used or is too old. Ask the administrator for a new one.")


@transaction.atomic
def invite(
    *, email: str, name: str, language: str, roles: Iterable[str], actor: Actor
) -> tuple[User, str]:
    """Open an account and make the link for it: (account, token).

    Raises: ConflictError when the address is taken.
    """
    user = open_account(email=email, name=name, language=language, roles=roles, actor=actor)
    return user, make_link(user=user, actor=actor)


@transaction.atomic
def make_link(*, user: User, actor: Actor) -> str:
    """Make a new link and forget the older ones; returns the token, which is kept nowhere.

    Raises: DomainError for a closed account.
    """
    if not user.is_active:
        raise DomainError(_("This account is closed."), code="closed")
    now = clock.now()
    Invitation.objects.filter(user=user, used_at=None).delete()
    secret = secrets.token_urlsafe(24)
    Invitation.objects.create(
        user=user,
        digest=_digest(secret),
        made_by=actor.key,
        made_at=now,
        expires_at=now + LIVES_FOR,
    )
    journal.append(
        action="staff.invited",
        actor=actor,
        subject=f"staff:{user.key}",
        payload={"until": (now + LIVES_FOR).date()},
    )
    return Signer(salt=SALT).sign(secret)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def find_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises: DomainError when it is forged, used or too old."""
    try:
        secret = Signer(salt=SALT).unsign(token)
    except BadSignature as error:
        raise DomainError(NO_LONGER, code="no_invitation") from error
    found = (
        Invitation.objects.select_related("user")
        .filter(
            digest=_digest(secret), used_at=None, expires_at__gt=clock.now(), user__is_active=True
        )
        .first()
    )
    if found is None:
        raise DomainError(NO_LONGER, code="no_invitation")
    return found


@transaction.atomic
def accept_invitation(*, token: str, passphrase: str) -> User:
    """Use the link: the person's own passphrase is stored, once.

    Raises: DomainError when the link is no longer good or the passphrase is easy to guess.
    """
    invitation = find_invitation(token)
    user = invitation.user
    change_passphrase(user=user, passphrase=passphrase, actor=Actor(user.key))
    # Asked again in the same write: of two who use the link at once, one comes too late.
    is_ours = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now())
    if not is_ours:
        raise DomainError(NO_LONGER, code="no_invitation")
    journal.append(
        action="staff.invitation_accepted", actor=Actor(user.key), subject=f"staff:{user.key}"
    )
    return user
