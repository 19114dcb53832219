"""Whoever has the page of a body keeps it until something on it is different."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.institutions import services
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from tests.institutions.conftest import EDITOR, KORDAY, TARAZ, Make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
ROOM = {"kind": "reception", "name_kk": "Қабылдау бөлмесі", "district_id": KORDAY}


def _rename(body: Institution, _make: Make) -> None:
    services.edit(
        actor=EDITOR, code=body.code, revision=body.revision, fields={"name_kk": "№ 7 мектеп"}
    )


def _move(body: Institution, _make: Make) -> None:
    fields = {"district_id": TARAZ, "phone": "8 7262 00 00 00"}
    services.edit(actor=EDITOR, code=body.code, revision=body.revision, fields=fields)


def _open_room(body: Institution, _make: Make) -> None:
    services.save_point(actor=EDITOR, institution=body, fields=ROOM)


def _end(body: Institution, make: Make) -> None:
    heir = make("Жаңа мектеп")
    services.close(actor=EDITOR, code=body.code, until_on=TODAY, successor=heir.code)


def _take_over(body: Institution, make: Make) -> None:
    before = make("Ескі мектеп")
    services.close(actor=EDITOR, code=before.code, until_on=TODAY, successor=body.code)


@pytest.mark.parametrize("change", [_rename, _move, _open_room, _end, _take_over])
def test_a_change_of_a_body_is_seen_at_once(
    client: Client, make: Make, change: Callable[[Institution, Make], None]
) -> None:
    body = make()
    address = f"/institutions/{body.code}/"
    had = client.get(address)
    change(body, make)
    answer = client.get(address, headers={"If-None-Match": had["ETag"]})
    assert answer.status_code == 200
    assert answer["ETag"] != had["ETag"]
    assert answer.content != had.content


def test_a_changed_room_and_the_new_name_of_the_heir_are_seen_at_once(
    client: Client, make: Make
) -> None:
    body, heir = make(), make("Жаңа мектеп")
    services.close(actor=EDITOR, code=body.code, until_on=TODAY, successor=heir.code)
    room = services.save_point(actor=EDITOR, institution=heir, fields=ROOM)
    of_body, of_heir = f"/institutions/{body.code}/", f"/institutions/{heir.code}/"
    had = [client.get(each)["ETag"] for each in (of_body, of_heir)]
    _rename(heir, make)
    services.save_point(
        actor=EDITOR, institution=heir, fields={**ROOM, "phone": "8 7262 00 00 00"}, point=room
    )
    new = [client.get(each) for each in (of_body, of_heir)]
    assert not {answer["ETag"] for answer in new} & {*had}
    assert "№ 7 мектеп" in new[0].text
    assert "8 7262 00 00 00" in new[1].text


def test_a_room_that_opens_tomorrow_is_seen_tomorrow(client: Client, make: Make) -> None:
    body = make()
    today = clock.today()
    tomorrow = today + timedelta(days=1)
    services.save_point(actor=EDITOR, institution=body, fields={**ROOM, "first_on": tomorrow})
    address = f"/institutions/{body.code}/"
    had = client.get(address)
    assert "Қабылдау бөлмесі" not in had.text
    with clock.frozen(clock.now() + timedelta(days=1)):
        answer = client.get(address, headers={"If-None-Match": had["ETag"]})
    assert "Қабылдау бөлмесі" in answer.text


def test_another_body_leaves_the_page_as_it_is(client: Client, make: Make) -> None:
    body, other = make(), make("Басқа мектеп")
    address = f"/institutions/{body.code}/"
    had = client.get(address)
    _rename(other, make)
    answer = client.get(address, headers={"If-None-Match": had["ETag"]})
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(address).content == had.content


def test_what_is_unknown_has_no_tag(client: Client, districts: None) -> None:
    answer = client.get("/institutions/nobody/")
    assert answer.status_code == 404
    assert "ETag" not in answer


def test_a_kept_page_costs_a_few_questions_whatever_stands_on_it(
    client: Client, make: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    body = make()
    for _ in range(12):
        services.save_point(actor=EDITOR, institution=body, fields=ROOM)
    address = f"/institutions/{body.code}/"
    had = client.get(address)["ETag"]
    with django_assert_max_num_queries(9):
        assert client.get(address, headers={"If-None-Match": had}).status_code == 304


def test_whoever_writes_on_the_page_of_a_body_says_what_that_depends_on() -> None:
    assert [room.code for room in registry if room.about_place and not room.body_state] == []
