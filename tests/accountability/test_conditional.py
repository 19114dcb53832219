"""Whoever has a page as it is gets a 304; whoever has an older one gets the new one."""

import gzip
import time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.accountability.services.voices import Replied, note_reply, withdraw_reply
from baqylau.accountability.states import closed, released
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.web import conditional
from baqylau.web.conditional import Shelf
from baqylau.web.models import SiteSetting
from baqylau.web.queries import shelf as site
from tests.accountability import releasing
from tests.casework.making import SCHOOL
from tests.figures.closing import COORDINATOR

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
PAGES = ("/data/", "/ru/data/", "/data/v1/cells.csv", "/data/v1/cells.json?figure=casework.opened")


@pytest.fixture(autouse=True)
def _asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait for a second until a state is asked anew."""
    monkeypatch.setattr(conditional.shelf, "trusted", 0.0)


def tag(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.headers["ETag"]


@pytest.mark.parametrize("page", PAGES)
def test_who_has_the_page_is_answered_without_it(client: Client, page: str) -> None:
    had = tag(client, page)
    assert had.startswith('"')
    for said in (had, f"W/{had}", f'"other", {had}'):
        answer = client.get(page, headers={"If-None-Match": said})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == had
    for said in ('"other"', "", "*", "W/", had[:-2], "," * 5_000):
        assert client.get(page, headers={"If-None-Match": said}).status_code == 200


@pytest.mark.parametrize("page", ["/data/", "/ru/data/"])
def test_a_browser_is_given_the_same_page_packed_drawn_or_kept(client: Client, page: str) -> None:
    browser = {"Accept-Encoding": "gzip, deflate, br"}
    drawn, kept, again = (client.get(page, headers=browser) for _visit in range(3))
    plain = client.get(page)
    assert "Content-Encoding" not in plain.headers
    for answer in (drawn, kept, again):
        assert gzip.decompress(answer.content) == plain.content
        assert answer.headers["ETag"] == f"W/{plain.headers['ETag']}"
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert {*answer.headers} == {*plain.headers, "Content-Encoding"}
        assert answer.headers["Vary"] == plain.headers["Vary"]
        had = browser | {"If-None-Match": answer.headers["ETag"]}
        assert client.get(page, headers=had).status_code == 304
    assert len(kept.content) <= len(drawn.content)


def test_pages_differ_by_address_language_and_question(client: Client) -> None:
    pages = ("/data/", "/ru/data/", "/en/data/", "/data/?a=1", "/data/v1/cells.csv")
    assert len({tag(client, page) for page in pages}) == len(pages)


def test_a_closing_a_correction_and_a_release_are_seen_at_once(house: None, client: Client) -> None:
    tags = [tag(client, "/data/")]
    closing = releasing.closed()
    tags.append(tag(client, "/data/"))
    releasing.corrected(closing)
    tags.append(tag(client, "/data/"))
    data = tag(client, "/data/v1/cells.csv")
    releasing.released()
    tags.append(tag(client, "/data/"))
    assert len(set(tags)) == 4
    assert tag(client, "/data/v1/cells.csv") == data
    answer = client.get("/data/", headers={"If-None-Match": tags[0]})
    assert "2026.2.1" in answer.text


def test_a_new_name_of_the_organisation_is_seen(client: Client) -> None:
    had = tag(client, "/data/")
    SiteSetting.objects.create(name="organisation_kk", value="Басқа ұйым")
    site.forget()
    answer = client.get("/data/", headers={"If-None-Match": had})
    assert "Басқа ұйым" in answer.text


def test_names_are_seen_anew_within_the_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    had = tag(client, "/data/")
    later = time.time() + 3_601
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get("/data/", headers={"If-None-Match": had}).status_code == 200


def test_what_is_refused_has_no_tag(client: Client) -> None:
    answer = client.get("/data/v1/cells.csv?person=1")
    assert answer.status_code == 400
    assert "ETag" not in answer.headers


def test_a_release_is_kept_for_ever(house: None, client: Client) -> None:
    releasing.archive()
    for end in ("json", "sig"):
        page = f"/data/releases/2026.2.1.{end}"
        answer = client.get(page)
        assert "immutable" in answer.headers["Cache-Control"]
        again = client.get(page, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_a_304_costs_one_question_for_each_table_and_none_within_a_second(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    had = tag(client, "/data/")
    with django_assert_num_queries(3):
        client.get("/data/", headers={"If-None-Match": had})
    monkeypatch.setattr(conditional.shelf, "trusted", 60.0)
    client.get("/data/", headers={"If-None-Match": had})
    with django_assert_num_queries(0):
        assert client.get("/data/", headers={"If-None-Match": had}).status_code == 304


def test_a_state_is_trusted_for_a_moment() -> None:
    counted = iter(range(9))
    shelf = Shelf()
    shelf.trusted = 60.0
    state = lambda: next(counted)  # noqa: E731 - a state is any function
    assert [shelf.read(state) for _ in range(3)] == ["0", "0", "0"]
    shelf.trusted = 0.0
    assert [shelf.read(state) for _ in range(3)] == ["1", "2", "3"]


def test_states_are_empty_before_anything_was_published(db: None) -> None:
    assert (closed(), released()) == ((None, None), None)


@pytest.mark.parametrize("page", PAGES)
def test_the_second_visitor_is_given_what_the_first_was(client: Client, page: str) -> None:
    first, second = client.get(page), Client().get(page)
    assert (second.content, second.headers) == (first.content, first.headers)


def test_a_page_is_drawn_once_until_something_changes(
    house: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    closing = releasing.closed()
    client.get("/numbers/districts/")
    with django_assert_num_queries(2):
        old = client.get("/numbers/districts/")
    releasing.corrected(closing)
    assert client.get("/numbers/districts/").headers["ETag"] != old.headers["ETag"]


OFFICE = f"/institutions/{SCHOOL}/"


def test_a_closing_a_correction_and_a_reply_are_seen_on_the_offices_page(
    house: None, client: Client
) -> None:
    tags = [tag(client, OFFICE)]
    closing = releasing.closed()
    tags.append(tag(client, OFFICE))
    releasing.corrected(closing)
    tags.append(tag(client, OFFICE))
    body = Institution.objects.get(code=SCHOOL)
    said = Replied(body, clock.today(), "Кезекті қысқарттық.", "")
    reply = note_reply(actor=COORDINATOR, said=said)
    tags.append(tag(client, OFFICE))
    assert "Кезекті қысқарттық." in client.get(OFFICE).text
    withdraw_reply(actor=COORDINATOR, reply=reply)
    tags.append(tag(client, OFFICE))
    assert "Кезекті қысқарттық." not in client.get(OFFICE).text
    assert len(set(tags[:4])) == 4
    assert tags[4] == tags[2]  # it shows again what it showed before the reply


def test_a_reply_of_another_body_leaves_the_offices_page_as_it_is(
    house: None, client: Client
) -> None:
    had = tag(client, OFFICE)
    other = Institution.objects.exclude(code=SCHOOL).first()
    assert other is not None
    note_reply(actor=COORDINATOR, said=Replied(other, clock.today(), "Жауап", ""))
    assert client.get(OFFICE, headers={"If-None-Match": had}).status_code == 304
