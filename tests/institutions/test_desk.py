"""Bodies at the desk."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baqylau.institutions import queries, services
from baqylau.institutions.models import Institution, Interest, ServicePoint
from baqylau.kernel import clock
from tests.cast import Cast
from tests.institutions.conftest import EDITOR, KORDAY, TARAZ, Make

pytestmark = pytest.mark.django_db
LIST = "/desk/institutions/"
FORM = {
    "name_kk": "№ 5 «Үміт» мектебі",
    "kind": "school",
    "ownership": "state",
    "district_id": KORDAY,
    "hours": "Дс-Жм 9:00-18:00",
}


@pytest.mark.parametrize("role", ["coordinator", "editor", "administrator"])
def test_those_who_may_edit_add_a_body(cast: Cast, districts: None, role: str) -> None:
    client: Client = getattr(cast, role).client
    answer = client.post(f"{LIST}new/", FORM)
    body = Institution.objects.get()
    assert answer.headers["Location"] == f"{LIST}{body.code}/"
    assert body.hours == [{"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "18:00"}]
    assert "№ 5 «Үміт» мектебі" in client.get(f"{LIST}{body.code}/").text


@pytest.mark.parametrize("role", ["adviser", "lawyer", "shopper", "member", "custodian"])
def test_all_staff_see_and_these_do_not_change(cast: Cast, make: Make, role: str) -> None:
    client: Client = getattr(cast, role).client
    code = make().code
    assert client.get(LIST).status_code == 200
    page = client.get(f"{LIST}{code}/")
    assert page.status_code == 200
    assert f"{LIST}{code}/edit/" not in page.text
    for path in ("new/", f"{code}/edit/", f"{code}/close/", f"{code}/points/new/"):
        assert client.get(LIST + path).status_code == 403, path
    assert client.post(f"{LIST}{code}/reopen/").status_code == 403
    assert client.get("/desk/imports/institutions/").status_code == 403


def test_the_commissioners_official_sees_no_register(cast: Cast, make: Make) -> None:
    assert cast.official.client.get(LIST).status_code == 403


def test_what_was_typed_stays_when_something_is_wrong(cast: Cast, districts: None) -> None:
    typed = {**FORM, "hours": "кейде", "bin": "12", "name_ru": "Школа"}
    answer = cast.editor.client.post(f"{LIST}new/", typed)
    assert answer.status_code == 400
    assert 'value="кейде"' in answer.text
    assert 'value="Школа"' in answer.text
    assert not Institution.objects.exists()


def test_two_editors_do_not_overwrite_each_other(cast: Cast, make: Make) -> None:
    body = make()
    page = cast.editor.client.get(f"{LIST}{body.code}/edit/").text
    assert 'name="revision" value="1"' in page
    first = {**FORM, "revision": "1", "phone": "1"}
    assert cast.editor.client.post(f"{LIST}{body.code}/edit/", first).status_code == 302
    second = {**FORM, "revision": "1", "phone": "2"}
    assert cast.coordinator.client.post(f"{LIST}{body.code}/edit/", second).status_code == 400
    assert queries.institution(body.code).phone == "1"


def test_an_untouched_form_changes_nothing(cast: Cast, make: Make) -> None:
    body = make("№ 5 «Үміт» мектебі", hours=[{"days": [1], "from": "09:00", "until": "18:00"}])
    typed = {**FORM, "hours": "Дс 9:00–18:00", "revision": "1"}
    assert cast.editor.client.post(f"{LIST}{body.code}/edit/", typed).status_code == 302
    assert queries.institution(body.code).revision == 1


def test_a_body_is_closed_with_its_successor_and_opened_again(cast: Cast, make: Make) -> None:
    old, new = make("Ескі"), make("Жаңа")
    client = cast.coordinator.client
    wrong = client.post(f"{LIST}{old.code}/close/", {"until_on": "2026-01-01", "successor": "x"})
    assert wrong.status_code == 400
    client.post(f"{LIST}{old.code}/close/", {"until_on": "2026-01-01", "successor": new.code})
    assert "Жаңа" in client.get(f"{LIST}{old.code}/").text
    assert "Ескі" in client.get(f"{LIST}{new.code}/").text
    assert old.code not in client.get(LIST).text
    assert old.code in client.get(f"{LIST}?state=closed").text
    client.post(f"{LIST}{old.code}/reopen/")
    assert old.code in client.get(LIST).text


def test_a_point_is_added_and_ended(cast: Cast, make: Make) -> None:
    body = make(address_kk="Достық көшесі, 1-үй")
    client = cast.editor.client
    assert "Достық көшесі, 1-үй" in client.get(f"{LIST}{body.code}/points/new/").text
    typed = {"kind": "reception", "name_kk": "Қабылдау", "district_id": TARAZ, "hours": "24/7"}
    client.post(f"{LIST}{body.code}/points/new/", typed)
    point = ServicePoint.objects.get()
    assert queries.receptions(clock.today(), TARAZ) == [point]
    ended = {**typed, "first_on": "2025-01-01", "until_on": "2026-01-01"}
    assert client.post(f"{LIST}points/{point.code}/", ended).status_code == 302
    assert queries.receptions(date(2026, 1, 1)) == []
    wrong = {**typed, "first_on": "2026-01-01", "until_on": "2026-01-01"}
    assert client.post(f"{LIST}points/{point.code}/", wrong).status_code == 400


def test_ties_are_seen_and_noted_by_the_coordinator_and_the_custodian(
    cast: Cast, make: Make
) -> None:
    body = make()
    typed = {"tie": "relative", "person": cast.adviser.actor.key}
    assert cast.editor.client.post(f"{LIST}{body.code}/ties/", typed).status_code == 403
    assert cast.custodian.client.post(f"{LIST}{body.code}/ties/", typed).status_code == 302
    tie = Interest.objects.get()
    assert queries.tied_to(cast.adviser.actor.key, clock.today()) == {body.pk}
    assert cast.adviser.user.name in cast.coordinator.client.get(f"{LIST}{body.code}/").text
    assert cast.adviser.user.name not in cast.editor.client.get(f"{LIST}{body.code}/").text
    again = cast.coordinator.client.post(f"{LIST}{body.code}/ties/", typed)
    assert again.status_code == 400
    neither = cast.coordinator.client.post(f"{LIST}{body.code}/ties/", {"tie": "owns"})
    assert neither.status_code == 400
    Interest.objects.update(first_on="2025-01-01")
    cast.coordinator.client.post(f"{LIST}ties/{tie.pk}/end/")
    assert queries.tied_to(cast.adviser.actor.key, clock.today()) == frozenset()


def test_unknown_codes_are_404(cast: Cast, districts: None) -> None:
    for path in ("deadbeef/", "points/deadbeef/", "deadbeef/edit/"):
        assert cast.editor.client.get(LIST + path).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"q": "umit"}, 1),
        ({"kind": "court"}, 1),
        ({"district": TARAZ}, 1),
        ({"ownership": "private"}, 0),
        ({"kind": "nonsense"}, 2),
        ({"q": "жоқ нәрсе"}, 0),
    ],
)
def test_the_list_is_filtered(cast: Cast, make: Make, query: dict[str, str], found: int) -> None:
    make("№ 5 «Үміт» мектебі")
    make("Сот", kind="court", district_id=TARAZ)
    page = cast.adviser.client.get(LIST, query).text
    assert page.count('<td><a href="/desk/institutions/') == found


def test_the_list_asks_the_database_as_often_for_many_as_for_few(cast: Cast, make: Make) -> None:
    client = cast.adviser.client
    for number in range(3):
        make(f"№ {number} мектеп")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(3, 70):
        make(f"№ {number} мектеп")
    with CaptureQueriesContext(connection) as many:
        page = client.get(LIST).text
    asked = [query["sql"] for query in many if query["sql"].startswith("SELECT")]
    assert len(few) == len(many)
    assert len(asked) == 7, asked
    assert page.count('<td><a href="/desk/institutions/') == 50


def test_the_desks_search_finds_bodies(cast: Cast, make: Make) -> None:
    make("№ 5 «Үміт» мектебі")
    assert "Үміт" in cast.adviser.client.get("/desk/search/?q=umit").text
    assert "Үміт" not in cast.official.client.get("/desk/search/?q=umit").text


def test_a_name_is_never_markup(cast: Cast, make: Make) -> None:
    body = make("<b>Мектеп</b>", website="https://example.org")
    services.save_point(
        actor=EDITOR,
        institution=body,
        fields={"kind": "branch", "name_kk": "<i>x</i>", "district_id": KORDAY},
    )
    for page in (f"{LIST}{body.code}/", LIST, f"/institutions/{body.code}/"):
        text = cast.editor.client.get(page).text
        assert "<b>Мектеп" not in text
        assert "<i>x" not in text
