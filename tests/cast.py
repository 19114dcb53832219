"""The cast: people in every role, signed in at desks of their own.

A test asks for `cast` (`cast.adviser.client.get("/desk/")`) or for `sign_in("lawyer")`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.staff import services
from baqylau.staff.models import RoleGrant, User
from baqylau.staff.queries import actor_of

PASSPHRASE = "қыр басында қызыл түлкі"
"""The passphrase of everybody in the cast."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast: the account, the actor, and a browser in which they are signed in."""

    user: User
    actor: Actor
    client: Client


def make_user(*roles: str, name: str = "", language: str = "kk") -> User:
    """Open an account with these roles, even such as exclude each other, and one passphrase."""
    number = User.objects.count() + 1
    user = services.open_account(
        email=f"{'-'.join(roles) or 'nobody'}-{number}@example.org",
        name=name or f"Айгүл {number}",
        language=language,
        roles=(),
        actor=services.SYSTEM,
    )
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, granted_by="tests", granted_at=clock.now())
    user.set_password(PASSPHRASE)
    user.save()
    return user


def sign_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["language"] = user.language
    session.save()
    return client


def make_person(*roles: str, language: str = "kk") -> Person:
    """Somebody new with these roles, signed in."""
    user = make_user(*roles, language=language)
    return Person(user=user, actor=actor_of(user), client=sign_in(user))


SignIn = Callable[..., Client]


class Cast:
    """People by role, made when they are first named; `second_officer` is another officer.

    `outsider` has an account and no role.
    """

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}

    def _person(self, name: str, *roles: str) -> Person:
        if name not in self._people:
            self._people[name] = make_person(*roles)
        return self._people[name]

    @property
    def adviser(self) -> Person:
        return self._person("adviser", "adviser")

    @property
    def lawyer(self) -> Person:
        return self._person("lawyer", "lawyer")

    @property
    def officer(self) -> Person:
        return self._person("officer", "intake_officer")

    @property
    def second_officer(self) -> Person:
        return self._person("second_officer", "intake_officer")

    @property
    def custodian(self) -> Person:
        return self._person("custodian", "custodian")

    @property
    def coordinator(self) -> Person:
        return self._person("coordinator", "coordinator")

    @property
    def shopper(self) -> Person:
        return self._person("shopper", "shopper")

    @property
    def surveyor(self) -> Person:
        return self._person("surveyor", "surveyor")

    @property
    def lecturer(self) -> Person:
        return self._person("lecturer", "lecturer")

    @property
    def secretary(self) -> Person:
        return self._person("secretary", "secretary")

    @property
    def member(self) -> Person:
        return self._person("member", "member")

    @property
    def official(self) -> Person:
        return self._person("official", "official")

    @property
    def editor(self) -> Person:
        return self._person("editor", "editor")

    @property
    def administrator(self) -> Person:
        return self._person("administrator", "administrator")

    @property
    def outsider(self) -> Person:
        return self._person("outsider")
