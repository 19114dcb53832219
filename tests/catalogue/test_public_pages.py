"""What residents read: in three languages, without a script, light, honest about its checks."""

import gzip
from datetime import UTC, date, datetime

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from baqylau.catalogue.models import MissedQuery, PublicService
from baqylau.catalogue.services.publishing import check, withdraw
from baqylau.catalogue.services.seeding import seed
from baqylau.catalogue.services.writing import begin_law_card, save_draft
from baqylau.kernel import clock
from tests.catalogue.making import (
    EDITOR,
    content,
    make_card,
    make_law_card,
    make_published,
    make_service,
    next_version,
    russian_words,
    service_words,
)

pytestmark = pytest.mark.django_db

BIRTH = "/services/registration-birth/"
UNCHECKED = {
    "kk": "заңгер тексерген жоқ",
    "ru": "юрист не проверял",
    "en": "not checked by a lawyer",
}


def weight(client: Client, address: str) -> int:
    """Bytes of the page and its style, compressed."""
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    style = finders.find("web/public.css")
    assert isinstance(style, str)
    with open(style, "rb") as file:  # noqa: PTH123 - a path that Django found
        return len(page.content) + len(gzip.compress(file.read(), 9))


def test_the_answer_is_read_in_five_lines_before_the_law(client: Client) -> None:
    make_published()
    page = client.get(BIRTH).text
    lines = ["Не керек", "Қанша тұрады", "Қанша уақыт алады", "Қайда", "Бас тартса"]
    lines.append("Қай заңда жазылған")
    places = [page.index(f">{line}<") for line in lines]
    assert places == sorted(places)
    assert page.index("Туу туралы куәлік тегін беріледі.") < places[0]
    assert "Баланың тууын тіркеу және туу туралы куәлік беру" in page


def test_the_page_speaks_the_language_of_its_address(client: Client) -> None:
    make_published()
    assert "Когда родился ребёнок" in client.get(f"/ru{BIRTH}").text
    english = client.get(f"/en{BIRTH}").text
    assert "This card is not written in your language yet." in english
    assert '<h1 lang="kk">Бала туғанда</h1>' in english


@pytest.mark.parametrize(("language", "sentence"), UNCHECKED.items())
def test_an_unchecked_card_says_so_in_every_language(
    client: Client, language: str, sentence: str
) -> None:
    card = make_published()
    prefix = "" if language == "kk" else f"/{language}"
    for address in (BIRTH, f"{BIRTH}versions/1/"):
        assert sentence in client.get(prefix + address).text
    check(actor=EDITOR, card=card, number=1, name="Бекзат Әлиев")
    page = client.get(prefix + BIRTH).text
    assert sentence not in page
    assert "Бекзат Әлиев" in page


def test_a_stale_translation_says_so_and_the_kazakh_text_does_not(client: Client) -> None:
    card = make_published()
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    assert "перевод мог устареть" in client.get(f"/ru{BIRTH}").text
    assert "ескіруі мүмкін" not in client.get(BIRTH).text


def test_a_draft_is_not_read_by_anybody(client: Client) -> None:
    make_card()
    page = client.get(BIRTH)
    assert page.status_code == 200
    assert "Туу туралы куәлік тегін беріледі." not in page.text
    assert "карточкасын әлі жазған жоқпыз" in page.text
    assert client.get(f"{BIRTH}versions/").status_code == 404
    card = begin_law_card(actor=EDITOR, title="Сыйлық")
    assert client.get(f"/law/{card.slug}/").status_code == 404


def test_a_withdrawn_card_says_so_and_keeps_its_history(client: Client) -> None:
    withdraw(actor=EDITOR, card=make_published(), number=1)
    assert "кері алдық" in client.get(BIRTH).text
    assert "Туу туралы куәлік тегін беріледі." in client.get(f"{BIRTH}versions/1/").text
    law = make_law_card()
    withdraw(actor=EDITOR, card=law, number=1)
    gone = client.get(f"/law/{law.slug}/")
    assert gone.status_code == 410
    assert "кері алынды" in gone.text


def test_the_history_shows_what_changed_and_when(client: Client) -> None:
    with clock.frozen(datetime(2026, 11, 3, 6, tzinfo=UTC)):
        card = make_published()
    with clock.frozen(datetime(2026, 11, 9, 6, tzinfo=UTC)):
        next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    listed = client.get(f"{BIRTH}versions/").text
    assert "2026 жылғы 9 қараша" in listed
    assert "2026 жылғы 3 қараша" in listed
    assert "Қазақша: қанша тұрады" in listed
    second = client.get(f"{BIRTH}versions/2/").text
    assert "<del>Тегін</del><ins>500 теңге</ins>" in second
    first = client.get(f"{BIRTH}versions/1/").text
    assert "Бұл ескі нұсқа" in first
    assert "Тегін" in first
    assert client.get(f"{BIRTH}versions/3/").status_code == 404


