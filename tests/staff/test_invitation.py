"""Invitations: a link, once, for three days; the passphrase is the person's own."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.staff import services
from baqylau.staff.models import Invitation, User
from baqylau.staff.services.invitations import find_invitation
from tests.cast import Cast
from tests.staff.conftest import MORNING

NEW = {
    "email": "Zhanar@Example.org",
    "name": "Жанар",
    "language": "ru",
    "roles": ["adviser", "editor"],
}
GOOD = "лампа озеро верблюд июль"
pytestmark = pytest.mark.django_db


def _invite(cast: Cast) -> str:
    """The link that the administrator is shown."""
    page = cast.administrator.client.post("/desk/accounts/invite/", NEW)
    found = re.search(r"http://testserver(/desk/invitation/[^<]+/)", page.text)
    assert found, page.text
    return found[1]


def _accept(link: str, passphrase: str = GOOD) -> Client:
    browser = Client()
    assert browser.get(link).status_code == 200
    browser.post(link, {"passphrase": passphrase, "again": passphrase})
    return browser


def test_an_invited_person_chooses_a_passphrase_and_is_in(cast: Cast) -> None:
    browser = _accept(_invite(cast))
    page = browser.get("/desk/me/")
    assert "zhanar@example.org" in page.text
    assert page.headers["Content-Language"] == "ru"
    user = User.objects.get(email="zhanar@example.org")
    assert user.check_password(GOOD)


def test_a_link_works_once(cast: Cast) -> None:
    link = _invite(cast)
    _accept(link)
    late = Client().get(link)
    assert late.status_code == 400
    assert "пайдаланылған" in late.text


def test_a_link_dies_after_three_days(cast: Cast) -> None:
    with clock.frozen(MORNING):
        token = services.make_link(user=cast.lawyer.user, actor=cast.administrator.actor)
        assert find_invitation(token).user == cast.lawyer.user
    with clock.frozen(MORNING + timedelta(days=3)), pytest.raises(DomainError):
        find_invitation(token)


def test_a_newer_link_ends_the_older(cast: Cast) -> None:
    older = services.make_link(user=cast.lawyer.user, actor=cast.administrator.actor)
    newer = services.make_link(user=cast.lawyer.user, actor=cast.administrator.actor)
    with pytest.raises(DomainError):
        find_invitation(older)
    assert find_invitation(newer).user == cast.lawyer.user


def test_a_forged_link_is_refused_before_the_database_is_asked(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    token = services.make_link(user=cast.lawyer.user, actor=cast.administrator.actor)
    with django_assert_num_queries(0), pytest.raises(DomainError):
        find_invitation(f"x{token}")


def test_the_database_holds_no_token(cast: Cast) -> None:
    token = services.make_link(user=cast.lawyer.user, actor=cast.administrator.actor)
    row = Invitation.objects.get()
    assert row.digest not in token
    assert token.split(":")[0] not in row.digest


def test_a_weak_passphrase_leaves_the_link_unused(cast: Cast) -> None:
    link = _invite(cast)
    answer = Client().post(link, {"passphrase": "1234567890", "again": "1234567890"})
    assert answer.status_code == 200
    assert _accept(link).get("/desk/").status_code == 200


def test_two_passphrases_that_differ_are_no_passphrase(cast: Cast) -> None:
    link = _invite(cast)
    answer = Client().post(link, {"passphrase": GOOD, "again": GOOD + "x"})
    assert "бірдей" in answer.text
    assert Invitation.objects.get().used_at is None


def test_with_a_mail_server_the_link_is_mailed_and_not_shown(
    cast: Cast, settings: Settings
) -> None:
    settings.MAIL_SERVER = {"host": "mail.example.org"}
    page = cast.administrator.client.post("/desk/accounts/invite/", NEW)
    assert "/desk/invitation/" not in page.text
    (letter,) = mail.outbox
    assert letter.to == ["zhanar@example.org"]
    assert "Жанар" in letter.body
    assert "Ссылка" in letter.body
    link = re.search(r"http://testserver(/desk/invitation/\S+)", str(letter.body))
    assert link
    assert _accept(link[1]).get("/desk/").status_code == 200


def test_an_open_desk_of_somebody_else_is_not_carried_over(cast: Cast) -> None:
    adviser = cast.adviser
    link = _invite(cast)
    adviser.client.post(link, {"passphrase": GOOD, "again": GOOD})
    page = adviser.client.get("/desk/me/").text
    assert "zhanar@example.org" in page
    adviser.user.refresh_from_db()
    assert adviser.user.language == "kk"
    choices = adviser.client.get("/desk/lock/change/").text
    assert adviser.user.name in choices


def test_the_journal_knows_keys_and_roles_and_no_address(cast: Cast) -> None:
    _accept(_invite(cast))
    user = User.objects.get(email="zhanar@example.org")
    rows = Entry.objects.filter(subject=f"staff:{user.key}").order_by("number")
    assert [row.action for row in rows] == [
        "staff.role_granted",
        "staff.role_granted",
        "staff.account_opened",
        "staff.invited",
        "staff.passphrase_changed",
        "staff.invitation_accepted",
        "staff.signed_in",
    ][: len(rows)]
    text = " ".join(f"{row.payload}{row.actor}" for row in Entry.objects.all())
    assert "zhanar" not in text
    assert "Жанар" not in text


def test_a_taken_address_is_said_beside_its_field(cast: Cast) -> None:
    _invite(cast)
    page = cast.administrator.client.post("/desk/accounts/invite/", NEW)
    assert 'id="id_email_error"' in page.text
    assert User.objects.filter(email="zhanar@example.org").count() == 1


def test_only_an_administrator_invites(cast: Cast) -> None:
    assert cast.coordinator.client.get("/desk/accounts/invite/").status_code == 403
    assert cast.coordinator.client.post("/desk/accounts/invite/", NEW).status_code == 403
    assert not User.objects.filter(email="zhanar@example.org").exists()
