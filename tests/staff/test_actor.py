"""Who a request is, and that the public site never asks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baqylau.kernel.access import Nobody
from baqylau.kernel.roles import Role
from baqylau.staff.labels import ROLE_LABELS
from baqylau.staff.queries import actor_of
from tests.cast import PASSPHRASE, Cast, SignIn, make_user


def test_every_role_has_a_name() -> None:
    assert set(ROLE_LABELS) == set(Role)


def test_a_public_page_looks_nobody_up(client: Client) -> None:
    # Without the `db` fixture any query fails the test.
    assert client.get("/about/").status_code == 200


@pytest.mark.django_db
def test_a_public_page_asks_nothing_about_who_is_there(client: Client) -> None:
    client.cookies["desk"] = "a" * 32
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    for query in asked.captured_queries:
        assert "django_session" not in query["sql"]
        assert "staff_" not in query["sql"]


def test_a_member_of_staff_reaches_the_desk(cast: Cast) -> None:
    assert cast.adviser.client.get("/desk/").status_code == 200


def test_an_actor_is_known_by_an_opaque_key_and_roles(cast: Cast) -> None:
    actor = cast.lawyer.actor
    assert actor.roles == {"lawyer"}
    assert cast.lawyer.user.email not in actor.key


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    cast.lawyer.user.is_active = False
    cast.lawyer.user.save()
    assert actor_of(cast.lawyer.user) == Nobody()
    assert cast.lawyer.client.get("/desk/").status_code == 302


def test_the_desk_speaks_the_persons_language(sign_in: SignIn) -> None:
    page = sign_in("adviser", language="ru").get("/desk/")
    assert page.headers["Content-Language"] == "ru"


@pytest.mark.django_db
def test_an_address_and_a_passphrase_open_the_desk(client: Client) -> None:
    user = make_user("adviser", language="ru")
    assert client.get("/desk/sign-in/").status_code == 200
    answer = client.post(
        "/desk/sign-in/?next=/desk/search/",
        {"login": user.email.upper(), "password": PASSPHRASE},
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/search/"
    cookie = answer.cookies["desk"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/desk/", "Lax", True)
    assert client.get("/desk/").headers["Content-Language"] == "ru"


@pytest.mark.django_db
def test_a_wrong_passphrase_opens_nothing(client: Client) -> None:
    user = make_user("adviser")
    answer = client.post("/desk/sign-in/", {"login": user.email, "password": "wrong"})
    assert answer.status_code == 200
    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_the_session_is_renewed_on_sign_in(client: Client) -> None:
    user = make_user("adviser")
    client.post("/desk/language/", {"language": "en"})
    before = client.cookies["desk"].value
    client.post("/desk/sign-in/", {"login": user.email, "password": PASSPHRASE})
    assert client.cookies["desk"].value != before
    assert client.get("/desk/").headers["Content-Language"] == "en"
