"""The administrator's pages: everything about accounts, and nothing about cases."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baqylau.journal.models import Entry
from baqylau.kernel import permissions
from baqylau.kernel.access import Actor, Nobody
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.kernel.modules import Action, Module, Registry, registry
from baqylau.kernel.roles import Role
from baqylau.staff import queries, services
from baqylau.staff.models import RoleGrant, User
from tests.cast import Cast, make_user

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def people_room() -> Iterator[None]:
    """A room in which advisers see people's data."""
    action = Action("people.see", "See people", frozenset({"adviser"}), personal=True)
    registry.register(Module(code="people", label="People", actions=(action,)))
    yield
    registry._modules.pop("people")


def _account(cast: Cast, user: User, word: str = "", **form: list[str]) -> "Answer":
    address = f"/desk/accounts/{user.key}/{word}{'/' if word else ''}"
    return cast.administrator.client.post(address, form)


def test_the_list_shows_who_works_here(cast: Cast) -> None:
    user = make_user("lawyer", "editor", name="Ерлан Бекжанов")
    page = cast.administrator.client.get("/desk/accounts/").text
    assert "Ерлан Бекжанов" in page
    assert "Заңгер, Редактор" in page
    assert user.email in page


def test_the_list_costs_the_same_for_three_and_for_thirty(cast: Cast) -> None:
    browser = cast.administrator.client
    browser.get("/desk/accounts/")
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/desk/accounts/").status_code == 200
        costs.append(len(asked))
        for _number in range(30):
            make_user("adviser")
    assert costs[0] == costs[1] < 12


def test_roles_are_given_and_taken_with_a_trace(cast: Cast) -> None:
    user = make_user("adviser")
    _account(cast, user, roles=["lawyer", "editor"])
    assert queries.roles_of(user) == {"lawyer", "editor"}
    (ended,) = RoleGrant.objects.filter(user=user).exclude(revoked_at=None)
    assert (ended.role, ended.revoked_by) == ("adviser", cast.administrator.user.key)
    trace = Entry.objects.filter(subject=f"staff:{user.key}", actor=cast.administrator.user.key)
    assert [row.action for row in trace.order_by("number")] == [
        "staff.role_revoked",
        "staff.role_granted",
        "staff.role_granted",
    ]


def test_storing_the_same_roles_leaves_no_trace(cast: Cast) -> None:
    user, actor = make_user("adviser"), cast.administrator.actor
    before = Entry.objects.count()
    services.set_roles(user=user, roles=["adviser"], actor=actor)
    assert Entry.objects.count() == before


def test_nobody_decides_about_the_own_account(cast: Cast) -> None:
    own = cast.administrator.user
    page = cast.administrator.client.get(f"/desk/accounts/{own.key}/").text
    assert "Рөлдерді сақтау" not in page
    assert "басқа әкімші" in _account(cast, own, roles=["lawyer", "administrator"]).text
    for word in ("close", "reset", "reopen"):
        assert _account(cast, own, word).status_code == 400
    assert queries.roles_of(own) == {"administrator"}


def test_the_last_administrator_stays(cast: Cast) -> None:
    other = make_user("administrator")
    services.close_account(user=other, actor=cast.administrator.actor)
    last, system = cast.administrator.user, services.SYSTEM
    with pytest.raises(DomainError) as refused:
        services.close_account(user=last, actor=system)
    assert refused.value.code == "last_administrator"
    with pytest.raises(DomainError) as refused:
        services.set_roles(user=last, roles=["editor"], actor=system)
    assert refused.value.code == "last_administrator"
    assert queries.roles_of(last) == {"administrator"}


def test_one_of_two_administrators_may_go(cast: Cast) -> None:
    other = make_user("administrator")
    services.set_roles(user=other, roles=["editor"], actor=cast.administrator.actor)
    assert queries.roles_of(other) == {"editor"}


@pytest.mark.usefixtures("people_room")
def test_an_administrator_cannot_also_hold_a_role_that_sees_people(cast: Cast) -> None:
    user = make_user("administrator")
    page = _account(cast, user, roles=["administrator", "adviser"])
    assert "екінші тіркелгі" in page.text
    assert queries.roles_of(user) == {"administrator"}
    with pytest.raises(DomainError):
        services.grant_role(user=make_user("adviser"), role="administrator", actor=services.SYSTEM)


def test_a_closed_account_can_be_opened_again(cast: Cast) -> None:
    user = make_user("editor")
    _account(cast, user, "close")
    assert not queries.person(user.pk).is_active
    assert _account(cast, user, "link").status_code == 400
    _account(cast, user, "reopen")
    assert queries.person(user.pk).is_active
    actions = Entry.objects.filter(subject=f"staff:{user.key}").values_list("action", flat=True)
    assert {"staff.account_closed", "staff.account_reopened"} <= set(actions)


