"""How the desk is walked: what a page asks for, who walks, and what the table says of them."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from baqylau.kernel.permissions import table
from baqylau.kernel.roles import Role
from tests.addresses import Address, addresses
from tests.cast import Cast, Person
from tests.reports.making import PASSPHRASE

ASKED_INSIDE = {
    "import_kind": "catalogue.import",
    "import_blank": "catalogue.import",
    "import_export": "catalogue.import",
}
"""Pages for many kinds of tables ask for the action of the kind that stands in the address."""

PEOPLE = {
    Role.ADVISER: "adviser",
    Role.LAWYER: "lawyer",
    Role.INTAKE_OFFICER: "officer",
    Role.CUSTODIAN: "custodian",
    Role.COORDINATOR: "coordinator",
    Role.SHOPPER: "shopper",
    Role.SURVEYOR: "surveyor",
    Role.LECTURER: "lecturer",
    Role.SECRETARY: "secretary",
    Role.MEMBER: "member",
    Role.OFFICIAL: "official",
    Role.EDITOR: "editor",
    Role.ADMINISTRATOR: "administrator",
}
"""Who walks, by role; an outsider with an account and no role walks too."""


UNWALKED = {"account_logout": "signs out, and is tried by the tests of the staff room"}
"""Addresses of the desk that are not walked, with the reason."""


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody who tries every address: the role ("" for none), and the actions that it holds."""

    role: str
    client: Client
    held: frozenset[str]


def walkers(cast: Cast) -> list[Walker]:
    """One person in each role, and somebody without any; an officer's key is unlocked."""
    answer = cast.officer.client.post("/desk/reports/unlock/", {"unlock_passphrase": PASSPHRASE})
    assert answer.status_code == 302
    people = {role: getattr(cast, name) for role, name in PEOPLE.items()}
    assert set(people) == set(Role)
    return [_walker(role, person) for role, person in [*people.items(), ("", cast.outsider)]]


def _walker(role: str, person: Person) -> Walker:
    rows = table().values()
    return Walker(role, person.client, frozenset(row.code for row in rows if role in row.roles))


def desk_pages() -> list[Address]:
    """Every address below /desk/."""
    return [page for page in addresses() if page.is_desk]


def action_of(page: Address) -> str:
    """The action that a page asks for; "" for everybody who is signed in."""
    return ASKED_INSIDE.get(page.name) or getattr(page.view, "action", None) or ""


def send(client: Client, address: str, method: str, words: str = "") -> HttpResponseBase:
    """What a copy of the browser is answered; whatever that changed is taken back."""
    browser = Client(enforce_csrf_checks=client.handler.enforce_csrf_checks)
    browser.cookies = copy.deepcopy(client.cookies)
    with taken_back("default"), taken_back("sealed"):
        answer: HttpResponseBase = browser.generic(
            method, address, words, "application/x-www-form-urlencoded"
        )
        if isinstance(answer, StreamingHttpResponse):
            # Read to its end, which closes its file.
            list(answer)
    return answer


@contextmanager
def taken_back(alias: str) -> Iterator[None]:
    """Undo in the end what was written to the database.

    By the database's own word: two open transactions of ours are refused at once, as they should
    be, and what is walked must not find one open.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT walked")
    try:
        yield
    finally:
        connection.needs_rollback = False
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT walked")
            cursor.execute("RELEASE SAVEPOINT walked")
