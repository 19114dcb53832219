"""The editor's desk: who may what, two languages and more, preview, difference, conflict."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from baqylau.catalogue.models import (
    Act,
    Card,
    CardVersion,
    MissedQuery,
    PublicService,
    ServiceAlias,
    State,
)
from baqylau.catalogue.queries.published import published
from baqylau.catalogue.services.seeding import seed
from baqylau.catalogue.services.words import note_missed
from baqylau.catalogue.services.writing import save_draft
from tests.cast import Cast
from tests.catalogue.making import (
    EDITOR,
    KAZAKH,
    RUSSIAN,
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

CARD = "/desk/catalogue/cards/s05/"


def filled(edition: int, /, **changes: str) -> dict[str, str]:
    """What the editing form sends: Kazakh and Russian whole, English empty."""
    sent = {"edition": str(edition), "as_of": "2026-11-02", "source": "Read in the act."}
    for language, words in (("kk", KAZAKH), ("ru", RUSSIAN)):
        for part, value in words.items():
            sent[f"{language}-{part}"] = "\n".join(value) if isinstance(value, list) else str(value)
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}


def draft() -> CardVersion:
    return CardVersion.objects.get(card__code="s05", state=State.DRAFT)


@pytest.mark.parametrize(
    ("role", "reads", "edits", "checks"),
    [
        ("adviser", True, False, False),
        ("editor", True, True, False),
        ("lawyer", True, True, True),
        ("coordinator", True, True, False),
        ("administrator", True, False, False),
        ("official", False, False, False),
        ("outsider", False, False, False),
    ],
)
def test_each_role_does_what_the_table_says(
    cast: Cast, role: str, *, reads: bool, edits: bool, checks: bool
) -> None:
    make_published()
    browser: Client = getattr(cast, role).client
    assert (browser.get("/desk/catalogue/").status_code == 200) == reads
    assert (browser.get(f"{CARD}edit/").status_code == 200) == edits
    for word in ("publish", "discard", "withdraw"):
        assert (browser.post(f"{CARD}{word}/").status_code != 403) == edits
    for page in ("words", "acts", "services/s05"):
        assert (browser.post(f"/desk/catalogue/{page}/").status_code != 403) == edits
    answer = browser.post(f"{CARD}check/", {"number": "1", "name": "Бекзат"})
    assert (answer.status_code != 403) == checks
    version = CardVersion.objects.get()
    assert (version.checked_by == "Бекзат") == checks


def test_an_editor_writes_previews_compares_and_publishes(cast: Cast) -> None:
    make_service()
    desk = cast.editor.client
    begun = desk.post("/desk/catalogue/services/s05/card/")
    assert begun.headers["Location"] == f"{CARD}edit/"
    saved = desk.post(f"{CARD}edit/", filled(0))
    assert saved.headers["Location"] == f"{CARD}preview/"
    preview = desk.get(f"{CARD}preview/?language=ru").text
    assert "Когда родился ребёнок" in preview
    assert "<ins>Тегін</ins>" in desk.get(f"{CARD}difference/").text
    desk.post(f"{CARD}publish/", {"edition": "1"})
    card = Card.objects.get()
    version = published(card)
    assert version is not None
    assert version.author == cast.editor.actor.key


def test_what_the_form_shows_is_what_was_saved(cast: Cast) -> None:
    make_published()
    page = cast.editor.client.get(f"{CARD}edit/").text
    assert ">\nЖеке куәлік\nМедициналық куәлік</textarea>" in page
    assert 'value="Когда родился ребёнок"' in page
    saved = cast.editor.client.post(f"{CARD}edit/", filled(0))
    assert saved.status_code == 302
    difference = cast.editor.client.get(f"{CARD}difference/").text
    assert "Мәтіні бірдей" in difference


def test_the_second_editor_keeps_the_text_and_sees_the_others(cast: Cast) -> None:
    make_card()
    first, second = cast.editor.client, cast.lawyer.client
    first.post(f"{CARD}edit/", filled(1, kk__fee="111 теңге"))
    late = second.post(f"{CARD}edit/", filled(1, kk__fee="222 теңге"))
    assert late.status_code == 409
    assert "басқа адам сақтап қойды" in late.text
    assert "222 теңге</textarea>" in late.text
    assert "111 теңге" in late.text
    assert draft().edition == 2
    again = second.post(f"{CARD}edit/", filled(1, kk__fee="222 теңге"))
    assert again.status_code == 409
    over = second.post(f"{CARD}edit/", filled(1, kk__fee="222 теңге", over="2"))
    assert over.status_code == 302
    assert draft().edition == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"as_of": "жақында"}, "Күнді"),
        ({"source": ""}, ""),
        ({"law": "Ауа райы туралы заң | 1"}, "Ауа райы туралы заң | 1"),
        ({"rules": "жоқ ереже"}, "жоқ"),
        ({"kk__title": ""}, "қазақша тақырыбын"),
        ({"kk__answer": "ж" * 1_600}, "тым ұзын"),
        ({"edition": "қате"}, "басқа адам"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    make_card()
    answer = cast.editor.client.post(f"{CARD}edit/", filled(1, ru__fee="333 тенге", **changes))
    assert answer.status_code in {409, 422}
    assert "333 тенге</textarea>" in answer.text
    assert sentence in answer.text
    assert draft().edition == 1


def test_html_in_a_card_is_shown_as_it_was_typed(cast: Cast) -> None:
    make_card()
    cast.editor.client.post(f"{CARD}edit/", filled(1, kk__answer="<b>тегін</b> & тез"))
    page = cast.editor.client.get(f"{CARD}preview/?language=kk").text
    assert "&lt;b&gt;тегін&lt;/b&gt; &amp; тез" in page


def test_the_list_narrows_to_what_is_lacking(cast: Cast) -> None:
    card = make_published()
    make_law_card()
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    make_service(code="s79", name_en="Apostille", name_kk="Апостиль қою")
    desk = cast.editor.client

    def shown(query: str) -> set[str]:
        page = desk.get(f"/desk/catalogue/?{query}").text
        return {
            one.code for one in Card.objects.all() if f"/desk/catalogue/cards/{one.code}/" in page
        }

    law = Card.objects.get(kind="law").code
    assert shown("") == {"s05", law}
    assert shown("lack=stale") == {"s05"}
    assert shown("lack=draft") == set()
    assert shown("lack=unchecked&kind=law") == {law}
    assert shown("q=тууын") == {"s05"}
    assert shown("lack=өлең&kind=өлең&page=өлең") == {"s05", law}
    assert desk.get("/desk/catalogue/?lack=no_card").status_code == 302
    without = desk.get("/desk/catalogue/services/?lack=no_card").text
    assert "Апостиль қою" in without
    assert "Баланың тууын" not in without


def test_a_withdrawn_card_can_be_written_again(cast: Cast) -> None:
    make_published()
    desk = cast.editor.client
    desk.post(f"{CARD}withdraw/", {"number": "1"})
    assert "Тегін" in desk.get(f"{CARD}edit/").text
    assert desk.post(f"{CARD}edit/", filled(0)).status_code == 302
    desk.post(f"{CARD}publish/", {"edition": "1"})
    states = list(CardVersion.objects.order_by("number").values_list("state", flat=True))
    assert states == [State.WITHDRAWN, State.PUBLISHED]


def test_a_draft_is_thrown_away_only_as_it_was_seen(cast: Cast) -> None:
    make_card()
    desk = cast.editor.client
    desk.post(f"{CARD}discard/", {"edition": "9"})
    assert CardVersion.objects.exists()
    desk.post(f"{CARD}discard/", {"edition": "1"})
    assert not CardVersion.objects.exists()
    assert desk.get(f"{CARD}preview/").headers["Location"] == CARD
    assert desk.get(f"{CARD}difference/").headers["Location"] == CARD


def test_a_check_without_a_name_is_refused_on_the_page(cast: Cast) -> None:
    make_published()
    answer = cast.lawyer.client.post(f"{CARD}check/", {"number": "1", "name": " "})
    assert answer.status_code == 422
    cast.lawyer.client.post(f"{CARD}check/", {"number": "1", "name": "Бекзат Әлиев"})
    assert "Бекзат Әлиев" in cast.lawyer.client.get(CARD).text


def test_a_new_law_card_begins_with_its_title(cast: Cast) -> None:
    desk = cast.editor.client
    begun = desk.post("/desk/catalogue/cards/new/", {"title": "Сыйлық алуға бола ма?"})
    card = Card.objects.get()
    assert begun.headers["Location"] == f"/desk/catalogue/cards/{card.code}/edit/"
    assert desk.get(begun.headers["Location"]).status_code == 200
    assert desk.get(f"/desk/catalogue/cards/{card.code}/").status_code == 200
    assert desk.post("/desk/catalogue/cards/new/", {"title": ""}).status_code == 200


def service_form(**changes: str) -> dict[str, str]:
    first = {"code": "s05", "name_kk": "Туу", "name_ru": "Рождение", "group": "family"}
    return {**first, **changes}


def test_a_service_is_added_and_edited_at_the_desk(cast: Cast) -> None:
    desk = cast.editor.client
    desk.post("/desk/catalogue/services/new/", service_form(valid_until="2027-01-01"))
    service = PublicService.objects.get()
    assert service.seed_mark == ""
    address = "/desk/catalogue/services/s05/"
    assert 'value="2027-01-01"' in desk.get(address).text
    desk.post(address, service_form(edition="1", name_kk="Туу туралы"))
    late = desk.post(address, service_form(edition="1", name_kk="Кеш қалды"))
    assert "басқа адам сақтап қойды" in late.text
    assert "Кеш қалды" in late.text
    service.refresh_from_db()
    assert service.name_kk == "Туу туралы"
    taken = desk.post("/desk/catalogue/services/new/", service_form())
    assert "басқа қызмет алған" in taken.text
    assert desk.post(address, service_form(edition="")).status_code == 200
    assert cast.adviser.client.get(address).status_code == 200


def test_missed_words_become_an_alias_and_leave_the_list(cast: Cast) -> None:
    make_service()
    note_missed("метрика")
    note_missed("йцукен")
    desk = cast.editor.client
    assert "метрика" in desk.get("/desk/catalogue/missed/").text
    form = desk.get("/desk/catalogue/words/?missed=метрика").text
    assert 'name="missed" value="метрика"' in form
    values = {"missed": "метрика", "text": "метрика", "language": "kk", "service": "s05"}
    assert desk.post("/desk/catalogue/words/", {**values, "service": "s99"}).status_code == 200
    assert MissedQuery.objects.count() == 2
    desk.post("/desk/catalogue/words/", values)
    alias = ServiceAlias.objects.get()
    assert MissedQuery.objects.get().text == "йцукен"
    desk.post("/desk/catalogue/missed/settle/", {"text": "йцукен"})
    assert not MissedQuery.objects.exists()
    assert "метрика" in desk.get("/desk/catalogue/words/?q=метр").text
    assert "метрика" not in desk.get("/desk/catalogue/words/?q=басқа").text
    desk.post(f"/desk/catalogue/words/{alias.pk}/remove/")
    alias.refresh_from_db()
    assert not alias.is_active


def test_an_act_is_added_and_its_names_mended(cast: Cast) -> None:
    desk = cast.editor.client
    names = {"name_kk": "Заң", "name_ru": "Закон", "name_en": "Law"}
    desk.post("/desk/catalogue/acts/", {"key": "Law No 1", **names})
    desk.post("/desk/catalogue/acts/", {"key": "Law No 1", **names, "name_kk": "Жаңа заң"})
    assert Act.objects.get().name_kk == "Жаңа заң"
    assert desk.post("/desk/catalogue/acts/", {"key": "a | b", **names}).status_code == 200
    assert Act.objects.count() == 1
    assert 'value="Жаңа заң"' in desk.get("/desk/catalogue/acts/?key=Law No 1").text


def test_all_texts_are_given_out_as_a_table(cast: Cast) -> None:
    make_published()
    answer = cast.adviser.client.get("/desk/catalogue/export.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:3] == ("s05", "kk", 1)
    assert rows[2][1] == "ru"
    assert "Когда родился ребёнок" in rows[2]
    table = cast.adviser.client.get("/desk/catalogue/export.csv")
    assert "Бала туғанда" in table.content.decode("utf-8-sig")
    assert cast.adviser.client.get("/desk/catalogue/export.pdf").status_code == 404


def test_the_desks_search_and_worklist_know_the_cards(cast: Cast) -> None:
    make_published()
    make_law_card()
    desk = cast.editor.client
    assert "/desk/catalogue/services/s05/" in desk.get("/desk/search/?q=тууын").text
    assert "/desk/catalogue/cards/" in desk.get("/desk/search/?q=ақша сұрады").text
    assert "/desk/catalogue/" not in _hits(cast.official.client.get("/desk/search/?q=тууын").text)
    desk.post(f"{CARD}edit/", filled(0))
    assert "s05" in desk.get("/desk/").text
    assert "s05" not in cast.adviser.client.get("/desk/").text


def _hits(page: str) -> str:
    return page[page.index("<h1>") :]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_the_desk_is_drawn_in_every_language(sign_in: object, language: str) -> None:
    seed()
    note_missed("ұшақ билеті")
    card = Card.objects.get(code="s05")
    next_draft = content(kk=service_words())
    save_draft(actor=EDITOR, card=card, content=next_draft, edition=0)
    desk: Client = sign_in("lawyer", "editor", language=language)  # type: ignore[operator]  # the fixture is typed as an object
    pages = ["", "cards/s05/", "cards/s05/edit/", "cards/s05/preview/", "cards/s05/difference/"]
    pages += ["cards/new/", "cards/gifts/", "cards/gifts/edit/", "services/", "services/new/"]
    pages += ["services/s05/", "services/s03/", "words/", "missed/", "acts/"]
    for page in pages:
        assert desk.get(f"/desk/catalogue/{page}").status_code == 200, page
    for page in ("cards/none/", "services/none/", "cards/none/edit/"):
        assert desk.get(f"/desk/catalogue/{page}").status_code == 404, page
