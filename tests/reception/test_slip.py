"""The slip of one consultation: what stands on it, in whose language, and what never does."""

import json
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau.catalogue.models import Card, CardText, CardVersion, PublicService
from baqylau.institutions.models import ServicePoint
from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.kernel.modules import registry
from baqylau.law.dates import date_in_words
from baqylau.lawbook.queries.book import book
from baqylau.reception import keyring
from baqylau.reception.models import Consultation
from baqylau.reception.queries.slips import BACK, Told, fitting, slip_of
from baqylau.reception.rules.numbers import reference
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.printing import ISSUES, reissue_slip
from baqylau.text import unbroken
from baqylau.web.qr import svg
from tests.casework.conftest import NOON
from tests.casework.making import filed
from tests.cast import Cast, make_person
from tests.reception.making import ADVISER, COLLEAGUE, MERKE, record

pytestmark = pytest.mark.usefixtures("desk")
TODAY = date(2026, 7, 1)
TEXTS: dict[str, dict[str, Any]] = {
    "kk": {
        "title": "Куәлік",
        "answer": "ХҚКО-ға барасыз.",
        "documents": ["Жеке куәлік", "3×4 сурет"],
        "fee": "1,25 АЕК",
        "term": "1 жұмыс күні",
        "where": "Мамандандырылған ХҚКО",
        "refused": "Басшысына шағымданыңыз.",
    },
    "ru": {
        "title": "Права",
        "answer": "Идите в ЦОН.",
        "documents": ["Удостоверение"],
        "fee": "1,25 МРП",
        "term": "1 рабочий день",
        "where": "СпецЦОН",
        "refused": "Пожалуйтесь руководителю.",
    },
}


@pytest.fixture
def card(desk: None) -> CardVersion:
    """A published card of the service, in Kazakh and Russian, that no lawyer has checked."""
    service = PublicService.objects.get(code="s901")
    version = CardVersion.objects.create(
        card=Card.objects.create(kind="service", code="s901", service=service),
        number=3,
        state="published",
        as_of=date(2026, 3, 11),
        source="tests",
        author="x",
        created_at=NOON,
        published_at=NOON,
    )
    for language, text in TEXTS.items():
        CardText.objects.create(version=version, language=language, mark=language, **text)
    return version


def printed(client: Client, row: Consultation, paper: str = "") -> str:
    """The page of the slip."""
    answer = client.get(f"/desk/reception/{reference(row.number)}/slip/?paper={paper}")
    assert answer.status_code == 200
    return unescape(answer.text)


def on_paper(page: str) -> str:
    """What of the page is printed."""
    return page[page.index("<article") :]


def test_number_and_code_stand_in_large_groups(cast: Cast) -> None:
    row = record()
    page = on_paper(printed(cast.lawyer.client, row))
    code = keyring.code_of(row.number, 1)
    assert row.number in page
    assert f"{code[:4]} {code[4:]}" in page


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_slip_speaks_the_residents_language_whatever_the_desk_speaks(
    cast: Cast, card: CardVersion, language: str
) -> None:
    row = record(language=language, service="s901")
    page = on_paper(printed(make_person("lawyer", language="en").client, row))
    text = TEXTS[language]
    for part in ("answer", "fee", "term", "where", "refused"):
        assert unbroken(text[part]) in page
    for item in text["documents"]:
        assert item in page
    with translation.override(language):
        assert str(translation.gettext("Your code")) in page
        assert str(translation.gettext("Not checked by a lawyer.")) in page
    assert "Where to complain" not in page


def test_an_english_speaker_gets_the_card_in_kazakh_and_it_is_marked(
    cast: Cast, card: CardVersion
) -> None:
    page = on_paper(printed(cast.lawyer.client, record(language="en", service="s901")))
    assert "Where to complain" in page
    assert '<div lang="kk">' in page


def test_a_question_about_one_part_brings_that_part_alone(cast: Cast, card: CardVersion) -> None:
    page = on_paper(printed(cast.lawyer.client, record(service="s901", part="documents")))
    assert "3×4 сурет" in page
    assert "1,25 АЕК" not in page
    assert "Басшысына шағымданыңыз." in page


