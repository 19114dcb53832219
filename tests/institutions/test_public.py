"""Where people are served, for everybody."""

import gzip
import re
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions import queries, services
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.institutions.templatetags.institutions import _unbroken
from baqylau.institutions.training.load import load
from baqylau.kernel import clock
from tests.institutions.conftest import EDITOR, KORDAY, TARAZ, Make

pytestmark = pytest.mark.django_db
BUDGET = 14_336
"""Bytes, gzip, of a page with everything it loads."""


def weight(page: str) -> int:
    css, icon = finders.find("web/public.css"), finders.find("web/icon.svg")
    total = len(gzip.compress(page.encode()))
    for path in (css, icon):
        assert isinstance(path, str)
        with open(path, "rb") as file:  # noqa: PTH123 - a path that Django found
            total += len(gzip.compress(file.read()))
    return total


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_every_public_page_answers_in_its_language_and_within_its_weight(
    client: Client, training: int, prefix: str
) -> None:
    body = Institution.objects.get(kind="special_tson")
    for path in (
        "/",
        "/receptions/",
        "/districts/",
        f"/districts/{TARAZ}/",
        f"/institutions/{body.code}/",
    ):
        answer = client.get(prefix + path)
        assert answer.status_code == 200, path
        assert weight(answer.text) <= BUDGET, (path, weight(answer.text))
        assert "style=" not in answer.text
        assert not answer.cookies


def test_the_home_page_shows_rooms_with_hours_and_a_phone(client: Client, training: int) -> None:
    page = client.get("/").text
    room = queries.receptions(clock.today())[0]
    assert room.name_kk in page
    assert room.phone in page
    assert 'href="tel:+7726200' in page
    assert "Дүйсенбі–жұма: 9:00–18:00, үзіліс 13:00–14:00" in page
    assert 'class="tiles"' in page


def test_the_home_page_has_no_empty_room(client: Client, districts: None) -> None:
    page = client.get("/").text
    assert 'class="tiles"' not in page
    assert client.get("/receptions/").status_code == 200


def test_the_page_of_rooms_lists_the_travelling_one_too(client: Client, training: int) -> None:
    page = re.sub(r"</?span[^>]*>", "", client.get("/receptions/").text)
    for room in ServicePoint.objects.receptions():
        assert room.name_kk in page
        assert room.note_kk in page


def test_a_district_lists_its_bodies_by_fifty_and_by_kind(client: Client, make: Make) -> None:
    for number in range(55):
        make(f"№ {number} мектеп")
    make("Аудандық сот", kind="court")
    make("Тараз соты", kind="court", district_id=TARAZ)
    page = client.get(f"/districts/{KORDAY}/").text
    assert page.count('href="/institutions/') == 50
    assert "?page=2" in page
    page = client.get(f"/districts/{KORDAY}/?kind=court").text
    assert page.count('href="/institutions/') == 1
    assert client.get(f"/districts/{KORDAY}/?kind=x&page=y&q=%01").status_code == 200
    assert client.get(f"/districts/{KORDAY}/?q=sot").text.count('href="/institutions/') == 1


def test_a_name_that_is_not_translated_is_marked_with_its_language(
    client: Client, make: Make
) -> None:
    body = make("Үміт мектебі")
    assert (
        '<h1><span lang="kk">Үміт мектебі</span></h1>'
        in client.get(f"/ru/institutions/{body.code}/").text
    )
    assert "<h1>Үміт мектебі</h1>" in client.get(f"/institutions/{body.code}/").text


def test_a_body_that_has_ended_leads_to_its_successor(client: Client, make: Make) -> None:
    old, new = make("Ескі"), make("Жаңа")
    services.close(actor=EDITOR, code=old.code, until_on=clock.today(), successor=new.code)
    assert f'href="/institutions/{new.code}/"' in client.get(f"/institutions/{old.code}/").text
    assert f'href="/institutions/{old.code}/"' in client.get(f"/institutions/{new.code}/").text


def test_ties_and_codes_of_colleagues_are_not_public(client: Client, make: Make) -> None:
    body = make()
    services.add_interest(actor=EDITOR, institution=body, tie="owns", person="opaquekey")
    assert "opaquekey" not in client.get(f"/institutions/{body.code}/").text


@pytest.mark.parametrize("path", ["/districts/999999999/", "/institutions/deadbeef/"])
def test_unknown_places_are_404(client: Client, districts: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_training_register_has_what_was_promised(training: int) -> None:
    bodies = Institution.objects.all()
    assert 290 <= bodies.count() <= 340
    assert 20 <= bodies.filter(kind="tson").count() <= 30
    assert {body.district_id for body in bodies} == set(queries.counts_by_district(clock.today()))
    assert len(queries.counts_by_district(clock.today())) == 11
    assert not bodies.filter(name_ru="").exists()
    assert not bodies.filter(name_en="").exists()
    rooms = queries.receptions(clock.today())
    assert [room.kind for room in rooms].count("travelling") == 1
    assert len(rooms) >= 3
    hosts = {(room.institution.kind, room.institution.district_id) for room in rooms}
    assert ("special_tson", TARAZ) in hosts


def test_training_is_the_same_each_time_and_comes_once(training: int) -> None:
    names = list(Institution.objects.order_by("id").values_list("code", "name_kk"))
    assert load(2017, 1, lambda _done, _total: None) == 0
    ServicePoint.objects.all().delete()
    Institution.objects.all().delete()
    load(2017, 1, lambda _done, _total: None)
    assert list(Institution.objects.order_by("id").values_list("code", "name_kk")) == names


def test_a_large_district_has_more_of_what_people_need_than_a_small_one(training: int) -> None:
    counts = {
        kato: Institution.objects.filter(district=kato, kind="school").count()
        for kato in queries.counts_by_district(clock.today())
    }
    korday, moiynkum = "314800000", "315600000"
    assert counts[TARAZ] >= counts[korday] > 2 * counts[moiynkum]
    assert len(set(counts.values())) > 4, "no two districts need be alike, and few are"
    for kato in counts:
        kinds = set(Institution.objects.filter(district=kato).values_list("kind", flat=True))
        assert {"akimat", "court", "police", "school", "tson", "polyclinic", "hospital"} <= kinds


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Төле би көшесі, 59-үй", ["59-үй"]),
        ("Абай көшесі, 12/1-үй, 3-пәтер", ["12/1-үй", "3-пәтер"]),
        ("2-қабат, 5-бөлме", ["2-қабат", "5-бөлме"]),
        ("Жібек жолы көшесі, 59", []),
        ("Әл-Фараби даңғылы", []),
        ("<b>7-үй</b>", ["7-үй"]),
        ("", []),
    ],
)
def test_a_house_and_its_number_stay_on_one_line(text: str, kept: list[str]) -> None:
    shown = _unbroken(text)
    assert re.findall('<span class="keep">(.*?)</span>', shown) == kept
    assert unescape(re.sub("</?span[^>]*>", "", shown)) == text
    assert "<b>" not in shown


@given(st.text(max_size=60))
def test_no_address_is_changed_by_being_kept_together(text: str) -> None:
    shown = _unbroken(text)
    plain = shown.replace('<span class="keep">', "").replace("</span>", "")
    assert plain == escape(text)
