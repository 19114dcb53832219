"""The public site and the desk on a host each: what each answers, and where it sends people."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
ELSEWHERE = "https://ashyq.example.org"


@pytest.fixture
def desks_host(settings: Settings) -> None:
    """This host serves the desk alone."""
    settings.SITE = "desk"
    settings.PUBLIC_ADDRESS = ELSEWHERE


@pytest.fixture
def public_host(settings: Settings) -> None:
    """This host serves the public site alone."""
    settings.SITE = "public"


@pytest.mark.usefixtures("desks_host")
@pytest.mark.parametrize("path", ["/", "/ru/services/?q=%D0%B6%D0%B5%D1%80", "/desks/"])
def test_the_desks_host_leads_to_the_public_site(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, ELSEWHERE + path)


@pytest.mark.usefixtures("desks_host")
def test_a_form_for_the_public_site_is_not_taken_at_the_desks_host() -> None:
    answer = Client().post("/status/", {"number": "К-2026-000001", "code": "12345678"})
    assert (answer.status_code, answer["Location"]) == (302, f"{ELSEWHERE}/status/")


@pytest.mark.usefixtures("desks_host")
def test_pages_of_the_desk_that_name_public_pages_open_there(cast: Cast) -> None:
    assert Client().get("/desk/sign-in/").status_code == 200
    assert Client().get("/desk/nothing/").status_code in {302, 404}
    assert cast.adviser.client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("desks_host")
def test_the_process_still_says_that_it_is_alive() -> None:
    assert Client().get("/healthz").status_code == 200


@pytest.mark.usefixtures("public_host")
@pytest.mark.parametrize("path", ["/desk/", "/desk", "/desk/sign-in/", "/desk/reception/new/"])
def test_the_public_host_knows_no_desk(cast: Cast, path: str) -> None:
    for client in (Client(), cast.adviser.client):
        answer = client.get(path)
        assert answer.status_code == 404
        assert not answer.cookies


@pytest.mark.usefixtures("public_host")
def test_what_the_clock_does_there_still_finds_every_address() -> None:
    assert Client().get("/").status_code == 200
    assert reverse("desk") == "/desk/"