def test_no_page_of_the_administrator_shows_a_passphrase(cast: Cast) -> None:
    user = make_user("editor")
    for address in ("/desk/accounts/", f"/desk/accounts/{user.key}/", "/desk/accounts/invite/"):
        page = cast.administrator.client.get(address).text
        assert user.password not in page
        assert 'type="password"' not in page


def test_others_have_no_business_here(cast: Cast) -> None:
    user = make_user("editor")
    words = ("", "link/", "close/", "reopen/", "reset/")
    for person in (cast.coordinator, cast.adviser, cast.official, cast.outsider):
        assert person.client.get("/desk/accounts/").status_code == 403
        for word in words:
            answer = person.client.post(f"/desk/accounts/{user.key}/{word}")
            assert answer.status_code == 403, word
    stranger = Client()
    for word in words:
        assert stranger.post(f"/desk/accounts/{user.key}/{word}").status_code == 302


def test_an_unknown_account_is_a_missing_page(cast: Cast) -> None:
    assert cast.administrator.client.get("/desk/accounts/0000/").status_code == 404


def test_an_unknown_role_cannot_be_stored(cast: Cast) -> None:
    user = make_user("editor")
    assert 'id="id_roles_error"' in _account(cast, user, roles=["king"]).text
    with pytest.raises(ValueError, match="king"):
        services.grant_role(user=user, role="king", actor=services.SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once() -> None:
    one, other = make_user("administrator"), make_user("administrator")
    start = threading.Barrier(2)
    refused: list[str] = []

    def close(user: User, by: User) -> None:
        start.wait()
        try:
            services.close_account(user=user, actor=queries.actor_of(by))
        except DomainError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    assert refused == ["last_administrator"]
    assert User.objects.filter(is_active=True).count() == 1


# ── The permission table ────────────────────────────────────────────────────────────────────────


def test_the_administrator_opens_accounts_and_sees_no_person() -> None:
    administrator = Actor("a" * 16, frozenset({Role.ADMINISTRATOR}))
    assert permissions.may(administrator, "staff.accounts")
    table = permissions.table()
    for code, action in table.items():
        if action.personal:
            assert Role.ADMINISTRATOR not in action.roles, code
            assert not permissions.may_somewhere(administrator, code), code
            with pytest.raises(NotAllowedError):
                permissions.require_role(administrator, code)


def test_the_commissioners_official_sees_no_person() -> None:
    for code, action in permissions.table().items():
        if action.personal:
            assert Role.OFFICIAL not in action.roles, code


@pytest.mark.parametrize("role", sorted(Role))
def test_only_administrators_may_do_accounts_and_everybody_may_read_the_table(role: str) -> None:
    actor = Actor("a" * 16, frozenset({role}))
    assert permissions.may(actor, "staff.accounts") == (role == Role.ADMINISTRATOR)
    assert permissions.may(actor, "staff.permissions")
    assert not permissions.may(Nobody(), "staff.permissions")


def test_every_action_names_known_roles_only() -> None:
    for code, action in permissions.table().items():
        assert action.roles <= set(Role), code


def test_a_predicate_narrows_a_role_and_never_widens_it() -> None:
    own = Action("x.own", "Own", frozenset({"lawyer"}), applies=lambda actor, it: it == actor.key)
    rooms = Registry()
    rooms.register(Module(code="x", label="X", actions=(own,)))
    lawyer, adviser = Actor("k1", frozenset({"lawyer"})), Actor("k1", frozenset({"adviser"}))
    assert permissions.may(lawyer, "x.own", "k1", rooms)
    assert not permissions.may(lawyer, "x.own", "k2", rooms)
    assert not permissions.may(adviser, "x.own", "k1", rooms)
    with pytest.raises(KeyError):
        permissions.may(lawyer, "x.unknown", None, rooms)


def test_the_page_shows_every_action_of_every_room(cast: Cast) -> None:
    page = cast.official.client.get("/desk/permissions/").text
    for room in registry:
        for action in room.actions:
            assert str(action.label).replace("'", "&#x27;") in page, action.code
    assert "Әкімші" in page


@pytest.mark.usefixtures("people_room")
def test_the_page_marks_what_shows_people(cast: Cast) -> None:
    page = cast.official.client.get("/desk/permissions/").text
    row = page[page.index("See people") :].split("</tr>")[0]
    assert "Кеңес беруші" in row
    assert "екінші растау" in row


def test_rights_follow_the_registry() -> None:
    shown = {right.action.code for _label, rows in queries.rights() for right in rows}
    assert shown == set(permissions.table())
