"""Words of the console: an account, and the link for it, without any page."""

import argparse

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role
from baqylau.staff import queries, services
from baqylau.staff.models import User


def invite_arguments(parser: argparse.ArgumentParser) -> None:
    """EMAIL, --role (several), --name, --language."""
    codes = ", ".join(sorted(Role))
    parser.add_argument("email", metavar="EMAIL", help=_("the person's address"))
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="ROLE",
        help=_("a role, may be repeated: %(codes)s") % {"codes": codes},
    )
    parser.add_argument("--name", default="", metavar="NAME", help=_("the person's name"))
    parser.add_argument(
        "--language",
        default=settings.LANGUAGE_CODE,
        choices=[code for code, _label in settings.LANGUAGES],
        help=_("the person's language"),
    )


def invite(options: argparse.Namespace) -> int:
    """Open the account if it is new, add the roles, print a fresh link; returns 0.

    Raises: DomainError for an address or a role that cannot be.
    """
    _check(options.email, options.role)
    user = User.objects.filter(email=options.email.strip().lower()).first()
    if user is None:
        user, token = services.invite(
            email=options.email,
            name=options.name or options.email.partition("@")[0],
            language=options.language,
            roles=options.role,
            actor=services.SYSTEM,
        )
    else:
        wanted = queries.roles_of(user) | set(options.role)
        services.set_roles(user=user, roles=wanted, actor=services.SYSTEM)
        token = services.make_link(user=user, actor=services.SYSTEM)
    print(_("A link for %(email)s, good once and for three days:") % {"email": user.email})  # noqa: T201 - the console's voice
    print(f"{base()}{reverse('staff_accept', args=[token])}", flush=True)  # noqa: T201 - the console's voice
    return 0


def _check(email: str, roles: list[str]) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(_("“%(email)s” is no email address."), params={"email": email}) from error
    for role in roles:
        if role not in set(Role):
            raise DomainError(
                _("There is no role “%(role)s”. Roles: %(codes)s."),
                params={"role": role, "codes": ", ".join(sorted(Role))},
            )


def base() -> str:
    """Where people reach the site: its first name, by https in production."""
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"http://localhost:{settings.PORT}"