def test_the_cards_version_and_its_day_are_named(cast: Cast, card: CardVersion) -> None:
    page = on_paper(printed(cast.lawyer.client, record(service="s901", language="ru")))
    assert "версия 3" in page
    assert "11 марта 2026" in page


def test_the_advisers_own_words_never_stand_on_it(cast: Cast) -> None:
    row = record(answer="Сәуле Ахметоваға бәрін айттым", kind="misconduct")
    page = on_paper(printed(cast.lawyer.client, row))
    for word in ("Сәуле", "Ахметова", "теріс қылық", cast.lawyer.user.name):
        assert word not in page
    assert "by-hand" in page, "lines to write on, where there is no card"


def test_a_running_term_is_there_with_its_act_and_nothing_is_pretended_without_one(
    cast: Cast,
) -> None:
    row = record()
    assert 'class="term"' not in printed(cast.lawyer.client, row)
    Consultation.objects.filter(pk=row.pk).update(case=filed(TODAY))
    row.refresh_from_db()
    with translation.override("kk"):
        (term,) = slip_of(row, TODAY, book()).terms
    page = on_paper(printed(cast.lawyer.client, row))
    assert date_in_words(term.shown.clock.deadline.due_on, "kk") in page
    assert term.basis in page
    assert ("Заңгер тексермеген" in page) is not term.shown.clock.deadline.is_verified


def test_room_telephone_and_hours_are_those_of_the_reception(cast: Cast) -> None:
    hours = [{"days": [1, 2, 3, 4, 5], "from": "09:00", "until": "18:00"}]
    ServicePoint.objects.filter(code="room0001").update(phone="8 726 245 00 00", hours=hours)
    page = on_paper(printed(cast.lawyer.client, record()))
    assert "8 726 245 00 00" in page
    assert "9:00–18:00" in page
    assert "Қоғамдық қабылдау room0001" in page


def test_the_address_carries_the_number_and_never_the_code(cast: Cast) -> None:
    row = record(language="ru")
    page = on_paper(printed(cast.lawyer.client, row))
    assert "testserver/<wbr>ru/<wbr>status/" in page
    picture = svg("http://testserver/ru/status/?number=" + reference(row.number), "x", border=2)
    path = picture[picture.index(" d=") :]
    assert path in page
    assert 'style="' not in page


@pytest.mark.parametrize("paper", ["a6", "roll", "large", "", "papyrus", "😀"])
def test_every_paper_holds_the_same_words(cast: Cast, paper: str) -> None:
    row = record()
    code = keyring.code_of(row.number, 1)
    assert f"{code[:4]} {code[4:]}" in on_paper(printed(cast.lawyer.client, row, paper))


def test_nobody_but_those_of_the_room_print_or_renew_a_slip(cast: Cast) -> None:
    row = record(room=MERKE)
    client = cast.adviser.client
    address = f"/desk/reception/{reference(row.number)}/slip/"
    assert client.get(address).status_code == 403
    assert client.post(address + "new/", {"seen": "1"}).status_code == 403
    assert cast.administrator.client.get(address).status_code == 403
    with pytest.raises(NotAllowedError):
        reissue_slip(actor=COLLEAGUE, number=row.number, seen=1)


def test_what_was_struck_out_has_no_slip(cast: Cast) -> None:
    row = record()
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    answer = cast.lawyer.client.get(f"/desk/reception/{reference(row.number)}/slip/")
    assert answer.status_code == 400
    with pytest.raises(DomainError):
        reissue_slip(actor=ADVISER, number=row.number, seen=1)


def test_a_lost_slip_is_given_anew_and_its_old_code_is_void() -> None:
    row = record()
    old = keyring.code_of(row.number, row.issue)
    renewed = reissue_slip(actor=ADVISER, number=row.number, seen=1)
    assert renewed.issue == 2
    assert keyring.code_of(row.number, renewed.issue) != old
    entry = Entry.objects.get(action="reception.slip_reissued")
    assert (entry.subject, json.loads(entry.payload)) == (
        f"consultation:{row.number}",
        {"issue": 2},
    )
    assert old not in entry.payload


def test_the_button_pressed_twice_gives_one_new_slip(cast: Cast) -> None:
    row = record()
    address = f"/desk/reception/{reference(row.number)}/slip/new/"
    answers = [cast.lawyer.client.post(address, {"seen": "1"}).status_code for _time in range(2)]
    assert answers == [302, 409]
    row.refresh_from_db()
    assert row.issue == 2