def test_a_service_of_yesterday_leads_to_the_one_of_today(client: Client) -> None:
    make_service()
    make_service(code="s06", name_en="Old birth", valid_until=date(2026, 1, 1), successor="s05")
    page = client.get("/services/old-birth/").text
    assert "бүгін көрсетілмейді" in page
    assert f'href="{BIRTH}"' in page
    assert "/services/old-birth/" not in client.get("/services/").text


def test_services_stand_under_their_life_situation(client: Client) -> None:
    make_published()
    make_service(code="s79", name_en="Apostille", group="documents")
    page = client.get("/services/").text
    assert page.index("Отбасы және бала") < page.index("Бала туғанда") < page.index("Құжат")
    group = client.get("/services/?group=documents").text
    assert "/services/apostille/" in group
    assert "карточкасы әзірге жоқ" in group
    assert BIRTH not in group
    assert client.get("/services/?group=poems").status_code == 404


def test_a_long_group_is_read_page_by_page_by_the_kazakh_alphabet(client: Client) -> None:
    for number, letter in enumerate("ҰАӘІҒ"):
        make_service(code=f"z{number}", name_kk=f"{letter} қызмет", name_en=f"Z{number}")
    page = client.get("/services/?group=family").text
    places = [page.index(f"{letter} қызмет") for letter in "АӘҒҰІ"]
    assert places == sorted(places)


def test_a_search_shows_why_and_an_empty_one_is_counted(client: Client) -> None:
    make_published()
    make_law_card()
    found = client.get("/services/?q=туу туралы куелик").text
    assert BIRTH in found
    assert "Атауы сәйкес келеді" in found
    assert "/law/" in client.get("/services/?q=акша сурады").text
    nothing = client.get("/services/?q=ұшақ билеті").text
    assert "Ештеңе табылмады" in nothing
    assert MissedQuery.objects.get().text == "ұшақ билеті"


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "%00", "\x01", "a" * 5_000, "'"])
def test_any_query_is_answered_and_never_run(client: Client, query: str) -> None:
    page = client.get("/services/", {"q": query})
    assert page.status_code == 200
    assert "<script>" not in page.text


def test_the_first_law_card_is_the_one_about_money(client: Client) -> None:
    seed()
    page = client.get("/law/").text
    assert page.index("Сізден ақша сұрады ма?") < page.index("Пара деген не?")
    card = client.get("/law/money-asked/").text
    assert card.index("Не істеу керек") < card.index("Қай заңда жазылған")
    assert "Қылмыстық кодекс" in card


def test_an_act_is_named_once_with_all_its_articles(client: Client) -> None:
    seed()
    page = client.get("/law/no-answer/").text
    assert page.count("№ 350-VI, баптары: 64, 65, 76, 91, 92") == 1
    assert page.count("№ 350-VI") == 1
    assert "№ 350-VI, бабы: 91" in client.get("/services/identity-card-and-passport/").text


def test_the_home_page_leads_to_advice_and_to_the_law(client: Client) -> None:
    seed()
    page = client.get("/").text
    assert '<a href="/services/">Кеңес алу</a>' in page
    assert 'action="/services/"' in page
    assert "/law/money-asked/" in page


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_every_page_fits_into_one_round_trip(client: Client, prefix: str) -> None:
    seed()
    slugs = PublicService.objects.values_list("slug", flat=True)
    pages = ["/", "/services/", "/services/?group=documents", "/services/?q=жәрдемақы", "/law/"]
    pages += [f"/services/{slug}/" for slug in slugs]
    heavy = {page: weight(client, prefix + page) for page in pages}
    assert {page: size for page, size in heavy.items() if size > 14_336} == {}


def test_a_page_costs_few_questions_to_the_database(
    client: Client, django_assert_max_num_queries: object
) -> None:
    seed()
    client.get("/services/?q=туу")
    limits = {"/services/": 2, "/services/?group=family": 2, "/law/": 2, "/services/?q=туу": 4}
    for address, limit in limits.items():
        with django_assert_max_num_queries(limit):  # type: ignore[operator]  # the fixture is typed as an object
            client.get(address)
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # the fixture is typed as an object
        client.get(BIRTH)


def test_a_second_draft_changes_nothing_for_the_public(client: Client) -> None:
    card = make_published()
    save_draft(
        actor=EDITOR, card=card, content=content(kk=service_words(fee="999 теңге")), edition=0
    )
    assert "999 теңге" not in client.get(BIRTH).text