@pytest.mark.parametrize("seen", ["", "x", "²", "-1", "9" * 40])
def test_a_strange_issue_is_refused_in_words(cast: Cast, seen: str) -> None:
    row = record()
    address = f"/desk/reception/{reference(row.number)}/slip/new/"
    answer = cast.lawyer.client.post(address, {"seen": seen})
    assert answer.status_code == 409
    assert "<h1" in answer.text


def test_no_number_has_slips_without_end() -> None:
    row = record()
    Consultation.objects.filter(pk=row.pk).update(issue=ISSUES)
    with pytest.raises(ConflictError):
        reissue_slip(actor=ADVISER, number=row.number, seen=ISSUES)


def test_at_the_desk_a_number_of_ones_own_room_needs_no_code(cast: Cast) -> None:
    row = record(result="directed")
    page = cast.lawyer.client.post("/desk/reception/status/", {"number": row.number, "code": ""})
    assert page.status_code == 200
    assert f"/desk/reception/{reference(row.number)}/" in page.text


def test_at_the_desk_a_number_of_another_room_needs_its_code(cast: Cast) -> None:
    row = record(room=MERKE)
    client = cast.adviser.client
    data = {"number": row.number, "code": ""}
    refused = client.post("/desk/reception/status/", data)
    unreal = client.post("/desk/reception/status/", {**data, "number": "К-2026-777777"})
    assert refused.status_code == unreal.status_code == 400
    assert "Кодын сұраңыз" in refused.text
    assert "Кодын сұраңыз" in unreal.text
    data["code"] = keyring.code_of(row.number, 1)
    page = client.post("/desk/reception/status/", data)
    assert page.status_code == 200
    assert f"/desk/reception/{reference(row.number)}/" not in page.text


def test_at_the_desk_guessing_is_slowed_too(cast: Cast) -> None:
    row = record(room=MERKE)
    data = {"number": row.number, "code": "00000000"}
    client = cast.adviser.client
    answers = [client.post("/desk/reception/status/", data).status_code for _try in range(6)]
    assert answers == [400] * 5 + [429]


def test_the_slip_is_kept_by_no_browser(cast: Cast) -> None:
    row = record()
    answer = cast.lawyer.client.get(f"/desk/reception/{reference(row.number)}/slip/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_back_takes_whole_parts_until_it_is_full() -> None:
    short, long = Told("Төлемі", "Тегін."), Told("Құжаттар", "", ("қ" * 400,) * 5)
    assert fitting([short, long, short], 0) == (short, short)
    assert fitting([short, long], BACK) == ()
    assert fitting([long], 0) == ()


@given(st.lists(st.text(max_size=600), max_size=6), st.integers(0, BACK))
def test_what_is_kept_never_takes_more_than_the_back_holds(texts: list[str], taken: int) -> None:
    kept = fitting([Told("", text) for text in texts], taken)
    assert taken + sum(len(part.text) for part in kept) <= BACK


def test_where_the_desk_has_a_host_of_its_own_paper_names_the_public_one(
    cast: Cast, card: CardVersion, settings: Settings
) -> None:
    row = record(cast.adviser.actor, service="s901", language="ru")
    settings.SITE, settings.PUBLIC_ADDRESS = "desk", "https://ashyq.example.org"
    text = printed(cast.adviser.client, row)
    assert '<span class="address">ashyq.example.org/<wbr>ru/<wbr>status/</span>' in text
    assert 'class="qr' in text
    assert "testserver" not in text


def test_the_safe_channel_is_on_the_public_host(cast: Cast, settings: Settings) -> None:
    settings.SITE, settings.PUBLIC_ADDRESS = "desk", "https://ashyq.example.org"
    pages = [cast.adviser.client.get(f"/desk/reception/{path}/") for path in ("new", "money")]
    assert [page.status_code for page in pages] == [302, 200]
    assert cast.adviser.client.get(pages[0]["Location"]).status_code == 200
    assert "testserver" not in pages[1].text
    if any(room.safe_channel for room in registry):
        assert "ashyq.example.org/<wbr>report/" in pages[1].text
